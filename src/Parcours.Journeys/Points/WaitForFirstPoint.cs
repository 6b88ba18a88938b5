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

/// <summary>Wait for the first of several activities, each with a way of its own.</summary>
/// <remarks>What it hears is what a <see cref="WaitForPoint"/> hears (Semantics 2.3, 2.4, 3.3).</remarks>
[Description("Waits for the first of several activities and goes its way, with a time-out.")]
public sealed record WaitForFirstPoint : JourneyPoint
{
    [Description("One to twenty paths, each with its activities. Where one moment brings several, the first path counts.")]
    public required IReadOnlyList<WaitPath> Paths { get; init; }

    [Description("How long to wait at most: ISO 8601, days of 24 h; without it, as long as the journey runs.")]
    public Duration? Timeout { get; init; }

    [Description("Where to go when none of them has happened in time; only with a timeout.")]
    public string? OnTimeout { get; init; }

    protected internal override bool TakesTime => true;

    public override IEnumerable<PointExit> Exits()
    {
        var paths = Paths.Select((path, index) => new PointExit(path.Name, path.Next, $"paths/{index}/next"));
        return Timeout is null && OnTimeout is null ? paths : paths.Append(new(PathsCheck.Timeout, OnTimeout, "onTimeout"));
    }

    protected override WaitClock WaitClock => Timeout is null ? WaitClock.None : WaitClock.Elapsed;

    public override string Explain() => $"waits for the first of {string.Join(", ", Paths.Select(path => path.Name))}{(Timeout is { } timeout ? $"; at most {IsoDuration.Format(timeout)}" : "")}";

    protected internal override void Check(CheckContext check)
    {
        check.Paths(Paths.Select(path => path.Name), PathsCheck.Timeout);
        for (var path = 0; path < Paths.Count; path++)
        {
            if (Paths[path].Activities.Count == 0)
                check.Error(ProblemCodes.ActivitiesNone, $"paths/{path}/activities", "Name at least one activity to wait for.");
            for (var index = 0; index < Paths[path].Activities.Count; index++)
                Paths[path].Activities[index].Check(check, $"paths/{path}/activities/{index}/");
        }

        check.Timeout(Timeout, OnTimeout);
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan([.. Paths.Select(path => path.Activities.Select(activity => activity.Compile(compile)).ToImmutableArray())], Timeout) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(ImmutableArray<ImmutableArray<CompiledActivity>> paths, Duration? timeout) : PlanPoint
    {
        const string Reason = "activity";

        public override Dependencies Hears { get; } = paths.SelectMany(path => path).Aggregate(Dependencies.None, (all, activity) => all.Union(activity.Hears));

        public override Move Enter(StepContext context) => Move.WaitFor(new(context.After(timeout), TimerQueue.Elapsed, Reason));

        public override bool RejoinsAnew => true;

        public override Move Resume(StepContext context, Stimulus stimulus)
        {
            switch (stimulus)
            {
                case Stimulus.TimerDue when timeout is not null:
                    return Move.Follow(paths.Length);
                // What happened first in a pause was kept with the wait and acts now (Semantics 8.3).
                case Stimulus.JourneyResumed when context.Enrolment.State is EnrolmentState.Waiting { Wait: { Intention: { } kept } }:
                    return Move.Follow(int.Parse(kept, System.Globalization.CultureInfo.InvariantCulture));
            }

            var path = PathOf(context, stimulus);
            if (path < 0)
                return Move.Stay;
            // Paused: which one it was must be known when the journey goes on.
            return context.IsPaused && context.Enrolment.State is EnrolmentState.Waiting { Wait: var wait }
                ? Move.WaitFor(wait with { Intention = path.ToString(System.Globalization.CultureInfo.InvariantCulture), Noted = true })
                : Move.Follow(path);
        }

        int PathOf(StepContext context, Stimulus stimulus)
        {
            var conditions = context.Conditions;
            for (var path = 0; path < paths.Length; path++)
                foreach (var activity in paths[path])
                    if (stimulus switch
                    {
                        Stimulus.Changed changed => activity.Matches(changed.Event, changed.Changes, conditions),
                        Stimulus.Received received => activity.Matches(received.Event, [], conditions),
                        Stimulus.MessageFeedback feedback => activity.Matches(feedback, conditions),
                        _ => false,
                    })
                        return path;
            return -1;
        }
    }
}

/// <summary>One path of a wait for the first of several activities.</summary>
public sealed record WaitPath
{
    [Description("What the line on the map, counters and history call it; unique in its point, and not timeout.")]
    public required string Name { get; init; }

    [Description("The activities that go this way; the first of them that happens counts.")]
    public required IReadOnlyList<Activity> Activities { get; init; }

    [Description("Where it leads.")]
    public string? Next { get; init; }
}
