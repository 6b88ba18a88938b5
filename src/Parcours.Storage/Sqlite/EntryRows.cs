using System.Buffers;
using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Between rows of table entry and entries of the journal. The columns stand in the order of <c>append_entry.sql</c>.</summary>
static class EntryRows
{
    const int IsNewContact = 1, IsRecorded = 2;

    /// <summary>Binds an entry; the body is copied by the library.</summary>
    public static void Write(SqliteStatement insert, Names eventNames, JournalEntry entry, bool isRecorded, ArrayBufferWriter<byte> buffer)
    {
        insert.Bind(1, entry.Sequence);
        if (entry.Contact == default) insert.Bind(2, -1L - entry.Partition.Index).Bind(3, 0L);
        else insert.Bind(2, entry.Contact);
        insert.Bind(4, (long)entry.Kind).Bind(5, (long)entry.Origin);
        insert.Bind(6, (long)((entry.NewContact ? IsNewContact : 0) | (isRecorded ? IsRecorded : 0)));
        insert.Bind(7, entry.ReceivedAt);
        if (entry.OccurredAt == entry.ReceivedAt) insert.BindNull(8);
        else insert.Bind(8, entry.OccurredAt);
        eventNames.BindNew(insert, 9, entry.Name);
        if (entry.Attached.Length + entry.Released.Length == 0)
        {
            insert.BindNull(10);
        }
        else
        {
            buffer.ResetWrittenCount();
            IdentityList.Write(buffer, entry.Attached);
            IdentityList.Write(buffer, entry.Released);
            insert.BindBlob(10, buffer.WrittenSpan);
        }

        insert.BindBlob(11, entry.Body.Span).Run();
    }

    public static JournalEntry Read(SqliteStatement row, Names eventNames)
    {
        var isOfPartition = row.Long(1) < 0;
        var contact = isOfPartition ? default : row.Contact(1);
        ImmutableArray<Identity> attached = [], released = [];
        if (!row.IsNull(9))
        {
            var lists = row.Blob(9);
            attached = [.. IdentityList.Read(ref lists)];
            released = [.. IdentityList.Read(ref lists)];
        }

        return new JournalEntry(
            PartitionOf(row.Long(1)), row.Long(0), contact, (EntryKind)row.Long(3), (Origin)row.Long(4), row.Instant(6),
            row.InstantOrNull(7) ?? row.Instant(6), eventNames.ReadOrNull(row, 8), row.Bytes(10), (row.Long(5) & IsNewContact) != 0, attached, released);
    }

    /// <param name="row">A row of an entry.</param>
    /// <param name="eventNames">Names by number.</param>
    /// <param name="first">Where the columns of the entry begin.</param>
    public static StoredEvent ReadEvent(SqliteStatement row, Names eventNames, int first = 0) => new(
        PartitionOf(row.Long(first + 1)), row.Contact(first + 1), row.Long(first), eventNames.Read(row, first + 8), (Origin)row.Long(first + 4),
        row.Instant(first + 6), row.InstantOrNull(first + 7) ?? row.Instant(first + 6), row.Bytes(first + 10));

    /// <summary>From the contact's column: a number, or −1 − partition for what concerns a whole partition.</summary>
    public static Partition PartitionOf(long contact) => contact < 0 ? new Partition((byte)(-1 - contact)) : Partition.OfNumber(contact);
}
