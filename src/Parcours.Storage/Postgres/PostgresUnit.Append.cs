using System.Collections.Immutable;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>What comes in: identities, de-duplication, and the journal's end.</summary>
/// <remarks>
/// All that the items may ask is read at once, the rules are applied in memory, and what follows is written with what was seen as its condition. Where another node wrote meanwhile, fewer rows are hit
/// than meant or one is there already, and the batch is resolved anew (Semantics 4.2): races are rare, and locks on thousands of identities would not be.
/// </remarks>
partial class PostgresUnit
{
    const int TriesMost = 20;
    const string BeforeAppend = "append";
    readonly PostgresIdentityBook _book;
    readonly Resolution _resolution = new();

    /// <summary>Of contacts that this unit makes: nobody's, if it does not come to its commit.</summary>
    readonly List<long> _numbers = [];

    readonly long[] _tailsBefore = new long[Partition.Count];

    public long TailBefore(Partition partition) => _tailsBefore[partition.Index];

    /// <summary>What is appended, before it has its sequence.</summary>
    sealed record Draft(Partition Partition, ContactId Contact, EntryKind Kind, Origin Origin, Instant OccurredAt, string? Name, ReadOnlyMemory<byte> Body, bool IsNew, ImmutableArray<Identity> Attached, ImmutableArray<Identity> Released);

    /// <summary>What becomes of an item: its drafts are those from <paramref name="First"/> on.</summary>
    readonly record struct Judgement(AppendOutcome Outcome, ContactId Contact, int First, int Count, bool OtherBody);

