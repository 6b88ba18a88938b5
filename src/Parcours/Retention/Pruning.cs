using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Retention;

/// <summary>Runs a write in a unit of its own.</summary>
delegate Task UnitWrite(Func<IStoreUnit, ValueTask> write, CancellationToken cancellationToken);

/// <summary>Takes history that is older than it is kept: a page is copied into the archive, is on its disk, and then goes, so that nothing is dropped that is not there.</summary>
/// <param name="write">Null: nothing is dropped, only copied.</param>
sealed class Pruning(IStoreQueries queries, UnitWrite? write)
{
    // What one commit drops holds the store for a few milliseconds (Semantics 15.7).
    const int PageLength = 250;

    /// <returns>How many events went.</returns>
    public async Task<long> EventsAsync(Instant before, Archive? archive, CancellationToken cancellationToken)
    {
        // An entry that waits is not history yet.
        var cursors = (await queries.StatesAsync(cancellationToken)).ToDictionary(state => state.Partition, state => state.Cursor);
        var (gone, after) = (0L, 0L);
        while (true)
        {
            var page = await queries.EventsAsync(PartitionSet.All, null, after, long.MaxValue, PageLength, cancellationToken);
            var old = page.Where(stored => stored.ReceivedAt < before && stored.Sequence <= cursors.GetValueOrDefault(stored.Partition)).ToList();
            if (old.Count > 0)
            {
                archive?.Add(old);
                if (write is not null)
                    await write(unit => unit.PruneEventsAsync(old, cancellationToken), cancellationToken);
                gone += old.Count;
            }

            if (page.Count < PageLength || page[^1].ReceivedAt >= before)
                return gone;
            after = page[^1].Sequence;
        }
    }

    /// <returns>How many messages went.</returns>
    public async Task<long> MessagesAsync(Instant before, Archive? archive, CancellationToken cancellationToken)
    {
        var (gone, after) = (0L, 0L);
        while (true)
        {
            var page = await queries.OldestMessagesAsync(after, PageLength, cancellationToken);
            var old = page.Where(message => message.Status != MessageStatus.Pending && message.DecidedAt < before).ToList();
            if (old.Count > 0)
            {
                archive?.Add(old);
                if (write is not null)
                    await write(unit => unit.PruneMessagesAsync(old, cancellationToken), cancellationToken);
                gone += old.Count;
            }

            if (page.Count < PageLength || page[^1].DecidedAt >= before)
                return gone;
            after = page[^1].Number;
        }
    }
}
