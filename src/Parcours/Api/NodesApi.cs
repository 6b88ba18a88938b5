using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;

namespace Parcours.Api;

/// <summary>Who serves this installation, how far each partition has come, and what waits in it.</summary>
static class NodesApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("nodes", async (IEngine engine, CancellationToken cancellationToken) => await NodesView.OfAsync(engine.Queries, engine.Now, cancellationToken))
            .WithName("nodes").WithTags("System").WithSummary("The nodes that serve this installation, what each works on, how far each partition has come, and what waits in it.").Produces<NodesView>();
}

/// <param name="Nodes">Empty on SQLite: there is one process, this one.</param>
/// <param name="Waiting">Of all partitions together; null on SQLite.</param>
sealed record NodesView(IReadOnlyList<NodeView> Nodes, IReadOnlyList<PartitionView> Partitions, WaitingView? Waiting)
{
    public static async Task<NodesView> OfAsync(IStoreQueries queries, Instant now, CancellationToken cancellationToken)
    {
        var nodes = await queries.NodesAsync(cancellationToken);
        var states = await queries.StatesAsync(cancellationToken);
        var work = (await queries.WorkAsync(now, cancellationToken)).ToDictionary(part => part.Partition);
        return new(
            [.. nodes.Select(node => new NodeView(node.Id, node.Name, node.Address, node.Version, node.StartedAt.ToApi(), node.SeenAt.ToApi(), node.Leads, [.. node.Owned.Select(partition => (int)partition.Index)]))],
            [.. states.Select(state => new PartitionView(
                state.Partition.Index, nodes.FirstOrDefault(node => node.Owned.Contains(state.Partition))?.Id, state.Cursor >= state.Tail, state.Clock == Instant.FromUnixTimeTicks(0) ? null : state.Clock.ToApi(), state.Epoch,
                work.TryGetValue(state.Partition, out var part) ? WaitingView.Of([part], now) : null))],
            work.Count == 0 ? null : WaitingView.Of(work.Values, now));
    }
}

/// <param name="SeenAt">When it said last that it is there; it does so each second.</param>
/// <param name="Leads">Whether it changes the catalogue and answers what is asked of the whole installation; another does when it is gone.</param>
sealed record NodeView(Guid Id, string Name, string Address, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool Leads, IReadOnlyList<int> Partitions);

/// <param name="Node">Who works on it; null: nobody that says so.</param>
/// <param name="CaughtUp">Whether all that was taken in has been worked on.</param>
/// <param name="Clock">Up to when it has been worked on (Semantics 1.3); null: never.</param>
/// <param name="Epoch">Rises with each take-over.</param>
/// <param name="Waiting">Null on SQLite.</param>
sealed record PartitionView(int Partition, Guid? Node, bool CaughtUp, DateTimeOffset? Clock, long Epoch, WaitingView? Waiting);

/// <summary>What waits, counted up to 10,000 a partition.</summary>
/// <param name="Entries">Taken in and not worked on yet.</param>
/// <param name="Timers">Due by the clock of their journey; those of a paused one count too.</param>
/// <param name="Messages">That may go now and are not claimed.</param>
/// <param name="OnTheirWay">Messages handed to a provider, of which nothing is known yet.</param>
/// <param name="LagSeconds">How old the oldest of the entries is; 0: none waits.</param>
sealed record WaitingView(long Entries, long Timers, long Messages, long OnTheirWay, double LagSeconds)
{
    public static WaitingView Of(IReadOnlyCollection<PartitionWork> parts, Instant now) => new(
        parts.Sum(part => part.Entries), parts.Sum(part => part.Timers), parts.Sum(part => part.Messages), parts.Sum(part => part.OnTheirWay),
        Math.Round(parts.Max(part => part.OldestEntry is { } oldest && oldest < now ? (now - oldest).TotalSeconds : 0), 3));
}
