using System.ComponentModel;
using System.Globalization;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>The first so many contacts go one way, all others the other (Semantics 9.2). Who has a place keeps it, also after leaving.</summary>
[Description("The first so many contacts who come here go one way, all others the other: exactly, however many come at once.")]
public sealed record FirstNPoint : JourneyPoint
{
    public const int FirstMax = 10_000_000;

    /// <summary>Why somebody waits here, for a moment.</summary>
    public const string Reason = "place";

    [Description("How many, from 1 to 10,000,000. A newer version may say more, or fewer; places that are taken stay taken.")]
    public required int First { get; init; }

    [Description("Where they go; without it, the journey ends for them as completed.")]
    public string? Next { get; init; }

    [Description("Where all others go; without it, the journey ends for them as completed.")]
    public string? Rest { get; init; }

    public override IEnumerable<PointExit> Exits() => [new("first", Next, "next"), new("rest", Rest, "rest")];

    public override string Explain() => $"takes the first {First.ToString("N0", CultureInfo.InvariantCulture)}";

    protected internal override void Check(CheckContext check)
    {
        if (First is < 1 or > FirstMax)
            check.Error(ProblemCodes.FirstCount, "first", $"Say how many: a whole number from 1 to {FirstMax.ToString("N0", CultureInfo.InvariantCulture)}.", ("count", First.ToString(CultureInfo.InvariantCulture)));
    }

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan(First) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(int first) : PlanPoint
    {
        readonly AllocatorAsk _ask = new(first, []);

        public override Move Enter(StepContext context)
        {
            context.Do(new Effect.Ask(AllocatorId.OfPoint(AllocatorKind.FirstN, context.Plan.Id, Id), _ask));
            return Move.WaitFor(new(null, TimerQueue.Elapsed, Reason));
        }

        public override Move Resume(StepContext context, Stimulus stimulus) => context.Allotted is { } answer ? Move.Follow(answer.Granted ? 0 : 1) : Move.Stay;
    }
}
