using System.Net.Sockets;
using Npgsql;
using Parcours.Engine.Ports;

namespace Parcours.Storage.Postgres;

/// <summary>What the server's failures mean to an operator. No message repeats a value of a row, or the password.</summary>
static class StoreFailures
{
    public static StoreException Of(Exception failure, string where) => failure switch
    {
        StoreException told => told,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } full => new(
            StoreFailure.DiskFull, $"The disk of the database {where} is full. Nothing of this write was kept; make room, and it will be tried again.", full),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } standby => new(
            StoreFailure.ReadOnly, $"The database {where} takes no writes: it is a standby or was set to read-only. Name the primary with --database.", standby),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused => new(
            StoreFailure.Other, $"The database {where} refuses the user or the password ({refused.SqlState}). Mend --database, or the password in PGPASSWORD or ~/.pgpass.", refused),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing => new(
            StoreFailure.Other, $"There is no database {where}. Make it with createdb, and start again.", missing),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied => new(
            StoreFailure.Other, $"The database {where} does not let this user do that: {denied.MessageText}. The user needs to own the database.", denied),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } crowded => new(
            StoreFailure.Other, $"The database {where} has no connection left. Raise max_connections there, or stop who holds them.", crowded),
        PostgresException other => new(StoreFailure.Other, $"The database {where} failed: {other.MessageText} ({other.SqlState})", other),
        NpgsqlException or SocketException or IOException or TimeoutException => new(
            StoreFailure.Other, $"The database {where} cannot be reached: {failure.GetBaseException().Message}", failure),
        ObjectDisposedException or InvalidOperationException => new(StoreFailure.Other, $"The connection to the database {where} is closed: {failure.Message}", failure),
        _ => new(StoreFailure.Other, failure.Message, failure),
    };

    /// <summary>What a driver says of a connection that broke under its hands is a failure of the server too.</summary>
    public static bool IsOfServer(Exception failure) => failure is NpgsqlException or SocketException or IOException or TimeoutException or InvalidOperationException { Source: "Npgsql" };

    /// <summary>Two transactions wanted the same thing at once: one of them tries again.</summary>
    public static bool IsRace(Exception failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation
    };
}
