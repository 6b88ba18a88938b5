using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests;

/// <summary>A journey told point by point; each leads to the next one told unless it names another.</summary>
public sealed class StoryJourney(string id)
{
    readonly List<Func<string, StoryStart>> _starts = [];
    readonly List<(string Id, Func<StepContext, Move> Enter, Func<StepContext, Stimulus, Move>? Resume, Dependencies? Hears, (string Name, string? Target)[] Edges)> _points = [];
    readonly List<PlanExit> _exits = [];
    CompiledCondition? _goal, _eligibility, _exclusion;
    ReEntryRule _reEntry = new(ReEntry.AfterLeaving, null);
    EntryWhilePaused _whilePaused;
    string? _eventKey;
    Instant? _startsAt, _endsAt;
    bool _takesImports;
    int _priority, _version = 1;

    public JourneyId Id { get; } = new(id);
    public JourneyStatus Status { get; private set; } = JourneyStatus.Live;
    public JourneyDials Dials { get; private set; } = JourneyDials.Running;

    public StoryJourney StartsOn(string name, CompiledCondition? filter = null) => Starts(Dependencies.None with { Events = [name] }, (occurred, _) => occurred?.Name == name, filter);
    public StoryJourney StartsOnTag(string tag) => Starts(Dependencies.None with { Tags = [tag] }, (_, changes) => changes.Contains(new ContactChange.TagAdded(tag)));
    public StoryJourney StartsOnEntering(string segment) => Starts(Dependencies.None with { Segments = [segment] }, (_, changes) => changes.Contains(new ContactChange.SegmentEntered(segment)));
    public StoryJourney StartsOnLeaving(string segment) => Starts(Dependencies.None with { Segments = [segment] }, (_, changes) => changes.Contains(new ContactChange.SegmentLeft(segment)));
    public StoryJourney StartsOnJoining(string list) => Starts(Dependencies.None with { Lists = [list] }, (_, changes) => changes.Contains(new ContactChange.ListJoined(list)));
    public StoryJourney StartsByHand() => Starts(Dependencies.None, (_, _) => false, byHand: true);

    StoryJourney Starts(Dependencies hears, Func<ContactEvent?, ImmutableArray<ContactChange>, bool> matches, CompiledCondition? filter = null, bool byHand = false)
    {
        _starts.Add(name => new(hears, matches, byHand) { Id = name, Target = _points.Count == 0 ? -1 : 0, Filter = filter, TakesImports = _takesImports });
        return this;
    }

    public StoryJourney TakingImports() { _takesImports = true; return this; }
    public StoryJourney Goal(CompiledCondition goal) { _goal = goal; return this; }
    public StoryJourney Exit(string name, CompiledCondition exit) { _exits.Add(new(name, exit)); return this; }
    public StoryJourney Only(CompiledCondition eligibility) { _eligibility = eligibility; return this; }
    public StoryJourney Not(CompiledCondition exclusion) { _exclusion = exclusion; return this; }
    public StoryJourney ReEnters(ReEntry kind, Duration? interval = null) { _reEntry = new(kind, interval); return this; }
    public StoryJourney KeyedBy(string property) { _eventKey = property; return this; }
    public StoryJourney QueuesWhilePaused() { _whilePaused = EntryWhilePaused.Queue; return this; }
    public StoryJourney From(Instant at) { _startsAt = at; return this; }
    public StoryJourney Until(Instant at) { _endsAt = at; return this; }
    public StoryJourney Priority(int priority) { _priority = priority; return this; }
    public StoryJourney Version(int version) { _version = version; return this; }
    public StoryJourney As(JourneyStatus status, JourneyDials? dials = null) { (Status, Dials) = (status, dials ?? Dials); return this; }

    public StoryJourney Point(string point, Func<StepContext, Move> enter, Func<StepContext, Stimulus, Move>? resume = null, Dependencies? hears = null, params (string Name, string? Target)[] edges)
    {
        _points.Add((point, enter, resume, hears, edges.Length == 0 ? [("next", null)] : edges));
        return this;
    }

    public StoryJourney Does(string point, Func<StepContext, Effect> effect, string? then = null) =>
        Point(point, context =>
        {
            context.Do(effect(context));
            return Move.Follow(0);
        }, edges: ("next", then));

