using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests;

/// <summary>One contact's life, told in the words of the domain; after each burst the books must balance (Semantics 11.1).</summary>
public sealed class Story
{
    public static readonly Instant Monday9am = Instant.FromUtc(2026, 3, 2, 9, 0);

    readonly List<StoryJourney> _journeys = [];
    readonly List<(string Name, CompiledCondition Condition, bool Filling)> _segments = [];
    readonly List<AggregateDefinition> _kept = [];
    long _sequence;
    bool _isNew = true;
    Catalogue? _catalogue;

    public Story(params StoryJourney[] journeys) => _journeys.AddRange(journeys);

    public Contact Ada { get; set; } = new(ContactId.Create(1, Monday9am.ToUnixTimeMilliseconds(), 0), Monday9am);
    public Instant Now { get; set; } = Monday9am;
    public BurstResult Last { get; private set; } = new();
    public MachineLimits Limits { get; init; } = new();
    /// <summary>All counters since the beginning.</summary>
    public Dictionary<CounterKey, long> Counters { get; } = [];
    public List<Enrolment> Ended { get; } = [];
    public List<MessageDecision> Messages { get; } = [];
    public List<string> Log { get; } = [];

    public Catalogue Catalogue => _catalogue ??= Build();

    public Story Segment(string name, CompiledCondition condition, bool filling = false)
    {
        _segments.RemoveAll(segment => segment.Name == name);
        _segments.Add((name, condition, filling));
        _catalogue = null;
        return this;
    }

    public Story Keep(AggregateDefinition aggregate)
    {
        _kept.Add(aggregate);
        _catalogue = null;
        return this;
    }

    /// <summary>A control entry: the catalogue is built anew.</summary>
    public Story Publish(params StoryJourney[] journeys)
    {
        foreach (var journey in journeys)
            if (!_journeys.Contains(journey))
                _journeys.Add(journey);
        _catalogue = null;
        return this;
    }

    /// <summary>Other journeys that there are, live or not; without it, nobody knows.</summary>
    public Story Exists(params string[] ids)
    {
        _existing = [.. ids.Select(id => new JourneyId(id))];
        _catalogue = null;
        return this;
    }

    ImmutableHashSet<JourneyId>? _existing;

    Catalogue Build()
    {
        var builder = new CatalogueBuilder { Limits = Limits, Existing = _existing };
        foreach (var journey in _journeys)
            builder.Add(journey.Live());
        foreach (var (name, condition, filling) in _segments)
            builder.AddSegment(name, 1, condition, filling);
        foreach (var aggregate in _kept)
            builder.Keep(aggregate);
        return builder.Build(Now);
    }

    public BurstResult Does(string name, Instant? at = null, Instant? occurred = null, string properties = "{}", Origin origin = Origin.Live, bool startsAllowed = true, params ImmutableArray<ContactEdit> edits)
    {
        Move(at);
        var happened = new ContactEvent { Name = name, OccurredAt = occurred ?? Now, ReceivedAt = Now, Properties = EventProperties.Parse(properties), Origin = origin, Sequence = _sequence + 1 };
        return Run(new Stimulus.Received(edits, happened), origin, occurred, startsAllowed);
    }

    public BurstResult Changes(params ContactEdit[] edits) => Run(new Stimulus.Received([.. edits]));
    public BurstResult Changes(Origin origin, Instant? occurred, params ContactEdit[] edits) => Run(new Stimulus.Received([.. edits]), origin, occurred);
    public BurstResult IsTagged(string tag, Instant? at = null) { Move(at); return Changes(new ContactEdit.AddTag(tag)); }
    public BurstResult IsUntagged(string tag, Instant? at = null) { Move(at); return Changes(new ContactEdit.RemoveTag(tag)); }
    public BurstResult IsEnrolled(StoryJourney journey, string data = "{}", string? key = null) => Run(new Stimulus.EnrolRequested(journey.Id, data == "{}" ? EventProperties.Empty : EventProperties.Parse(data), key), Origin.Person);

    /// <summary>Lets time pass: timers and flips fall due in order, each at its time; flips first.</summary>
    public Story Passes(Duration time) => PassesTo(Now + time);

    public Story PassesTo(Instant until)
    {
        while (NextTimer() is var (at, stimulus) && at <= until)
        {
            Move(at);
            var before = Waiting();
            Run(stimulus);
            // Else it would be due again for ever.
            Assert.NotEqual(before, Waiting());
        }
        Move(until);
        return this;
    }

    (Instant?, string) Waiting() => (Ada.FlipAt, string.Join(",", Ada.Enrolments.Select(enrolment => $"{enrolment.Id} {enrolment.Revision}")));

    (Instant At, Stimulus Stimulus)? NextTimer()
    {
        var timers =
            from enrolment in Ada.Enrolments
            let waiting = enrolment.State as EnrolmentState.Waiting
            where waiting?.Wait.Due is not null
            let journey = Catalogue.Journeys.Single(journey => journey.Id == enrolment.Journey)
            where journey.Status != JourneyStatus.Paused
            let due = waiting.Wait.Due ?? default
            let wall = waiting.Wait.Queue == TimerQueue.Elapsed ? journey.Dials.ToWallTime(due) : due
            orderby wall
            select ((Instant, Stimulus)?)(Instant.Max(wall, Now), new Stimulus.TimerDue(enrolment.Id, due));
        var timer = timers.FirstOrDefault();
        if (Ada.FlipAt is { } flip && (timer is null || flip <= timer.Value.Item1))
            return (Instant.Max(flip, Now), new Stimulus.FlipDue());
        return timer;
    }

