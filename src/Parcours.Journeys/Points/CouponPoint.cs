using System.ComponentModel;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Gives the contact a code of a pool, which nobody else gets (Semantics 9.2), and goes on; with a branch where none is left.</summary>
[Description("Gives the contact a code of a pool, which nobody else gets, and keeps it in the journey's data. Where none is left the contact goes another way, or goes on without.")]
public sealed record CouponPoint : StraightPoint
{
    /// <summary>Why somebody waits here, for a moment.</summary>
    public const string Reason = "coupon";

    /// <summary>Under which name the code is kept where the author says none.</summary>
    public const string IntoDefault = "coupon";

    [Description("The pool of codes, as it is called in the settings.")]
    public required string Pool { get; init; }

    [Description("The name under which the code is kept in the journey's data: contents say {{event.coupon}}. Without it, coupon. Until when it is good is kept as coupon_expires.")]
    public string? Into { get; init; }

    [Description("Where contacts go for whom none is left; without it they go on without a code.")]
    public string? OnEmpty { get; init; }

    public override IEnumerable<PointExit> Exits() => OnEmpty is null ? base.Exits() : [.. base.Exits(), new("empty", OnEmpty, "onEmpty")];

    public override string Explain() => $"gives a code of {Pool}";

    protected internal override void Check(CheckContext check)
    {
        check.Pool(Pool, "pool");
        check.DataName(Into, "into");
    }

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan(AllocatorId.OfPool(Pool), Into ?? IntoDefault, OnEmpty is not null) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(AllocatorId pool, string into, bool branches) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            context.Do(new Effect.Ask(pool, AllocatorAsk.Plain));
            return Move.WaitFor(new(null, TimerQueue.Elapsed, Reason));
        }

        public override Move Resume(StepContext context, Stimulus stimulus)
        {
            if (context.Allotted is not { } answer)
                return Move.Stay;
            if (answer is not { Granted: true, Value: { } code })
            {
                context.Note(0, "pool-empty");
                return Move.Follow(branches ? 1 : 0);
            }
            context.Do(new Effect.KeepData(into, code));
            if (answer.Expires is { } expires)
                context.Do(new Effect.KeepData(into + "_expires", NodaTime.Text.InstantPattern.General.Format(expires)));
            return Move.Follow(0);
        }
    }
}
