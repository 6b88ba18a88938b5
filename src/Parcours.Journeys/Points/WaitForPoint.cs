using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Wait for activity: goes on when it happens, or by another way when it has not happened in time.</summary>
/// <remarks>
/// It hears only what comes after it began, and of events only those that occurred no earlier than what started the enrolment and that are not late
/// (Semantics 1.4, 2.3, 2.4, 3.3): the burst brings nothing else here.
/// </remarks>
[Description("Waits for an activity, with a time-out.")]
public sealed record WaitForPoint : JourneyPoint
{
    [Description("What it waits for; the first of them that happens counts.")]
    public required IReadOnlyList<Activity> Activities { get; init; }

    [Description("How long to wait at most: ISO 8601, days of 24 h; without it, as long as the journey runs.")]
    public Duration? Timeout { get; init; }

    [Description("Where to go when it happens.")]
    public string? Next { get; init; }

    [Description("Where to go when it has not happened in time; only with a timeout.")]
    public string? OnTimeout { get; init; }

    protected internal override bool TakesTime => true;

    public override IEnumerable<PointExit> Exits() =>
        Timeout is null && OnTimeout is null ? [new("next", Next, "next")] : [new("next", Next, "next"), new(PathsCheck.Timeout, OnTimeout, "onTimeout")];

    protected override WaitClock WaitClock => Timeout is null ? WaitClock.None : WaitClock.Elapsed;

    public override string Explain()
    {
        var activities = string.Join(", or ", Activities.Select(activity => activity.Explain()));
        return Timeout is { } timeout ? $"waits until {activities}; at most {IsoDuration.Format(timeout)}" : $"waits until {activities}";
    }

    protected internal override void Check(CheckContext check)
    {
        if (Activities.Count == 0)
            check.Error(ProblemCodes.ActivitiesNone, "activities", "Name at least one activity to wait for.");
        for (var index = 0; index < Activities.Count; index++)
            Activities[index].Check(check, $"activities/{index}/");
        check.Timeout(Timeout, OnTimeout);
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan([.. Activities.Select(activity => activity.Compile(compile))], Timeout) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(ImmutableArray<CompiledActivity> activities, Duration? timeout) : PlanPoint
    {
        public override Dependencies Hears { get; } = activities.Aggregate(Dependencies.None, (all, activity) => all.Union(activity.Hears));

        public override Move Enter(StepContext context) => Move.WaitFor(new(context.After(timeout), TimerQueue.Elapsed, "activity"));

        public override bool RejoinsAnew => true;

        public override Move Resume(StepContext context, Stimulus stimulus) => stimulus switch
        {
            Stimulus.TimerDue when timeout is not null => Move.Follow(1),
            // What happened in a pause was noted then and acts now (Semantics 8.3).
            Stimulus.JourneyResumed when context.Enrolment.State is EnrolmentState.Waiting { Wait.Noted: true } => Move.Follow(0),
            Stimulus.Changed changed => Happened(context, changed.Event, changed.Changes),
            Stimulus.Received received => Happened(context, received.Event, []),
            Stimulus.MessageFeedback feedback => Answered(context, feedback),
            _ => Move.Stay,
        };

        Move Answered(StepContext context, Stimulus.MessageFeedback feedback)
        {
            var conditions = context.Conditions;
            foreach (var activity in activities)
                if (activity.Matches(feedback, conditions))
                    return Move.Follow(0);
            return Move.Stay;
        }

        Move Happened(StepContext context, ContactEvent? occurred, ImmutableArray<ContactChange> changes)
        {
            var conditions = context.Conditions;
            foreach (var activity in activities)
                if (activity.Matches(occurred, changes, conditions))
                    return Move.Follow(0);
            return Move.Stay;
        }
    }
}
