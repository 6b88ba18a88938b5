using System.ComponentModel;
using System.Globalization;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Goes on at any other point: joins branches, or makes a loop (which needs a wait in it), as often as its author lets it (Semantics 3.5).</summary>
[Description("Goes on at any other point: joins branches, or makes a loop, which needs a wait in it.")]
public sealed record GoToPoint : JourneyPoint
{
    [Description("The id of the point to go to.")]
    public required string Target { get; init; }

    [Description("How often a contact goes there from here, 1 to 100; without it, as often as points are visited at most.")]
    public int? Most { get; init; }

    [Description("With most: where contacts go on who have gone there so often; without it the journey ends there as completed.")]
    public string? Beyond { get; init; }

    /// <summary>As often as a point is visited at most.</summary>
    public const int MostMost = 100;

    public override IEnumerable<PointExit> Exits() => Most is null && Beyond is null ? [new("next", Target, "target")] : [new("next", Target, "target"), new("beyond", Beyond, "beyond")];

    public override string Explain() => Most is { } most ? string.Create(CultureInfo.InvariantCulture, $"goes to {Target}, {most} times at most") : $"goes to {Target}";

    protected internal override void Check(CheckContext check)
    {
        if (Most is < 1 or > MostMost)
            check.Error(ProblemCodes.GoToMost, "most", $"How often is a whole number from 1 to {MostMost}.", ("most", $"{MostMost}"));
        if (Most is null && Beyond is not null)
            check.Error(ProblemCodes.GoToMost, "most", "There is a way on for who has gone there often enough, but it is not said how often; set most, or remove beyond.", ("most", $"{MostMost}"));
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Most ?? int.MaxValue) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(int most) : PlanPoint
    {
        public override Move Enter(StepContext context) => Move.Follow(context.Visit > most ? 1 : 0);
    }
}
