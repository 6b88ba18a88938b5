using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>The work of one burst: <see cref="Burst.Run"/> keeps one a thread, because its lists would be most of what a burst allocates.</summary>
/// <remarks>Hot path: bench/StepBench. In the files beside: Contact (3.1 a and b), Leaving (c), Waits (d), Entries (e), Dates (starting points by the clock), Travel (runs), Steps (what a run leaves), Messages, Merging.</remarks>
sealed partial class BurstRun : StepContext
{
    [ThreadStatic]
    static BurstRun? _spare;

    Catalogue _catalogue = null!;
    CatalogueIndex _index = null!;
    Contact _contact = null!;
    BurstInput _input = null!;
    BurstResult _result = null!;
    Instant _now;

    readonly List<Touched> _touched = [];
    readonly List<Touched> _spares = [];
    readonly List<Heard> _queue = [];
    readonly List<EnrolmentId> _inside = [];

    /// <summary>Rises with each effect and each wait begun: a wait hears only what came after it began (Semantics 2.4).</summary>
    long _tick;
    /// <summary>The flip timer has fired, or would: everything that can flip by time is looked at, and the timer armed anew.</summary>
    bool _flipped;
    /// <summary>What is being told just now: what comes of it is one deeper.</summary>
    Heard _heard;

    public static BurstRun Take()
    {
        var run = _spare ?? new();
        _spare = null;
        return run;
    }

    public void GiveBack()
    {
        foreach (var touched in _touched)
        {
            touched.Clear();
            _spares.Add(touched);
        }
        _touched.Clear();
        _queue.Clear();
        _inside.Clear();
        _come.Clear();
        _exposed?.Clear();
        _left.Clear();
        _lapsed.Clear();
        _dated.Clear();
        _sentName = null;
        _sentMessage = null;
        ForgetRun();
        Array.Clear(_dirty);
        _catalogue = null!;
        _index = null!;
        _contact = null!;
        _input = null!;
        _result = null!;
        _heard = default;
        _spare = this;
    }

    public void Go(Catalogue catalogue, Contact contact, BurstInput input, BurstResult result)
    {
        (_catalogue, _index, _contact, _input, _result, _now) = (catalogue, catalogue.Index, contact, input, result, input.Now);
        _tick = 0;
        _nextFlip = null;
        if (_dirty.Length * 64 < _index.Segments.Length)
            _dirty = new ulong[(_index.Segments.Length + 63) / 64];

        if (input.ContactIsNew)
            Create();

        ChangeVersions();
        var heard = _heard = Understand();
        // What may start nothing leaves flips that are due to the flip timer, which comes at once: what they start must not be lost with it.
        _flipped = input.Stimulus is Stimulus.FlipDue || (contact.FlipAt is { } flip && flip <= _now && heard.Starts);
        if (_flipped)
            MarkDueFlips();
        if (input.Stimulus is Stimulus.FlipDue)
        {
            TakeDueDates();
            TakeAbandoned();
        }
        else if (input.Stimulus is Stimulus.Scheduled scheduled)
            TakeScheduled(scheduled);
        Receive(ref heard);
        Settle();
        heard = heard with { To = result.Changes.Count };

        Process(heard, input.Stimulus);
        _come.Clear();
        _left.Clear();
        // First in, first out; the list grows while it is read.
        for (var next = 0; next < _queue.Count; next++)
            Process(_queue[next], null);
        // What a merge brought may stand in an older version still.
        if (input.Stimulus is Stimulus.Absorbed)
        {
            _queue.Clear();
            ChangeVersions();
        }
        Finish();
    }

    /// <summary>One stimulus through Semantics 3.1 (c) to (e).</summary>
    /// <param name="stimulus">Null for a derived one.</param>
    void Process(Heard heard, Stimulus? stimulus)
    {
        _heard = heard;
        if (!_contact.Exposures.IsEmpty)
            Convert(heard);
        if (heard.Order is { } order)
        {
            CarryOut(order, heard);
            return;
        }
        Leave(heard, stimulus);
        Hear(heard, stimulus);
        Enter(heard, stimulus);
    }

