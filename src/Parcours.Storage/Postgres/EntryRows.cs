using System.Buffers;
using System.Collections.Immutable;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>Between rows of table entry and entries of the journal.</summary>
static class EntryRows
{
    const short IsNewContact = 1, IsRecorded = 2;

    public static NpgsqlBatchCommand Insert(IReadOnlyList<JournalEntry> entries, bool isRecorded)
    {
        var buffer = new ArrayBufferWriter<byte>();
        return Commands.Query("append_entries")
            .Column(entries, static entry => (short)entry.Partition.Index)
            .Column(entries, static entry => entry.Sequence)
            .Column(entries, static entry => entry.Contact == default ? (long?)null : entry.Contact.Number)
            .Column(entries, static entry => entry.Contact.High())
            .Column(entries, static entry => (short)entry.Kind)
            .Column(entries, static entry => (short)entry.Origin)
            .Column(entries, entry => (short)((entry.NewContact ? IsNewContact : 0) | (isRecorded ? IsRecorded : 0)))
            .Column(entries, static entry => entry.ReceivedAt.ToMicroseconds())
            .Column(entries, static entry => entry.OccurredAt.ToMicroseconds())
            .Column(entries, static entry => entry.Name)
            .Column(entries, entry => Identities(entry, buffer))
            .Column(entries, static entry => entry.Body.Bytes());
    }

    static byte[]? Identities(JournalEntry entry, ArrayBufferWriter<byte> buffer)
    {
        if (entry.Attached.Length + entry.Released.Length == 0) return null;
        buffer.ResetWrittenCount();
        IdentityList.Write(buffer, entry.Attached);
        IdentityList.Write(buffer, entry.Released);
        return buffer.WrittenSpan.ToArray();
    }

    public static JournalEntry Read(NpgsqlDataReader row)
    {
        ImmutableArray<Identity> attached = [], released = [];
        if (!row.IsDBNull(10))
        {
            ReadOnlySpan<byte> lists = row.Bytes(10);
            attached = [.. IdentityList.Read(ref lists)];
            released = [.. IdentityList.Read(ref lists)];
        }

        return new JournalEntry(
            row.Partition(0), row.GetInt64(1), row.IsDBNull(2) ? default : row.Contact(2), (EntryKind)row.GetInt16(4), (Origin)row.GetInt16(5), row.Instant(7), row.Instant(8),
            row.TextOrNull(9), row.Bytes(11), (row.GetInt16(6) & IsNewContact) != 0, attached, released);
    }

    /// <param name="row">A row of an entry.</param>
    /// <param name="first">Where the columns of the entry begin.</param>
    public static StoredEvent ReadEvent(NpgsqlDataReader row, int first = 0) => new(
        row.Partition(first), row.Contact(first + 2), row.GetInt64(first + 1), row.TextOrNull(first + 9) ?? "", (Origin)row.GetInt16(first + 5), row.Instant(first + 7), row.Instant(first + 8), row.Bytes(first + 11));
}
