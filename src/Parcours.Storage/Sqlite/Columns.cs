using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>How instants, ids and contacts lie in columns.</summary>
static class Columns
{
    public static SqliteStatement Bind(this SqliteStatement statement, int index, Instant value) => statement.Bind(index, value.ToMicroseconds());

    public static SqliteStatement Bind(this SqliteStatement statement, int index, Instant? value) =>
        value is { } instant ? statement.Bind(index, instant.ToMicroseconds()) : statement.BindNull(index);

    public static SqliteStatement Bind(this SqliteStatement statement, int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return statement.BindBlob(index, bytes);
    }

    public static Instant Instant(this SqliteStatement statement, int column) => Microseconds.ToInstant(statement.Long(column));

    public static Instant? InstantOrNull(this SqliteStatement statement, int column) => statement.IsNull(column) ? null : statement.Instant(column);

    public static Guid Guid(this SqliteStatement statement, int column) => new(statement.Blob(column), bigEndian: true);

    /// <summary>A copy: the column's own memory is gone with the next step.</summary>
    public static ReadOnlyMemory<byte> Bytes(this SqliteStatement statement, int column) => statement.Blob(column).ToArray();

    /// <summary>The contact of two columns: its number, and beside it the upper half of its id.</summary>
    public static ContactId Contact(this SqliteStatement statement, int numberColumn) => ContactHalves.ContactOf(statement.Long(numberColumn + 1), statement.Long(numberColumn));

    /// <summary>Binds the two columns of a contact.</summary>
    public static SqliteStatement Bind(this SqliteStatement statement, int numberIndex, ContactId contact) =>
        statement.Bind(numberIndex, contact.Number).Bind(numberIndex + 1, contact.High());
}
