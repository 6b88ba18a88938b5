using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>Of a store that is shared: what others have appended is read from the journal, in the order of sequences over all of this process's partitions, and a change of the catalogue is a barrier in it.</summary>
sealed partial class Worker
{
    /// <summary>The last entry of each partition that is processed or in the backlog.</summary>
    readonly long[] _read = new long[Partition.Count];
    /// <summary>The journal may hold more than is read.</summary>
    bool _unread;

    /// <summary>Changes of the catalogue in the backlog. What happens before one must have a lower sequence than it, so nothing is numbered after what follows it (Semantics 7.7).</summary>
    int _barriers;

    /// <summary>Whether other processes append, and may own partitions.</summary>
    public bool IsShared { get; init; }

    /// <summary>Looks at the journal in the next turn.</summary>
    public void Look() => _unread = IsShared && Partitions != PartitionSet.None;

    void ReadFromCursors()
    {
        foreach (var state in _states)
            _read[state.Partition.Index] = state.Cursor;
        Look();
    }

    void Read(IStoreUnit unit, JournalEntry entry)
    {
        _read[entry.Partition.Index] = Math.Max(_read[entry.Partition.Index], entry.Sequence);
        if (entry.Kind == EntryKind.Control)
            _barriers++;
        // As far as can be: timers between two entries may be more than there is room for.
        else if (_barriers == 0)
            unit.NumberAfter(entry.Partition, entry.Sequence);
    }

    /// <summary>The entry is run now.</summary>
    void Meet(IStoreUnit unit, JournalEntry entry)
    {
        if (!IsShared)
            return;
        unit.NumberAfter(entry.Partition, entry.Sequence);
        if (entry.Kind != EntryKind.Control || --_barriers > 0)
            return;
        foreach (var waiting in _backlog)
            unit.NumberAfter(waiting.Entry.Partition, waiting.Entry.Sequence);
    }

    /// <summary>One commit's worth of what has been appended. By sequence over all partitions: so what comes before a change of the catalogue is in the backlog before it.</summary>
    async ValueTask ReadOnAsync(IStoreUnit unit, CancellationToken cancellationToken)
    {
        if (!_unread || _backlog.Count >= _options.ItemsPerCommit)
            return;
        var entries = await unit.ReadEntriesAsync(_read, _options.ItemsPerCommit, cancellationToken);
        foreach (var entry in entries)
            Enqueue(unit, entry);
        _unread = entries.Count == _options.ItemsPerCommit;
    }

    void Enqueue(IStoreUnit unit, JournalEntry entry)
    {
        Tail(unit, entry);
        Read(unit, entry);
        if (!AllocatorId.IsAddress(entry.Contact))
            LastContact = Math.Max(LastContact, entry.Contact.Number);
        HasAnonymous = HasAnonymous || HasAnonymousId(entry.Attached);
        _backlog.Enqueue(new(entry, null, 0, false) { Reply = IsAwaited(entry) ? new(entry.Sequence) : null });
    }

    /// <summary>Whether somebody may wait for what its burst says.</summary>
    public static bool IsAwaited(JournalEntry entry) => entry.Origin is Origin.Person or Origin.Import;

    /// <summary>Others may have appended since the journal was read last, and before what this unit has just appended: that is run first.</summary>
    async ValueTask ReadMissedAsync(IStoreUnit unit, IReadOnlyList<AppendResult> appended, CancellationToken cancellationToken)
    {
        var own = new Dictionary<Partition, long>();
        foreach (var result in appended)
            foreach (var entry in result.Entries)
                own.TryAdd(entry.Partition, entry.Sequence);
        if (!own.Keys.Any(partition => unit.TailBefore(partition) > _read[partition.Index]))
            return;
        var after = (long[])_read.Clone();
        while (true)
        {
            var page = await unit.ReadEntriesAsync(after, _options.ItemsPerCommit, cancellationToken);
            foreach (var entry in page)
            {
                after[entry.Partition.Index] = entry.Sequence;
                if (!own.TryGetValue(entry.Partition, out var first) || entry.Sequence < first)
                    Enqueue(unit, entry);
            }

            if (page.Count < _options.ItemsPerCommit)
                return;
        }
    }

    /// <summary>The catalogue changes at this entry, and what is in force here is from before it (Semantics 6.2).</summary>
    bool IsBarrier(JournalEntry entry) => IsShared && entry.Kind == EntryKind.Control && RevisionOf(entry) > State.Catalogue.Revision;

    static long RevisionOf(JournalEntry entry) => EntryCodec.Decode(entry.Body.Span) is EntryBody.Control control ? control.Revision : 0;

    /// <summary>The revision to which the catalogue must be brought before anything more can run; null: nothing stands at a change, or something earlier is left to do.</summary>
    public long? Barrier => _backlog.TryPeek(out var head) && IsBarrier(head.Entry) && !(NextTimer() < head.Entry.ReceivedAt) ? RevisionOf(head.Entry) : null;

    /// <summary>Contacts that came in at other processes, and what may still make some: before a change that asks whether there are any.</summary>
    public async ValueTask LookForContactsAsync(CancellationToken cancellationToken)
    {
        foreach (var newest in await _store.Queries.ContactsAsync(long.MaxValue, descending: true, 1, cancellationToken))
            LastContact = Math.Max(LastContact, newest.Contact.Number);
        _isBehindAnywhere = (await _store.Queries.StatesAsync(cancellationToken)).Any(static state => state.Cursor < state.Tail);
    }

    bool _isBehindAnywhere;

    public bool HasRelaysToDeliver => _relays && Partitions != PartitionSet.None;

    /// <summary>Moves what leaves for other contacts into their journals, in a commit of its own: the ends of journals are locked for a moment only.</summary>
    /// <returns>The partitions in which something waits now.</returns>
    public async ValueTask<PartitionSet> DeliverAsync(Instant now, CancellationToken cancellationToken)
    {
        await using var unit = await _store.BeginAsync(Partitions, cancellationToken);
        var entries = await unit.DeliverRelaysAsync(now, _options.ItemsPerCommit, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        _relays = entries.Count == _options.ItemsPerCommit;
        var targets = PartitionSet.None;
        foreach (var entry in entries)
            targets = targets.With(entry.Partition);
        Look();
        return targets;
    }

    /// <summary>What bursts answer to those who wait elsewhere.</summary>
    async ValueTask WriteRepliesAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        foreach (var reply in _turn.Replies)
            await unit.WriteDocumentAsync(Reply.DocumentKind, reply.Id, reply.ToJson(), null, now, cancellationToken);
    }
}
