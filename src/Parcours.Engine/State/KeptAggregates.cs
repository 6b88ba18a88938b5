using System.Collections.Frozen;
using Parcours.Journeys.Conditions;

namespace Parcours.Engine.State;

/// <summary>The aggregates whose memory contacts keep now, each with the generation in which it was adopted. Immutable.</summary>
/// <remarks>An aggregate that was dropped and comes back gets a new generation: contacts that were not touched meanwhile still hold the old memory in their rows.</remarks>
public sealed class KeptAggregates
{
    readonly FrozenDictionary<AggregateId, (AggregateDefinition Definition, int Generation)> _kept;

    public KeptAggregates(IEnumerable<(AggregateDefinition Definition, int Generation)> kept) =>
        _kept = kept.DistinctBy(aggregate => aggregate.Definition.Id).ToFrozenDictionary(aggregate => aggregate.Definition.Id);

    public static KeptAggregates None { get; } = new([]);

    public IEnumerable<(AggregateDefinition Definition, int Generation)> All => _kept.Values;

    /// <summary>The definition, if memory of this generation is kept now.</summary>
    public AggregateDefinition? Find(AggregateId id, int generation) =>
        _kept.TryGetValue(id, out var kept) && kept.Generation == generation ? kept.Definition : null;

    /// <summary>0 for one that is not kept.</summary>
    public int GenerationOf(AggregateId id) => _kept.TryGetValue(id, out var kept) ? kept.Generation : 0;
}
