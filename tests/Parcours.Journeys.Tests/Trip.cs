using System.Collections.Immutable;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests;

/// <summary>One contact's trip through a journey as its author wrote it: read, checked, compiled and run by the real machine.</summary>
public sealed class Trip
{
    /// <summary>A Monday; London and Paris are on winter time.</summary>
    public static readonly Instant Monday9am = Instant.FromUtc(2026, 3, 2, 9, 0);

    readonly JourneyPlan _plan;
    readonly List<Topic> _topics = [];
    readonly List<CustomAction> _actions = [];
    readonly List<Team> _teams = [];
    readonly Dictionary<string, CompiledCondition> _segments = [];
    readonly List<JourneyPlan> _others = [];
    long _sequence;

    Trip(string json) => _plan = Compile(json);

    static JourneyPlan Compile(string json)
    {
        var read = JourneyCheck.Check(Encoding.UTF8.GetBytes(json), AnyReferences.Instance);
        Assert.DoesNotContain(read.Problems, problem => problem.Severity == Severity.Error);
        return JourneyCompiler.Compile(read.Definition!, 1, DateTimeZoneProviders.Tzdb["Europe/London"]);
    }

    public Contact Ada { get; private set; } = new(ContactId.Create(1, Monday9am.ToUnixTimeMilliseconds(), 0), Monday9am);
    public Instant Now { get; private set; } = Monday9am;
    public JourneyDials Dials { get; set; } = JourneyDials.Running;
    /// <summary>What was decided of its experiments, by point: the path's name.</summary>
    public Dictionary<string, string> Winners { get; } = [];
    public Dictionary<CounterKey, long> Counters { get; } = [];
    public JourneyStatus Status { get; set; } = JourneyStatus.Live;
    public List<string> Path { get; } = [];
    public List<string> Refusals { get; } = [];
    public List<MessageDecision> Messages { get; } = [];
    public List<TaskDecision> Tasks { get; } = [];
    public List<NotificationDecision> Notifications { get; } = [];
    public List<ContactEvent> Recorded { get; } = [];
    /// <summary>What was asked of allocators, and handed back.</summary>
    public List<AllocatorOrder> Orders { get; } = [];
    public List<Enrolment> Enrolments { get; } = [];

    /// <summary>Points in single quotes for double ones; the first is entered when <c>Begin</c> happens, unless a start is given.</summary>
    public static Trip Through(string points, string start = "{'kind':'event','id':'in','events':['Begin'],'next':'p'}", string settings = "{'reEntry':{'kind':'afterLeaving'},'email':{'topic':'news'}}") =>
        new($"{{'format':1,'id':'trip','name':'Trip','settings':{settings},'start':[{start}],'points':{points}}}".Replace('\'', '"'));

    public static Trip Of(string json) => new(json);

    /// <summary>A journey that comes with Parcours, with its segments and its topic.</summary>
    public static Trip Sample(string journey)
    {
        var trip = new Trip(File.ReadAllText(Repository.PathOf($"samples/journeys/{journey}.json"))).HasAddress().Knows(new("shop-news", UnknownConsent.UnlessRefused));
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples/segments"), "*.json"))
            trip._segments[System.IO.Path.GetFileNameWithoutExtension(file)] = ConditionCompiler.Compile(SegmentCheck.Check(File.ReadAllBytes(file), AnyReferences.Instance).Definition!.Condition);
        return trip;
    }

    /// <summary>Another journey that is live too; its steps are told with its id in front.</summary>
    public Trip Beside(string id, string points, string start = "{'kind':'hand','id':'in','next':'o'}", string settings = "{'reEntry':{'kind':'afterLeaving'}}")
    {
        _others.Add(Compile($"{{'format':1,'id':'{id}','name':'Other','settings':{settings},'start':[{start}],'points':{points}}}".Replace('\'', '"')));
        return this;
    }

    public Trip Knows(Topic topic) { _topics.Add(topic); return this; }
    public Trip Declares(CustomAction action) { _actions.Add(action); return this; }
    public Trip HasTeam(string name, params string[] members) { _teams.Add(new(name, [.. members])); return this; }
    public Trip Segment(string name, string condition) { _segments[name] = ConditionCompiler.Compile(Condition.FromJson(condition.Replace('\'', '"'))); return this; }
    public Trip IsContact(int number) { Ada = new(ContactId.Create(number, Monday9am.ToUnixTimeMilliseconds(), 0), Monday9am); return this; }
    public Trip HasAddress(string address = "ada@example.org") { Ada.Identities.Add(new(IdentityKind.Email, address)); return this; }

    public Trip Does(string name, string properties = "{}", Instant? occurred = null) =>
        Run(new Stimulus.Received([], new() { Name = name, OccurredAt = occurred ?? Now, ReceivedAt = Now, Properties = EventProperties.Parse(properties.Replace('\'', '"')), Sequence = _sequence + 1 }), Origin.Live, occurred);