    /// <summary>What the stimulus may do, before it has done anything.</summary>
    Heard Understand()
    {
        // The first changes are those that make a contact.
        var from = _input.ContactIsNew ? 0 : _result.Changes.Count;
        var heard = new Heard { From = from, Starts = true, Waits = true, Origin = _input.Origin, Cause = "change" };
        switch (_input.Stimulus)
        {
            case Stimulus.Received received:
                var receivedAt = received.Event?.ReceivedAt ?? _now;
                var occurredAt = received.Event?.OccurredAt ?? _input.OccurredAt;
                var late = occurredAt < receivedAt - _catalogue.Limits.LateAfter;
                return heard with
                {
                    Event = received.Event,
                    Starts = !late && MayStart(_input.Origin),
                    Waits = !late && _input.Origin is not (Origin.Fill or Origin.Merge),
                    Cause = received.Event is { } occurred ? occurred.Name : "change",
                };
            case Stimulus.Changed changed:
                return heard with { Event = changed.Event, By = changed.By, Starts = MayStart(_input.Origin), Waits = _input.Origin is not (Origin.Fill or Origin.Merge) };
            case Stimulus.Filled:
                return heard with { Starts = false, Waits = false, Origin = Origin.Fill, Cause = "filled" };
            case Stimulus.Absorbed:
                return heard with { Starts = false, Waits = false, Origin = Origin.Merge, Cause = "merged" };
            case Stimulus.TimerDue: return heard with { Origin = Origin.Live, Cause = "timer" };
            case Stimulus.FlipDue: return heard with { Starts = MayStart(_input.Origin), Waits = _input.Origin is not (Origin.Fill or Origin.Merge), Cause = "flip" };
            case Stimulus.MessageSettled or Stimulus.MessageFeedback: return heard with { Origin = Origin.Live, Cause = "message" };
            case Stimulus.ResendRequested: return heard with { Cause = "resend" };
            case Stimulus.EnrolRequested: return heard with { Cause = "hand" };
            case Stimulus.RemoveRequested: return heard with { Cause = "removed" };
            case Stimulus.EraseRequested: return heard with { Starts = false, Waits = false, Cause = "erased" };
            case Stimulus.MoveRequested: return heard with { Cause = "moved" };
            case Stimulus.PutBackRequested: return heard with { Cause = "put-back" };
            case Stimulus.Answered: return heard with { Cause = "answer" };
            case Stimulus.JourneyEnded: return heard with { Cause = "journey-ended" };
            case Stimulus.JourneyEntered: return heard with { Cause = "journey" };
            case Stimulus.JourneyResumed: return heard with { Cause = "resumed" };
            case Stimulus.Scheduled: return heard with { Cause = "schedule" };
            case Stimulus.DatesReckoned: return heard with { Starts = false, Waits = false, Cause = "published" };
            case Stimulus.VersionPublished: return heard with { Cause = "published" };
            default: throw Unknown(_input.Stimulus);
        }
    }

    // Semantics 2.6. An import also needs the starting point's word; current members of what is filled come in by a bulk order, each enrolled by hand (6.10).
    bool MayStart(Origin origin) => origin switch
    {
        Origin.Import => _input.StartsAllowed,
        Origin.Fill or Origin.Merge => false,
        _ => true,
    };

    void Finish()
    {
        foreach (var touched in _touched)
        {
            if (!ReferenceEquals(touched.Before, touched.Now))
            {
                _result.Enrolments.Add(new(touched.Before, touched.Now));
                _result.ContactChanged = true;
            }
            if (touched.Steps.Count > 0)
                _result.Trails.Add(new(touched.Now.Id, touched.Now.Journey, touched.Now.Version, _now, touched.Cause, [.. touched.Steps]));
        }
        CountMembers();
        ReckonDates();
        ArmFlip();
        ForgetFailed();
        ForgetPlaces();
        ForgetExposures();
        ForgetAbandoned();
        ForgetBars();
    }