    public StoryJourney Tags(string point, string tag, string? then = null) => Does(point, _ => new Effect.Edit(new ContactEdit.AddTag(tag)), then);
    public StoryJourney Untags(string point, string tag, string? then = null) => Does(point, _ => new Effect.Edit(new ContactEdit.RemoveTag(tag)), then);
    public StoryJourney Sets(string point, string property, string value, string? then = null) => Does(point, _ => new Effect.Edit(new ContactEdit.SetProperty(property, Value.Of(value))), then);
    public StoryJourney Records(string point, string name, string? then = null) => Does(point, _ => new Effect.RecordEvent(name, EventProperties.Empty), then);
    public StoryJourney Throws(string point) => Point(point, _ => throw new FormatException("no such thing"));
    public StoryJourney GoesTo(string point, string target) => Point(point, _ => Move.Follow(0), edges: ("next", target));
    public StoryJourney Ends(string point, Outcome outcome = Outcome.Completed) => Point(point, _ => Move.End(outcome));

    public StoryJourney Mails(string point, string? skip = null, string? then = null) =>
        Does(point, context => new Effect.Message(new(
            MessageKey.Of(context.Enrolment.Id, point, context.Visit, "email"), context.Enrolment.Id, context.Plan.Id, context.Plan.Version, point, context.Visit,
            "email", "hello", "news", MessagePurpose.Marketing, "ada@example.org", context.Now, null, context.Now + Duration.FromDays(3), skip)), then);

    public StoryJourney Delays(string point, Duration duration, TimerQueue queue = TimerQueue.Elapsed) =>
        Point(
            point,
            context => Move.WaitFor(new((queue == TimerQueue.Elapsed ? context.Journey.Dials.ToJourneyTime(context.Arrived) : context.Arrived) + duration, queue, "delay")),
            (_, stimulus) => stimulus is Stimulus.TimerDue ? Move.Follow(0) : Move.Stay);

    /// <summary>Waits for an event, or any other change that <paramref name="hears"/> names; goes to <c>done</c>, or at the time-out to <c>timeout</c>.</summary>
    public StoryJourney Awaits(string point, string name, Duration? timeOut = null, string? late = null, Dependencies? hears = null) =>
        Point(
            point,
            context => Move.WaitFor(new(timeOut is { } until ? context.Journey.Dials.ToJourneyTime(context.Now) + until : null, TimerQueue.Elapsed, "activity")),
            (_, stimulus) => stimulus switch
            {
                Stimulus.TimerDue => Move.Follow(1),
                Stimulus.JourneyResumed => Move.Follow(0),
                Stimulus.Changed changed => changed.Event?.Name == name || hears is not null && changed.Changes.Length > 0 ? Move.Follow(0) : Move.Stay,
                _ => Move.Stay,
            },
            hears ?? Dependencies.None with { Events = [name] },
            ("done", null), ("timeout", late));

    public StoryJourney Asks(string point, CompiledCondition condition, string yes, string no) =>
        Point(
            point,
            context =>
            {
                context.Note(condition.LeafBits(context.Conditions), null);
                return Move.Follow(condition.Holds(context.Conditions) ? 0 : 1);
            },
            edges: [("yes", yes), ("no", no)]);

    public JourneyPlan Plan()
    {
        var places = _points.Select((point, index) => (point.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        return new JourneyPlan
        {
            Id = Id,
            Version = _version,
            Semantics = 1,
            // The machine never looks at it.
            Definition = null!,
            Zone = DateTimeZone.Utc,
            Starts = [.. _starts.Select((start, index) => start($"s{index + 1}"))],
            Points =
            [
                .. _points.Select((point, index) => new StoryPoint(point.Enter, point.Resume, point.Hears)
                {
                    Id = point.Id,
                    Index = index,
                    Edges = [.. point.Edges.Select(edge => new PlanEdge(edge.Name, edge.Target is not null ? places[edge.Target] : index + 1 < _points.Count ? index + 1 : -1))],
                }),
            ],
            Eligibility = _eligibility,
            Exclusion = _exclusion,
            Goal = _goal,
            Exits = [.. _exits],
            ReEntry = _reEntry,
            EventKey = _eventKey,
            WhilePaused = _whilePaused,
            StartsAt = _startsAt,
            EndsAt = _endsAt,
            Aggregates = [.. new[] { _goal, _eligibility, _exclusion }.Concat(_exits.Select(exit => exit.Condition)).OfType<CompiledCondition>().SelectMany(condition => condition.Aggregates)],
        };
    }

    public LiveJourney Live() => new(Id, _priority, Status, _version, ImmutableDictionary<int, JourneyPlan>.Empty.Add(_version, Plan()), Dials);
}