    public ValueTask AppendAsync(IReadOnlyList<AppendItem> items, Instant receivedAt, IList<AppendResult> results, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        if (items.Count == 0) return;
        var forAll = false;
        for (var triesLeft = TriesMost; ; triesLeft--)
        {
            try
            {
                if (await TryAppendAsync(items, receivedAt, results, forAll, cancellationToken)) return;
            }
            catch (PostgresException race) when (StoreFailures.IsRace(race) && triesLeft > 1)
            {
                // As below.
            }

            catch (PostgresIdentityBook.NumbersMissingException)
            {
                forAll = true;
            }

            if (triesLeft == 1)
                throw new StoreException($"Others wrote the same identities {TriesMost} times while they were resolved. Send it again.");
            await _connection.RollbackToAsync(BeforeAppend, cancellationToken);
            _store.ContactNumbers.Return(_numbers);
            _numbers.Clear();
        }
    });

    async ValueTask<bool> TryAppendAsync(IReadOnlyList<AppendItem> items, Instant receivedAt, IList<AppendResult> results, bool forAll, CancellationToken cancellationToken)
    {
        var (seen, generation) = await PrefetchAsync(items, forAll, receivedAt.ToMicroseconds(), cancellationToken);
        List<Draft> drafts = [];
        List<Judgement> judgements = [];
        Dictionary<Guid, uint> taken = [];
        _book.Now = receivedAt;
        foreach (var item in items) judgements.Add(Judge(item, seen, taken, drafts));
        // Fewer contacts were made than might have been.
        _store.ContactNumbers.Return(_book.Numbers);
        _numbers.RemoveAll(_book.Numbers.Contains);
        if (await SaveAsync(generation, taken, drafts, cancellationToken) is not { } tails) return false;
        var entries = Number(drafts, tails, receivedAt, 0);
        await AppendAsync(entries, cancellationToken);
        foreach (var judgement in judgements)
            results.Add(new AppendResult(judgement.Outcome, judgement.Contact, [.. entries.Skip(judgement.First).Take(judgement.Count)]) { OtherBody = judgement.OtherBody });
        return true;
    }

    /// <summary>All that the items may ask for, in one round trip, with the numbers for contacts that may have to be made.</summary>
    async ValueTask<(Dictionary<Guid, uint> Seen, long Generation)> PrefetchAsync(IReadOnlyList<AppendItem> items, bool forAll, long now, CancellationToken cancellationToken)
    {
        List<Identity> identities = [];
        List<ContactId> contacts = [];
        var ids = new HashSet<Guid>();
        foreach (var item in items)
        {
            identities.AddRange(item.Identities);
            if (item.Contact is { } contact) contacts.Add(contact);
            if (item.Kind == EntryKind.Merge) contacts.Add(MergeBody.Winner(item.Body.Span));
            if (item.MessageIdHash is { } id) ids.Add(id);
        }

        Dictionary<Guid, uint> seen = [];
        var (generation, began) = (0L, 0L);
        // The generation first, and locked: it does not change under what is read of it.
        await _book.LoadAsync(
            identities, contacts, [new NpgsqlBatchCommand("SAVEPOINT " + BeforeAppend), Commands.Query("share_generation"), Commands.Query("find_seen").With(ids.ToArray())],
            [row => (generation, began) = (row.GetInt64(0), row.GetInt64(1)), row => seen[row.GetGuid(0)] = (uint)row.GetInt32(1)], _connection, cancellationToken);
        if (IsOver(generation, began, now))
        {
            generation = await NextGenerationAsync(generation, now, cancellationToken);
            // Without those that went with the oldest.
            seen = (await ListAsync(Commands.Query("find_seen").With(ids.ToArray()), static row => (row.GetGuid(0), (uint)row.GetInt32(1)), cancellationToken)).ToDictionary();
        }

        var makes = 0;
        foreach (var item in items)
            if (item is { Contact: null, CreatesContact: true, Identities.Length: > 0 } && !(item.MessageIdHash is { } id && seen.ContainsKey(id)))
                makes++;
        _book.Numbers = makes == 0 ? new() : await _store.ContactNumbers.TakeAsync(_connection, forAll ? makes : Math.Min(makes, _book.UnknownMost(items)), cancellationToken);
        _numbers.AddRange(_book.Numbers);
        return (seen, generation);
    }

    Judgement Judge(AppendItem item, Dictionary<Guid, uint> seen, Dictionary<Guid, uint> taken, List<Draft> drafts)
    {
        var first = drafts.Count;
        if (item.MessageIdHash is { } hash && (seen.TryGetValue(hash, out var body) || taken.TryGetValue(hash, out body)))
            return new(AppendOutcome.Duplicate, WhoIs(item), first, 0, body != 0 && item.Fingerprint != 0 && body != Kept(item.Fingerprint));
        IdentityRules.Resolve(_book, item, _resolution);
        if (_resolution.Contact is not { } contact) return new(AppendOutcome.UnknownContact, default, first, 0, false);
        // Not before: what was not taken may come again under the same id, and be taken then.
        if (item.MessageIdHash is { } id) taken[id] = Kept(item.Fingerprint);
        foreach (var (loser, winner) in _resolution.Merges)
            drafts.Add(new(Partition.Of(loser), loser, EntryKind.Merge, Origin.Merge, Instant.MinValue, null, MergeBody.Of(winner), false, [], []));
        foreach (var (from, identity) in _resolution.Moved)
            drafts.Add(new(Partition.Of(from), from, EntryKind.Edits, item.Origin, Instant.MinValue, null, default, false, [], [identity]));
        if (item.Kind != EntryKind.Merge)
            drafts.Add(new(Partition.Of(contact), contact, item.Kind, item.Origin, item.OccurredAt, item.Name, item.Body, _resolution.IsNew, [.. _resolution.Attached], [.. _resolution.Released]));
        return new(AppendOutcome.Appended, contact, first, drafts.Count - first, false);
    }

    /// <summary>24 bits, as SQLite keeps them: one other body in sixteen million is not noticed.</summary>
    static uint Kept(uint fingerprint) => fingerprint & 0xFFFFFF;

    ContactId WhoIs(AppendItem item)
    {
        if (item.Contact is { } named) return _book.Find(named) ?? default;
        foreach (var identity in item.Identities)
            if (_book.HolderOf(identity) is { } holder)
                return holder;
        return default;
    }

    /// <summary>Writes identities and message ids, and then locks the ends of the journals.</summary>
    /// <returns>Where the journals end; null: somebody else wrote one of the identities meanwhile.</returns>
    async ValueTask<JournalEnd[]?> SaveAsync(long generation, Dictionary<Guid, uint> taken, List<Draft> drafts, CancellationToken cancellationToken)
    {
        var commands = new List<NpgsqlBatchCommand>();
        var expected = _book.Save(commands);
        if (taken.Count > 0)
        {
            // Sorted, so that two batches with the same ids wait for each other instead of locking each other out.
            Guid[] ids = [.. taken.Keys.Order()];
            commands.Add(Commands.Query($"add_seen_{generation & 1}").With(ids).With(ids.Select(id => (int)taken[id]).ToArray()));
            expected += ids.Length;
        }

        List<NpgsqlBatchCommand> written = [.. commands];
        var ends = await LockEndsAsync(commands, drafts, cancellationToken);
        return written.Sum(static command => (int)command.Rows) == expected ? ends : null;
    }

    /// <summary>How far a partition's journal goes.</summary>
    readonly record struct JournalEnd(long Counter, long Received);

    /// <summary>The ends of the journals of these drafts, under locks, which are the last that is locked (Semantics 15.5).</summary>
    /// <param name="before">What is written in the same round trip.</param>
    async ValueTask<JournalEnd[]> LockEndsAsync(List<NpgsqlBatchCommand> before, List<Draft> drafts, CancellationToken cancellationToken)
    {
        var ends = new JournalEnd[Partition.Count];
        var partitions = PartitionSet.None;
        foreach (var draft in drafts) partitions = partitions.With(draft.Partition);
        if (partitions != PartitionSet.None) before.Add(Commands.Query("lock_tails").With(partitions));
        if (before.Count > 0)
            await _connection.ReadAsync(
                before,
                partitions == PartitionSet.None ? [] : [row =>
                {
                    ends[row.Partition(0).Index] = new(Sequences.CounterOf(row.GetInt64(1)), row.GetInt64(2));
                    _tailsBefore[row.Partition(0).Index] = row.GetInt64(1);
                }],
                cancellationToken);
        return ends;
    }

    /// <summary>Gives sequences to what is appended.</summary>
    List<JournalEntry> Number(List<Draft> drafts, JournalEnd[] tails, Instant receivedAt, long gap)
    {
        var partitions = PartitionSet.None;
        foreach (var draft in drafts) partitions = partitions.With(draft.Partition);
        var micros = receivedAt.ToMicroseconds();
        var least = 0L;
        if (gap > 0)
        {
            // An entry of all partitions has one counter in all of them: so "before it" and "after it" are told by the sequence alone.
            foreach (var partition in partitions)
                least = Math.Max(least, Math.Max(CounterKnown(partition, tails[partition.Index].Counter) + gap, Sequences.CounterAt(Math.Max(micros, tails[partition.Index].Received))));
        }

        // Over all partitions of a batch too, as far as it goes: then a reader of several finds its items in their order.
        var last = 0L;
        List<JournalEntry> entries = new(drafts.Count);
        foreach (var draft in drafts)
        {
            ref var tail = ref tails[draft.Partition.Index];
            var at = Math.Max(tail.Received, micros);
            tail = new(Math.Max(Math.Max(least, gap > 0 ? 0 : last + 1), Math.Max(CounterKnown(draft.Partition, tail.Counter) + 1, Sequences.CounterAt(at))), at);
            last = tail.Counter;
            var received = Microseconds.ToInstant(tail.Received);
            var sequence = Sequences.Entry(draft.Partition, tail.Counter);
            entries.Add(new(draft.Partition, sequence, draft.Contact, draft.Kind, draft.Origin, received, draft.OccurredAt == Instant.MinValue ? received : draft.OccurredAt.Truncate(), draft.Name, draft.Body, draft.IsNew, draft.Attached, draft.Released));
            if (_store.Spread is null && Partitions.Contains(draft.Partition)) Heard(draft.Partition, sequence);
        }

        return entries;
    }

    /// <summary>An entry comes after all that the owner numbered itself, as far as this process knows.</summary>
    long CounterKnown(Partition partition, long tail) => Math.Max(tail, Sequences.CounterOf(Numbers[partition.Index].Sequence));

    /// <summary>What the owner numbers from now on comes after this entry.</summary>
    void Heard(Partition partition, long sequence)
    {
        ref var numbers = ref Numbers[partition.Index];
        if (sequence > numbers.Sequence) numbers.Sequence = sequence;
        if (sequence > numbers.Tail) numbers.Tail = sequence;
    }

    /// <summary>Sent, and not waited for: what was numbered is run meanwhile.</summary>
    async ValueTask AppendAsync(List<JournalEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return;
        var tails = new Dictionary<Partition, JournalEntry>();
        foreach (var entry in entries) tails[entry.Partition] = entry;
        List<JournalEntry> last = [.. tails.Values.OrderBy(entry => entry.Partition)];
        List<NpgsqlBatchCommand> commands =
        [
            EntryRows.Insert(entries, isRecorded: false),
            Commands.Query("save_tails").Column(last, static entry => (short)entry.Partition.Index).Column(last, static entry => entry.Sequence).Column(last, static entry => entry.ReceivedAt.ToMicroseconds()),
        ];
        AddEventNames(commands, entries);
        await _connection.SendAsync(commands, cancellationToken);
    }

    void AddEventNames(List<NpgsqlBatchCommand> commands, IEnumerable<JournalEntry> entries)
    {
        if (!_store.TakesEventNames) return;
        string[] names = [.. entries.Where(entry => entry is { Kind: EntryKind.Event, Name: not null } && !_store.EventNames.ContainsKey(entry.Name)).Select(entry => entry.Name!).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length == 0) return;
        commands.Add(Commands.Query("add_event_names").With(names));
        _newEventNames.AddRange(names);
    }

    public ValueTask<IReadOnlyList<JournalEntry>> AppendControlAsync(PartitionSet partitions, EntryKind kind, ReadOnlyMemory<byte> body, Instant receivedAt, CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<JournalEntry>>(async () =>
        {
            List<Draft> drafts = [.. partitions.Select(partition => new Draft(partition, default, kind, Origin.Live, Instant.MinValue, null, body, false, [], []))];
            var entries = Number(drafts, await LockEndsAsync([], drafts, cancellationToken), receivedAt, Sequences.ControlGap);
            await AppendAsync(entries, cancellationToken);
            return entries;
        });

    public ValueTask<IReadOnlyList<JournalEntry>> DeliverRelaysAsync(Instant receivedAt, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<JournalEntry>>(async () =>
    {
        var taken = await ListAsync(
            Commands.Query("take_relays").With(Partitions).With((long)limit),
            static row => (Number: row.GetInt64(0), Draft: new Draft(
                Partition.Of(row.Contact(2)), row.Contact(2), (EntryKind)row.GetInt16(4), (Origin)row.GetInt16(5), row.Instant(6), row.TextOrNull(7), row.Bytes(8), false, [], [])),
            cancellationToken);
        if (taken.Count == 0) return [];
        List<Draft> drafts = [.. taken.OrderBy(relay => relay.Number).Select(relay => relay.Draft)];
        var entries = Number(drafts, await LockEndsAsync([], drafts, cancellationToken), receivedAt, 0);
        await AppendAsync(entries, cancellationToken);
        return entries;
    });
}
