using NodaTime;
using Npgsql;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>How instants, ids and contacts lie in columns.</summary>
static class Rows
{
    public static Instant Instant(this NpgsqlDataReader row, int column) => Microseconds.ToInstant(row.GetInt64(column));

    public static Instant? InstantOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Bytes(this NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    /// <summary>The contact of two columns: its number, and beside it the upper half of its id.</summary>
    public static ContactId Contact(this NpgsqlDataReader row, int numberColumn) => ContactHalves.ContactOf(row.GetInt64(numberColumn + 1), row.GetInt64(numberColumn));

    public static Partition Partition(this NpgsqlDataReader row, int column) => new((byte)row.GetInt16(column));
}
