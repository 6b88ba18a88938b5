using System.Collections.Immutable;
using System.ComponentModel;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Multi-way branch: the first path whose condition holds.</summary>
[Description("Multi-way branch: takes the first path whose condition holds, else otherwise.")]
public sealed record BranchPoint : JourneyPoint
{
    [Description("One to twenty paths, asked in this order.")]
    public required IReadOnlyList<BranchPath> Paths { get; init; }

    [Description("Where to go when none of the conditions holds.")]
    public string? Otherwise { get; init; }

    public override IEnumerable<PointExit> Exits() =>
        [.. Paths.Select((path, index) => new PointExit(path.Name, path.Next, $"paths/{index}/next")), new(PathsCheck.Otherwise, Otherwise, "otherwise")];

    public override IReadOnlyList<Condition> Asked() => [.. Paths.Select(path => path.Condition)];

    public override string Explain() => $"asks in turn for {string.Join(", ", Paths.Select(path => path.Name))}";

    protected internal override void Check(CheckContext check)
    {
        check.Paths(Paths.Select(path => path.Name), PathsCheck.Otherwise);
        for (var index = 0; index < Paths.Count; index++)
            check.Condition(Paths[index].Condition, $"paths/{index}/condition", ConditionPlace.Inside);
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan([.. Paths.Select(path => compile.Condition(path.Condition))], None is { } none ? compile.Condition(none) : null) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    /// <summary>What does not hold where nobody is taken: asked for the record alone. Null: a record has no room for it.</summary>
    Condition? None => new Condition.Any([.. Paths.Select(path => path.Condition)]) is var any && any.Leaves <= Condition.LeavesMost ? any : null;

    sealed class Plan(ImmutableArray<CompiledCondition> conditions, CompiledCondition? none) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var asked = context.Conditions;
            var path = 0;
            while (path < conditions.Length && !conditions[path].Holds(asked))
                path++;
            // On record is the condition that decided; where none did, all of them.
            if (Decided(path) is { } decided)
                context.Note(decided);
            return Move.Follow(path);
        }

        public override CompiledCondition? Decided(int edge) => edge < conditions.Length ? conditions[edge] : none;
    }
}

/// <summary>One path of a branch.</summary>
public sealed record BranchPath
{
    [Description("What the line on the map, counters and history call it; unique in its branch, and not otherwise.")]
    public required string Name { get; init; }

    [Description("Who goes this way, of those whom no path before it took.")]
    public required Condition Condition { get; init; }

    [Description("Where it leads.")]
    public string? Next { get; init; }
}
