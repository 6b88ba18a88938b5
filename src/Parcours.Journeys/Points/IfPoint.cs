using System.ComponentModel;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>If/else: asks a condition and goes one way or the other at once.</summary>
[Description("If/else: asks a condition and goes one way or the other at once.")]
public sealed record IfPoint : JourneyPoint
{
    [Description("What is asked.")]
    public required Condition Condition { get; init; }

    [Description("Where to go when it holds.")]
    public string? Then { get; init; }

    [Description("Where to go when it does not.")]
    public string? Else { get; init; }

    public override IEnumerable<PointExit> Exits() => [new("yes", Then, "then"), new("no", Else, "else")];

    public override IReadOnlyList<Condition> Asked() => [Condition];

    public override string Explain() => "asks a condition";

    protected internal override void Check(CheckContext check) => check.Condition(Condition, "condition", ConditionPlace.Inside);

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(compile.Condition(Condition)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(CompiledCondition condition) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            context.Note(condition);
            return Move.Follow(condition.Holds(context.Conditions) ? 0 : 1);
        }

        public override CompiledCondition Decided(int edge) => condition;
    }
}