    void Move(Instant? at)
    {
        if (at is not { } later)
            return;
        Assert.True(later >= Now, "time never runs backwards");
        Now = later;
    }

    public BurstResult Run(Stimulus stimulus, Origin origin = Origin.Live, Instant? occurred = null, bool startsAllowed = true)
    {
        var input = new BurstInput(stimulus, origin, Now, occurred ?? Now, ++_sequence, startsAllowed, _isNew);
        _isNew = false;
        var clone = Ada.Clone();
        Last = new();
        Burst.Run(Catalogue, clone, input, Last);
        Ada = clone;
        foreach (var (key, by) in Last.Counters)
            Counters[key] = Counters.GetValueOrDefault(key) + by;
        Ended.AddRange(Last.Enrolments.Select(change => change.After).Where(enrolment => enrolment.State is EnrolmentState.Ended));
        Messages.AddRange(Last.Messages);
        Log.AddRange(Last.Trails.Select(trail => $"{trail.Journey} {trail.Cause}: {string.Join(" ", trail.Steps.Select(step => $"{step.Point}{(step.Edge is null ? "…" : ">" + step.Edge)}"))}"));
        Balance();
        return Last;
    }

    /// <summary>Semantics 11.1, on the counters alone, beside what the contact holds.</summary>
    void Balance()
    {
        foreach (var version in Counters.Keys.Where(key => key.Kind is CounterKind.Started or CounterKind.MovedIn).Select(key => (key.Journey, key.Version)).Distinct().ToList())
        {
            var inProgress = Ada.Enrolments.Where(enrolment => enrolment.Journey == version.Journey && enrolment.Version == version.Version).ToList();
            Assert.Equal(Sum(CounterKind.Started) + Sum(CounterKind.MovedIn), inProgress.Count + Sum(CounterKind.Ended) + Sum(CounterKind.MovedOut));

            foreach (var point in Counters.Keys.Where(key => key.Kind == CounterKind.Arrived && (key.Journey, key.Version) == version).Select(key => key.Point).ToList())
                Assert.Equal(
                    Counters.Where(pair => pair.Key.Kind == CounterKind.Arrived && (pair.Key.Journey, pair.Key.Version) == version && pair.Key.Point == point).Sum(pair => pair.Value),
                    inProgress.Count(enrolment => ((EnrolmentState.Waiting)enrolment.State).Point == point)
                        + Counters.Where(pair => pair.Key.Kind == CounterKind.Left && (pair.Key.Journey, pair.Key.Version) == version && pair.Key.Point == point).Sum(pair => pair.Value));

            long Sum(CounterKind kind) => Counters.Where(pair => pair.Key.Kind == kind && (pair.Key.Journey, pair.Key.Version) == version).Sum(pair => pair.Value);
        }
        foreach (var (kind, held) in new[] { (CounterKind.SegmentMembers, Ada.Segments.ToList()), (CounterKind.TagMembers, [.. Ada.Tags.Keys.Where(Ada.HasTag)]), (CounterKind.ListMembers, [.. Ada.Lists.Keys.Where(Ada.IsOn)]) })
            Assert.Equal(held.Order(StringComparer.Ordinal), Counters.Where(pair => pair.Key.Kind == kind && pair.Value != 0).Select(pair => pair.Key.Point).Order(StringComparer.Ordinal));
        // Semantics 3.8: as many are counted as can be put back, and none of them is in progress.
        foreach (var point in Counters.Keys.Where(key => key.Kind == CounterKind.Failed).ToList())
            Assert.Equal(Counters[point], Ada.Failed.Count(failed => (failed.Journey, failed.Version, ((EnrolmentState.Ended)failed.State).Point) == (point.Journey, point.Version, point.Point)));
        Assert.Empty(Ada.Failed.Select(failed => failed.Id).Intersect(Ada.Enrolments.Select(enrolment => enrolment.Id)));
        Assert.Equal(Ada.Enrolments.Count, Ada.Enrolments.Select(enrolment => enrolment.Id).Distinct().Count());
        Assert.All(Ada.Enrolments, enrolment => Assert.IsType<EnrolmentState.Waiting>(enrolment.State));
    }

    public Enrolment In(StoryJourney journey) => Ada.Enrolments.Single(enrolment => enrolment.Journey == journey.Id);
    public bool IsIn(StoryJourney journey) => Ada.Enrolments.Any(enrolment => enrolment.Journey == journey.Id);
    /// <summary>Where the contact waits in the journey.</summary>
    public string At(StoryJourney journey) => ((EnrolmentState.Waiting)In(journey).State).Point;
    /// <summary>How the last enrolment in the journey ended.</summary>
    public EnrolmentState.Ended EndOf(StoryJourney journey) => (EnrolmentState.Ended)Ended.Last(enrolment => enrolment.Journey == journey.Id).State;
    public long Count(CounterKind kind, StoryJourney journey, string point = "", string edge = "") =>
        Counters.Where(pair => pair.Key.Kind == kind && pair.Key.Journey == journey.Id && (pair.Key.Point == point || kind == CounterKind.Started && point == "") && pair.Key.Edge == edge).Sum(pair => pair.Value);
}
