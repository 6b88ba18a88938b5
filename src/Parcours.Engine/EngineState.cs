using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.State;
using Parcours.Journeys.Plans;

namespace Parcours.Engine;

/// <summary>What is in force now: the compiled catalogue and what belongs to it. Replaced as a whole by the worker's thread; read by anybody.</summary>
public sealed class EngineState
{
    Snapshot _snapshot = new(new CatalogueBuilder().Build(Instant.FromUnixTimeTicks(0)), KeptAggregates.None, PropertyRegistry.Empty, ImmutableDictionary<string, string>.Empty);

    public Snapshot Current => Volatile.Read(ref _snapshot);
    public Catalogue Catalogue => Current.Catalogue;
    public KeptAggregates Kept => Current.Kept;
    public PropertyRegistry Registry => Current.Registry;

    internal void Replace(Snapshot snapshot) => Volatile.Write(ref _snapshot, snapshot);

    /// <param name="JourneyNames">Display names by journey id, for messages.</param>
    public sealed record Snapshot(Catalogue Catalogue, KeptAggregates Kept, PropertyRegistry Registry, ImmutableDictionary<string, string> JourneyNames)
    {
        /// <summary>Nothing is handed to a provider until somebody says so (Semantics 12.3).</summary>
        public bool SendingHeld { get; init; }
    }
}
