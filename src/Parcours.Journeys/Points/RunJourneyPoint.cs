using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>A sub-journey: sends the contact into another journey, waits until it ends there, and goes by how it ended.</summary>
/// <remarks>What ends this enrolment meanwhile does not end the other one.</remarks>
[Description("A sub-journey: sends the contact into another journey, waits until it ends there, and goes by how it ended.")]
public sealed record RunJourneyPoint : JourneyPoint
{
    [Description("The id of the other journey.")]
    public required string Journey { get; init; }

    [Description("Whether the other journey gets this one's data: the properties of the event that started it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WithData { get; init; }

    [Description("One to twenty paths, each with outcomes; an outcome stands in one path only.")]
    public required IReadOnlyList<OutcomePath> Paths { get; init; }

    [Description("Where to go for every other outcome.")]
    public string? Otherwise { get; init; }

    [Description("How long to wait at most: ISO 8601, days of 24 h; without it, as long as the other journey takes.")]
    public Duration? Timeout { get; init; }

    [Description("Where to go when it has not ended there in time; only with a timeout.")]
    public string? OnTimeout { get; init; }

    protected internal override bool TakesTime => true;

    public override IEnumerable<PointExit> Exits()
    {
        IEnumerable<PointExit> exits = [.. Paths.Select((path, index) => new PointExit(path.Name, path.Next, $"paths/{index}/next")), new(PathsCheck.Otherwise, Otherwise, "otherwise")];
        return Timeout is null && OnTimeout is null ? exits : exits.Append(new(PathsCheck.Timeout, OnTimeout, "onTimeout"));
    }

    protected override WaitClock WaitClock => Timeout is null ? WaitClock.None : WaitClock.Elapsed;

    public override string Explain() => $"runs the journey {Journey} and goes by how it ends{(Timeout is { } timeout ? $"; waits at most {IsoDuration.Format(timeout)}" : "")}";

    protected internal override void Check(CheckContext check)
    {
        check.Journey(Journey, "journey");
        check.Paths(Paths.Select(path => path.Name), PathsCheck.Otherwise, PathsCheck.Timeout);
        check.Timeout(Timeout, OnTimeout);
        for (var index = 0; index < Paths.Count; index++)
            if (Paths[index].Outcomes.Count == 0)
                check.Error(ProblemCodes.ValuesNone, $"paths/{index}/outcomes", "Name at least one outcome.");
        check.Unique(Paths.SelectMany((path, index) => path.Outcomes.Select((outcome, place) => (CamelCase(outcome), $"paths/{index}/outcomes/{place}"))));
    }

    static string CamelCase(SubOutcome outcome) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(new(Journey), WithData, Paths.SelectMany((path, index) => path.Outcomes.Select(outcome => (outcome, index))).ToImmutableDictionary(pair => pair.outcome, pair => pair.index), Paths.Count, Timeout)
        {
            Id = compile.Id,
            Index = compile.Index,
            Edges = compile.Edges,
        };

    sealed class Plan(JourneyId journey, bool withData, ImmutableDictionary<SubOutcome, int> paths, int otherwise, Duration? timeout) : PlanPoint
    {
        const string Reason = "sub-journey";

        public override Dependencies Hears { get; } = Dependencies.None with { Journeys = [journey.Value] };

        public override Move Enter(StepContext context)
        {
            context.Do(new Effect.EnterJourney(journey, withData ? context.Enrolment.Data : EventProperties.Empty, Asks: true));
            return Move.WaitFor(new(context.After(timeout), TimerQueue.Elapsed, Reason));
        }

        public override Move Resume(StepContext context, Stimulus stimulus)
        {
            var wait = (context.Enrolment.State as EnrolmentState.Waiting)?.Wait;
            switch (stimulus)
            {
                case Stimulus.TimerDue when timeout is not null:
                    return Move.Follow(otherwise + 1);
                case Stimulus.JourneyEntered { Entered: { } entered } when wait is not null:
                    // Which trip it is that is waited for: there may be others of the contact through the same journey.
                    return Move.WaitFor(wait with { Intention = entered.ToString() });
                case Stimulus.JourneyEntered:
                    return Go(context, SubOutcome.NotEntered);
                // What ended in a pause was kept with the wait and acts now (Semantics 8.3).
                case Stimulus.JourneyResumed when wait?.Intention is { } kept && Enum.TryParse<SubOutcome>(kept, out var ended):
                    return Go(context, ended);
                case Stimulus.Changed changed when wait?.Intention is { } trip:
                    foreach (var change in changed.Changes)
                        if (change is ContactChange.JourneyLeft left && left.Journey == journey && left.Enrolment.ToString() == trip)
                            return context.IsPaused
                                ? Move.WaitFor(wait with { Intention = ((SubOutcome)left.Outcome).ToString(), Noted = true })
                                : Go(context, (SubOutcome)left.Outcome);
                    return Move.Stay;
                default:
                    return Move.Stay;
            }
        }

        Move Go(StepContext context, SubOutcome outcome)
        {
            context.Note(0, CamelCase(outcome));
            return Move.Follow(paths.GetValueOrDefault(outcome, otherwise));
        }
    }
}

/// <summary>How a sub-journey ended. The numbers are those of <see cref="Outcome"/>.</summary>
public enum SubOutcome
{
    /// <summary>The other journey's rules did not let the contact in.</summary>
    NotEntered = 0,
    Successful = 1,
    Unsuccessful = 2,
    Completed = 3,
    Exited = 4,
    Removed = 5,
    Failed = 6,
}

/// <summary>One path of a sub-journey.</summary>
public sealed record OutcomePath
{
    [Description("What the line on the map, counters and history call it; unique in its point, and neither otherwise nor timeout.")]
    public required string Name { get; init; }

    [Description("The outcomes that go this way: successful, unsuccessful, completed, exited, removed, failed, or notEntered when the other journey's rules did not let the contact in.")]
    public required IReadOnlyList<SubOutcome> Outcomes { get; init; }

    [Description("Where it leads.")]
    public string? Next { get; init; }
}
