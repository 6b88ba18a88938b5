using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Plans;

/// <summary>What a point or starting point needs to make its part of the plan.</summary>
public sealed class CompileContext
{
    readonly Func<Condition, CompiledCondition> _compile;

    internal CompileContext(JourneySettings settings, string id, int index, ImmutableArray<PlanEdge> edges, DateTimeZone zone, Func<Condition, CompiledCondition> compile) =>
        (Settings, Id, Index, Edges, Zone, _compile) = (settings, id, index, edges, zone, compile);

    public JourneySettings Settings { get; }

    /// <summary>The journey's zone, else the installation's.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The id of the point that is compiled.</summary>
    public string Id { get; }
    public int Index { get; }

    /// <summary>Its exits, in their order, with their targets found.</summary>
    public ImmutableArray<PlanEdge> Edges { get; }

    /// <summary>Compiles a condition of this point; the plan learns of the memory that it needs.</summary>
    public CompiledCondition Condition(Condition condition) => _compile(condition);
}
