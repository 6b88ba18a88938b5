using System.Buffers;
using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;
using Parcours.Storage.Sqlite.Gathered;

namespace Parcours.Storage.Sqlite;

/// <summary>What comes in: identities, de-duplication, and the journal's end.</summary>
partial class SqliteUnit
{
    readonly SqliteIdentityBook _book;
    readonly Resolution _resolution = new();
    readonly ArrayBufferWriter<byte> _identities = new();

    public ValueTask AppendAsync(IReadOnlyList<AppendItem> items, Instant receivedAt, IList<AppendResult> results, CancellationToken cancellationToken)
    {
        Do(() =>
        {
            receivedAt = Receive(receivedAt);
            foreach (var item in items) results.Add(Append(item, receivedAt));
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<JournalEntry>> AppendControlAsync(
        PartitionSet partitions, EntryKind kind, ReadOnlyMemory<byte> body, Instant receivedAt, CancellationToken cancellationToken) => new(Do<IReadOnlyList<JournalEntry>>(() =>
    {
        receivedAt = Receive(receivedAt);
        return [.. partitions.Select(partition => Append(partition, default, kind, Origin.Live, receivedAt, receivedAt, null, body, false, [], []))];
    }));

    public ValueTask<IReadOnlyList<JournalEntry>> DeliverRelaysAsync(Instant receivedAt, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<JournalEntry>>(() =>
    {
        List<(long Id, RelayRow Relay)> waiting = [];
        var rows = Query("read_relays");
        while (waiting.Count < limit && rows.Step())
        {
            var sender = new Partition((byte)rows.Long(1));
            if (!Partitions.Contains(sender)) continue;
            waiting.Add((rows.Long(0), new RelayRow(
                sender, rows.Contact(2), (EntryKind)rows.Long(4), (Origin)rows.Long(5), rows.Instant(6), rows.TextOrNull(7), rows.Bytes(8))));
        }

        rows.Reset();
        if (waiting.Count == 0) return [];
        receivedAt = Receive(receivedAt);
        List<JournalEntry> mine = [];
        foreach (var (id, relay) in waiting)
        {
            var target = Partition.Of(relay.Target);
            var entry = Append(target, relay.Target, relay.Kind, relay.Origin, receivedAt, relay.OccurredAt, relay.Name, relay.Body, false, [], []);
            Query("delete_relay").Bind(1, id).Run();
            if (Partitions.Contains(target)) mine.Add(entry);
        }

        return mine;
    }));

    AppendResult Append(AppendItem item, Instant receivedAt)
    {
        if (item.MessageIdHash is { } hash && _writer.Seen.TryFind(NumberOf(hash), out var seen))
            return new AppendResult(AppendOutcome.Duplicate, WhoIs(item), []) { OtherBody = SeenMessageIds.Differ(seen, item.Fingerprint) };
        _book.Now = receivedAt;
        IdentityRules.Resolve(_book, item, _resolution);
        if (_resolution.Contact is not { } contact) return new AppendResult(AppendOutcome.UnknownContact, default, []);
        // Not before: what was not taken may come again under the same id, and be taken then.
        if (item.MessageIdHash is { } taken) _writer.Seen.Add(NumberOf(taken), item.Fingerprint);

        var partition = Partition.Of(contact);
        if (_resolution.Merges.Count == 0 && _resolution.Moved.Count == 0 && item.Kind != EntryKind.Merge)
        {
            var only = Append(
                partition, contact, item.Kind, item.Origin, receivedAt, item.OccurredAt, item.Name, item.Body, _resolution.IsNew, [.. _resolution.Attached], [.. _resolution.Released]);
            return new AppendResult(AppendOutcome.Appended, contact, [only]);
        }

        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        foreach (var (loser, winner) in _resolution.Merges)
            entries.Add(Append(Partition.Of(loser), loser, EntryKind.Merge, Origin.Merge, receivedAt, receivedAt, null, MergeBody.Of(winner), false, [], []));
        foreach (var (from, identity) in _resolution.Moved)
            entries.Add(Append(Partition.Of(from), from, EntryKind.Edits, item.Origin, receivedAt, receivedAt, null, default, false, [], [identity]));
        if (item.Kind != EntryKind.Merge)
            entries.Add(Append(
                partition, contact, item.Kind, item.Origin, receivedAt, item.OccurredAt, item.Name, item.Body, _resolution.IsNew, [.. _resolution.Attached], [.. _resolution.Released]));
        return new AppendResult(AppendOutcome.Appended, contact, entries.ToImmutable());
    }

    JournalEntry Append(
        Partition partition, ContactId contact, EntryKind kind, Origin origin, Instant receivedAt, Instant occurredAt, string? name, ReadOnlyMemory<byte> body, bool isNew,
        ImmutableArray<Identity> attached, ImmutableArray<Identity> released)
    {
        var entry = new JournalEntry(partition, TakeSequence(partition), contact, kind, origin, receivedAt, occurredAt.Truncate(), name, body, isNew, attached, released);
        EntryRows.Write(Query("append_entry"), _writer.EventNames, entry, isRecorded: false, _identities);
        _writer.State[partition].Tail = entry.Sequence;
        return entry;
    }

    /// <summary>The time of what is appended now: never before that of the entry before it (Semantics 1.2).</summary>
    Instant Receive(Instant receivedAt)
    {
        var state = _writer.State;
        var received = Math.Max(receivedAt.ToMicroseconds(), state.LastReceived);
        (state.LastReceived, state.IsChanged) = (received, true);
        _writer.Seen.Advance(received);
        return Microseconds.ToInstant(received);
    }

    ContactId WhoIs(AppendItem item)
    {
        if (item.Contact is { } named) return _book.Find(named) ?? default;
        foreach (var identity in item.Identities)
            if (_book.HolderOf(identity) is { } holder)
                return holder;
        return default;
    }

    static UInt128 NumberOf(Guid hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        hash.TryWriteBytes(bytes, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
