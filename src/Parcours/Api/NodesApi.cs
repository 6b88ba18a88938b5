using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;

namespace Parcours.Api;

/// <summary>Who serves this installation, and how far each partition has come.</summary>
static class NodesApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("nodes", async (IEngine engine, CancellationToken cancellationToken) => await NodesView.OfAsync(engine.Queries, cancellationToken))
            .WithName("nodes").WithTags("System").WithSummary("The nodes that serve this installation, what each works on, and how far each partition has come.").Produces<NodesView>();
}

/// <param name="Nodes">Empty on SQLite: there is one process, this one.</param>
sealed record NodesView(IReadOnlyList<NodeView> Nodes, IReadOnlyList<PartitionView> Partitions)
{
    public static async Task<NodesView> OfAsync(IStoreQueries queries, CancellationToken cancellationToken)
    {
        var nodes = await queries.NodesAsync(cancellationToken);
        var states = await queries.StatesAsync(cancellationToken);
        return new(
            [.. nodes.Select(node => new NodeView(node.Id, node.Name, node.Address, node.Version, node.StartedAt.ToApi(), node.SeenAt.ToApi(), node.Owned.Size > 0, [.. node.Owned.Select(partition => (int)partition.Index)]))],
            [.. states.Select(state => new PartitionView(state.Partition.Index, nodes.FirstOrDefault(node => node.Owned.Contains(state.Partition))?.Id, state.Cursor >= state.Tail, state.Clock == Instant.FromUnixTimeTicks(0) ? null : state.Clock.ToApi(), state.Epoch))]);
    }
}

/// <param name="SeenAt">When it said last that it is there; it does so each second.</param>
/// <param name="Works">False: it stands by, and takes over when the one that works is gone.</param>
sealed record NodeView(Guid Id, string Name, string Address, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool Works, IReadOnlyList<int> Partitions);

/// <param name="Node">Who works on it; null: nobody that says so.</param>
/// <param name="CaughtUp">Whether all that was taken in has been worked on.</param>
/// <param name="Clock">Up to when it has been worked on (Semantics 1.3); null: never.</param>
/// <param name="Epoch">Rises with each take-over.</param>
sealed record PartitionView(int Partition, Guid? Node, bool CaughtUp, DateTimeOffset? Clock, long Epoch);
