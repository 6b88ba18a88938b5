using Parcours.Engine.Ports;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>What the library's failures mean to an operator.</summary>
static class StoreFailures
{
    public static StoreException Of(SqliteException failure, string path) => failure switch
    {
        { IsDiskFull: true } => new StoreException(
            StoreFailure.DiskFull, $"The disk that holds {path} is full. Nothing of this write was kept; make room, and it will be tried again.", failure),
        { IsReadOnly: true } => new StoreException(
            StoreFailure.ReadOnly, $"{path} is read-only. Give this user the right to write there, or name another folder with --data.", failure),
        { Code: SqliteCode.Corrupt or SqliteCode.NotADatabase } => new StoreException(
            StoreFailure.Corrupt, $"{path} is damaged or is not a database of Parcours. Restore a backup, or name another folder with --data.", failure),
        { Code: SqliteCode.Busy or SqliteCode.Locked } => new StoreException(
            StoreFailure.InUse, $"{path} is held by another program. Close it there.", failure),
        { Code: SqliteCode.CannotOpen } => new StoreException(
            StoreFailure.ReadOnly, $"{path} cannot be opened. Give this user the right to read and write there, or name another folder with --data.", failure),
        _ => new StoreException(StoreFailure.Other, failure.Message, failure),
    };
}
