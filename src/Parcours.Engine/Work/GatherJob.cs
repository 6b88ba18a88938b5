using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>
/// Gathers the memory of new aggregates from the events up to a control entry, a group of partitions at a time, and merges it with what the worker has kept since (Semantics 7.7).
/// </summary>
/// <remarks>
/// A reader beside the worker collects one group of partitions; the worker then merges it contact by contact, in slices. The groups bound what is in memory at once.
/// Merging is safe against crashes because the cursor is committed with the contacts; against double counting because live memory began after <paramref name="upTo"/>.
/// </remarks>
sealed class GatherJob(string target, ImmutableArray<AggregateDefinition> aggregates, IReadOnlyList<string> conditions, long upTo, int group, long after) : Job
{
    /// <summary>Eight groups of eight partitions.</summary>
    public const int Groups = 8;
    const int Slice = 200;

    readonly HashSet<string> _names = [.. aggregates.SelectMany(aggregate => aggregate.Events)];
    Dictionary<long, Dictionary<AggregateId, AggregateMemory>>? _gathered;
    int _group = group;
    long _after = after;
    bool _reading;

    public string Target => target;
    public override string Name => "gather-" + target;
    public override JobDocument Document => new("gather", target, _after, _group, upTo, conditions);
    public override bool IsReady => !IsDone && Volatile.Read(ref _gathered) is not null;
    public bool NeedsReader => !IsDone && !_reading && _gathered is null;
    /// <summary>0 to 1.</summary>
    public double Progress => IsDone ? 1 : _group / (double)Groups;

    PartitionSet OfGroup => In(_group);

    PartitionSet In(int group) => new((0xFFUL << (group * 8)) & Partitions.Bits);

    /// <summary>The first group from this one on that has partitions of the job.</summary>
    int FirstFrom(int group)
    {
        while (group < Groups && In(group) == PartitionSet.None)
            group++;
        return group;
    }

    /// <summary>Collects one group's events; runs beside the worker. Event bodies are read in pages, so no read transaction is long (Semantics 15.7).</summary>
    public async Task ReadAsync(IStoreQueries queries, Instant now, CancellationToken cancellationToken)
    {
        _reading = true;
        _group = FirstFrom(_group);
        var gathered = new Dictionary<long, Dictionary<AggregateId, AggregateMemory>>();
        var sequence = 0L;
        while (true)
        {
            var page = await queries.EventsAsync(OfGroup, _names, sequence, upTo, 1_000, cancellationToken);
            foreach (var stored in page)
            {
                sequence = stored.Sequence;
                try
                {
                    Collect(gathered, stored, now);
                }
                catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException or System.Text.Json.JsonException)
                {
                    // When it came in it counted in no memory either, for the same reason; it lies with the dead letters.
                }
            }

            if (page.Count < 1_000)
                break;
        }

        await ReadSentAsync(queries, gathered, now, cancellationToken);
        _reading = false;
        Volatile.Write(ref _gathered, gathered);
    }

    /// <summary>That a message was sent is no event: for conditions on the last messages it is read of the messages themselves. What was kept since is the same of the same message, and counts once.</summary>
    async ValueTask ReadSentAsync(IStoreQueries queries, Dictionary<long, Dictionary<AggregateId, AggregateMemory>> gathered, Instant now, CancellationToken cancellationToken)
    {
        if (!aggregates.Any(aggregate => aggregate is LastMessagesAggregate))
            return;
        for (long? before = null; ;)
        {
            var page = await queries.MessagesAsync(null, null, null, before, 1_000, cancellationToken);
            foreach (var message in page)
                if (message.Sent is { } sent && OfGroup.Contains(Partition.Of(message.Contact)))
                    Collect(gathered, message.Contact, sent, now);
            if (page.Count < 1_000)
                return;
            before = page[^1].Number;
        }
    }

    void Collect(Dictionary<long, Dictionary<AggregateId, AggregateMemory>> gathered, StoredEvent stored, Instant now) => Collect(gathered, stored.Contact, StoredEvents.Read(stored), now);

    void Collect(Dictionary<long, Dictionary<AggregateId, AggregateMemory>> gathered, ContactId contact, ContactEvent occurred, Instant now)
    {
        foreach (var aggregate in aggregates)
        {
            if (!aggregate.Events.Contains(occurred.Name) || !aggregate.Matches(occurred))
                continue;
            if (!gathered.TryGetValue(contact.Number, out var memories))
                gathered.Add(contact.Number, memories = []);
            memories[aggregate.Id] = aggregate.Add(memories.GetValueOrDefault(aggregate.Id), occurred, now);
        }
    }

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var gathered = _gathered ?? throw new InvalidOperationException("The group has not been read.");
        var contacts = await unit.ReadContactsAsync(OfGroup, _after, Slice, cancellationToken);
        foreach (var contact in contacts)
        {
            if (gathered.TryGetValue(contact.Contact.Number, out var memories))
                await worker.MergeMemoryAsync(unit, contact.Contact, memories, now, cancellationToken);
            _after = contact.Contact.Number;
        }

        if (contacts.Count == Slice)
            return;
        // What went to the winner of a merge at another process is in that one's journal before the next step is.
        var next = FirstFrom(_group + 1);
        if (next == Groups && !Partitions.IsAll && worker.HasRelays)
            return;
        _gathered = null;
        _after = 0;
        _group = next;
        IsDone = _group == Groups;
    }
}