    public Trip Changes(params ContactEdit[] edits) => Run(new Stimulus.Received([.. edits]));
    public Trip Imports(params ContactEdit[] edits) => Run(new Stimulus.Received([.. edits]), Origin.Import);
    public Trip Answers(bool granted) => AnsweredWith(new(granted));

    /// <summary>The allocator that was asked last says this.</summary>
    public Trip AnsweredWith(AllocatorAnswer answer) => Run(new Stimulus.Answered(Orders[^1].Enrolment, Orders[^1].Ask, answer), Origin.Journey);

    public Trip IsEnrolled() => Run(new Stimulus.EnrolRequested(_plan.Id, EventProperties.Empty), Origin.Person);

    /// <summary>Lets time pass; timers fall due in order, each at its time.</summary>
    public Trip Passes(string duration)
    {
        var until = Now + PeriodPattern.NormalizingIso.Parse(duration).Value.ToDuration();
        while (Status == JourneyStatus.Live && Due() is var (wall, timer) && wall <= until)
        {
            Now = Instant.Max(wall, Now);
            Run(timer);
        }
        Now = until;
        return this;
    }

    (Instant Wall, Stimulus Timer)? Due() =>
        Ada.FlipAt is { } flip && (Timer() is not { } timer || flip <= timer.Wall) ? (flip, new Stimulus.FlipDue()) : Timer();

    (Instant Wall, Stimulus Timer)? Timer() => (
        from enrolment in Ada.Enrolments
        let wait = (enrolment.State as EnrolmentState.Waiting)?.Wait
        where wait?.Due is not null
        let due = wait.Due ?? default
        let wall = wait.Queue == TimerQueue.Elapsed ? Dials.ToWallTime(due) : due
        orderby wall
        select ((Instant, Stimulus)?)(wall, new Stimulus.TimerDue(enrolment.Id, due))).FirstOrDefault();

    public Trip Run(Stimulus stimulus, Origin origin = Origin.Live, Instant? occurred = null)
    {
        var builder = new CatalogueBuilder().Add(new LiveJourney(_plan.Id, 0, Status, 1, ImmutableDictionary<int, JourneyPlan>.Empty.Add(1, _plan), Dials)
        {
            Winners = [.. Winners.Select(winner => new ExperimentWinner(winner.Key, _plan.Points[_plan.IndexOf(winner.Key)].Experiment!.Trial, winner.Value, Monday9am, null))],
        });
        foreach (var other in _others)
            builder.Add(new LiveJourney(other.Id, 0, JourneyStatus.Live, 1, ImmutableDictionary<int, JourneyPlan>.Empty.Add(1, other), JourneyDials.Running));
        _topics.ForEach(topic => builder.Add(topic));
        _actions.ForEach(action => builder.Add(action));
        _teams.ForEach(team => builder.Add(team));
        foreach (var (name, condition) in _segments)
            builder.AddSegment(name, 1, condition);
        var clone = Ada.Clone();
        var result = new BurstResult();
        Burst.Run(builder.Build(Now), clone, new(stimulus, origin, Now, occurred ?? Now, ++_sequence), result);
        Ada = clone;
        foreach (var trail in result.Trails)
            Path.AddRange(trail.Steps.Select(step => (trail.Journey == _plan.Id ? "" : trail.Journey + ":") + (step.Edge is null ? $"{step.Point}…" : $"{step.Point}>{step.Edge}")));
        foreach (var (key, by) in result.Counters)
            Counters[key] = Counters.GetValueOrDefault(key) + by;
        Messages.AddRange(result.Messages);
        Tasks.AddRange(result.Tasks);
        Refusals.AddRange(result.Refusals.Select(refusal => refusal.Reason));
        Notifications.AddRange(result.Notifications);
        Recorded.AddRange(result.RecordedEvents);
        Orders.AddRange(result.Orders);
        Enrolments.AddRange(result.Enrolments.Select(change => change.After));
        Details.AddRange(result.Trails.SelectMany(trail => trail.Steps).Select(step => (step.Point, step.Bits, step.Detail)));
        return this;
    }

    public List<(string Point, ulong Bits, string? Detail)> Details { get; } = [];
    /// <summary>How often each journey's enrolments began and ended, and why.</summary>
    public IEnumerable<string> Ends => Enrolments.Where(enrolment => enrolment.State is EnrolmentState.Ended).Select(enrolment => $"{enrolment.Journey} {((EnrolmentState.Ended)enrolment.State).Outcome} {((EnrolmentState.Ended)enrolment.State).Why}".TrimEnd());
    public SplitPlan SplitAt(string point) => _plan.Points[_plan.IndexOf(point)].Split!;
    public EnrolmentState.Waiting Waiting => (EnrolmentState.Waiting)Ada.Enrolments.Single(enrolment => enrolment.Journey == _plan.Id).State;
    public EnrolmentState.Ended End => (EnrolmentState.Ended)Enrolments[^1].State;
    public bool IsInside => Ada.Enrolments.Count > 0;
}
