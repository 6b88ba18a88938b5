using System.ComponentModel;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Goes on at any other point: joins branches, or makes a loop (which needs a wait in it).</summary>
[Description("Goes on at any other point: joins branches, or makes a loop, which needs a wait in it.")]
public sealed record GoToPoint : JourneyPoint
{
    [Description("The id of the point to go to.")]
    public required string Target { get; init; }

    public override IEnumerable<PointExit> Exits() => [new("next", Target, "target")];

    public override string Explain() => $"goes to {Target}";

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan : PlanPoint
    {
        public override Move Enter(StepContext context) => Move.Follow(0);
    }
}
