using System.ComponentModel;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Waits until a condition holds: at once where it does already.</summary>
[Description("Waits until a condition holds (at once where it does already), with a time-out.")]
public sealed record WaitUntilTruePoint : StraightPoint
{
    [Description("What is waited for: asked at the arrival, at everything that can change it, and when time alone does.")]
    public required Condition Condition { get; init; }

    [Description("How long to wait at most: ISO 8601, days of 24 h; without it, as long as the journey runs.")]
    public Duration? Timeout { get; init; }

    [Description("Where to go when it has not come to hold in time; only with a timeout.")]
    public string? OnTimeout { get; init; }

    // Where it holds already nobody waits: a loop without another wait would run through.
    public override IEnumerable<PointExit> Exits() =>
        Timeout is null && OnTimeout is null ? base.Exits() : [new("next", Next, "next"), new(PathsCheck.Timeout, OnTimeout, "onTimeout")];

    protected override WaitClock WaitClock => Timeout is null ? WaitClock.None : WaitClock.Elapsed;

    public override string Explain() => Timeout is { } timeout ? $"waits until a condition holds; at most {IsoDuration.Format(timeout)}" : "waits until a condition holds";

    protected internal override void Check(CheckContext check)
    {
        check.Condition(Condition, "condition", ConditionPlace.Inside);
        check.Timeout(Timeout, OnTimeout);
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(compile.Condition(Condition), Timeout) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    /// <remarks>The time-out runs on the journey's clock, which a pause may freeze; a flip by time that falls into such a pause, or is waited for beside a time-out, is seen no earlier than that clock says.</remarks>
    sealed class Plan(CompiledCondition condition, Duration? timeout) : PlanPoint
    {
        const string Reason = "condition";

        public override Dependencies Hears => condition.Dependencies;

        public override CompiledCondition? Decided(int edge) => edge == 0 ? condition : null;

        public override Move Enter(StepContext context) =>
            Ask(context, context.After(timeout));

        public override bool RejoinsAnew => true;

        public override Move Resume(StepContext context, Stimulus stimulus) =>
            context.Enrolment.State is EnrolmentState.Waiting { Wait: var wait } ? Ask(context, EndOf(wait)) : Move.Stay;

        /// <param name="end">When the time-out comes, in journey time.</param>
        Move Ask(StepContext context, Instant? end)
        {
            var conditions = context.Conditions;
            var truth = condition.Evaluate(conditions);
            if (truth.Holds)
            {
                context.Note(condition);
                return Move.Follow(0);
            }

            if (end is null)
                return Wait(context, new(truth.FlipsAt, TimerQueue.Calendar, Reason));
            if (context.Journey.Dials.ToJourneyTime(context.Now) >= end)
                return Move.Follow(1);
            Instant? flips = truth.FlipsAt is { } at ? context.Journey.Dials.ToJourneyTime(at) : null;
            return Wait(context, new(flips < end ? flips : end, TimerQueue.Elapsed, Reason, InstantPattern.ExtendedIso.Format(end.Value)));
        }

        static Move Wait(StepContext context, Wait wait) =>
            context.Enrolment.State is EnrolmentState.Waiting { Wait: var now } && now == wait ? Move.Stay : Move.WaitFor(wait);

        /// <summary>The end of the time-out is kept with the wait: what is due next may be a flip before it.</summary>
        static Instant? EndOf(Wait wait) => wait.Intention is { } end ? InstantPattern.ExtendedIso.Parse(end).Value : null;
    }
}