    static System.Diagnostics.UnreachableException Unknown(Stimulus stimulus) => new($"{stimulus.GetType().Name} is no stimulus that the machine knows.");

    /// <summary>A stimulus as everybody hears it.</summary>
    readonly record struct Heard
    {
        /// <summary>Its changes are those of <see cref="BurstResult.Changes"/> from here …</summary>
        public int From { get; init; }
        /// <summary>… up to here.</summary>
        public int To { get; init; }
        public ContactEvent? Event { get; init; }
        public EnrolmentId? By { get; init; }
        /// <summary>0 from outside; a derived one has its cause's depth + 1 (Semantics 3.5).</summary>
        public int Depth { get; init; }
        public Chain? Chain { get; init; }
        public long Tick { get; init; }
        public bool Starts { get; init; }
        public bool Waits { get; init; }
        public Origin Origin { get; init; }
        public string Cause { get; init; }
        /// <summary>What a journey wants of another; nothing else is told by it.</summary>
        public Effect? Order { get; init; }
    }

    /// <summary>The journeys by which a derived stimulus came about, the latest first.</summary>
    sealed record Chain(JourneyId Journey, Chain? Before);

    /// <summary>An enrolment that something happened to in this burst.</summary>
    sealed class Touched
    {
        public Enrolment? Before;
        public Enrolment Now = null!;
        public LiveJourney Journey = null!;
        public JourneyPlan Plan = null!;
        public string Cause = "";
        public long WaitsSince;
        public int Made;
        public List<TrailStep> Steps { get; } = [];

        public void Clear()
        {
            (Before, Now, Journey, Plan, Cause, WaitsSince, Made) = (null, null!, null!, null!, "", -1, 0);
            Steps.Clear();
        }
    }

    Touched? Find(EnrolmentId id)
    {
        foreach (var touched in _touched)
            if (touched.Now.Id == id)
                return touched;
        return null;
    }

    /// <summary>The enrolment, if it is in progress and its plan is known.</summary>
    Touched? Inside(EnrolmentId id, string cause)
    {
        if (Find(id) is { } known)
            return known.Now.State is EnrolmentState.Ended ? null : known;
        foreach (var enrolment in _contact.Enrolments)
            if (enrolment.Id == id)
                return PlanOf(enrolment) is var (journey, plan) ? Touch(enrolment, enrolment, journey, plan, cause) : null;
        return null;
    }

    (LiveJourney Journey, JourneyPlan Plan)? PlanOf(Enrolment enrolment) =>
        _index.Journey(enrolment.Journey) is { } journey && journey.Versions.TryGetValue(enrolment.Version, out var plan) ? (journey, plan) : null;

    Touched Touch(Enrolment? before, Enrolment now, LiveJourney journey, JourneyPlan plan, string cause)
    {
        Touched touched;
        if (_spares.Count > 0)
        {
            touched = _spares[^1];
            _spares.RemoveAt(_spares.Count - 1);
        }
        else
        {
            touched = new();
        }
        (touched.Before, touched.Now, touched.Journey, touched.Plan, touched.Cause, touched.WaitsSince, touched.Made) = (before, now, journey, plan, cause, -1, 0);
        _touched.Add(touched);
        return touched;
    }

    /// <summary>The enrolments in progress, oldest first, as they are now: runs change the list while it is walked.</summary>
    List<EnrolmentId> TakeInside()
    {
        _inside.Clear();
        foreach (var enrolment in _contact.Enrolments)
            _inside.Add(enrolment.Id);
        return _inside;
    }

    Stimulus.Changed AsChanged(in Heard heard, bool withEvent = true) =>
        new(ImmutableArray.CreateRange(_result.Changes.GetRange(heard.From, heard.To - heard.From)), withEvent ? heard.Event : null, heard.By);
}
