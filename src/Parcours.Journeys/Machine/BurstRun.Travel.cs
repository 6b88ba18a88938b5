using System.Diagnostics;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>A run: one enrolment goes on, point by point, until it waits or has ended. Runs never nest.</summary>
sealed partial class BurstRun
{
    static readonly Wait OnItsWay = new(null, TimerQueue.Elapsed, EnrolmentState.OnItsWay);
    static readonly EnrolmentState Underway = new EnrolmentState.Waiting("", default, OnItsWay);

    readonly List<Undo> _undo = [];
    readonly List<(CounterKey Key, long By)> _counted = [];
    readonly List<Heard> _pending = [];
    readonly List<(int Point, int Visit)> _visits = [];

    bool _running;
    Touched _run = null!;
    PlanPoint _point = null!;
    Heard _cause;
    ContactEvent? _startEvent;
    int _visit;
    int _recorded;
    ulong _bits;
    string? _detail;
    int _lookedAt;
    Instant? _arrived;
    bool _messagesTouched;
    bool _cancels;

    public override JourneyPlan Plan => _run.Plan;
    public override LiveJourney Journey => _run.Journey;
    public override Catalogue Catalogue => _catalogue;
    public override Contact Contact => _contact;
    public override Enrolment Enrolment => _run.Now;
    public override Instant Now => _now;
    public override bool IsPaused => _run.Journey.Status == JourneyStatus.Paused || IsHeld || _notes;
    public override Instant Arrived => _arrived ?? _now;
    public override int Visit => _visit;
    public override ConditionContext Conditions => ConditionsOf(_run.Now, _run.Plan);

    public override void Note(ulong bits, string? detail) => (_bits, _detail) = (bits, detail);

    ConditionContext ConditionsOf(Enrolment enrolment, JourneyPlan plan)
    {
        // The event that started it, as the enrolment remembers it; data given by hand is asked like an event's.
        if (_startEvent is null && (enrolment.StartEvent is not null || !ReferenceEquals(enrolment.Data, EventProperties.Empty)))
            _startEvent = new() { Name = enrolment.StartEvent ?? "", OccurredAt = enrolment.StartOccurredAt, ReceivedAt = enrolment.StartedAt, Properties = enrolment.Data };
        return new(_contact, _now, _startEvent, enrolment, plan.Zone);
    }

    public override void Do(Effect effect)
    {
        var from = _result.Changes.Count;
        ContactEvent? recorded = null;
        if (!_run.Now.Claims.IsEmpty)
            ShowClaims(effect);
        switch (effect)
        {
            case Effect.Edit edit:
                Apply(edit.Order, _now, Origin.Journey);
                break;
            case Effect.RecordEvent record:
                recorded = new()
                {
                    Name = record.Name,
                    OccurredAt = _now,
                    ReceivedAt = _now,
                    Properties = record.Properties,
                    Origin = Origin.Journey,
                    Sequence = _input.Sequence,
                    MessageId = Hashes.Guid($"event\0{_run.Now.Id}\0{_point.Id}\0{_visit}\0{++_recorded}").ToString("N"),
                };
                _result.RecordedEvents.Add(recorded);
                Remember(recorded);
                break;
            case Effect.Message message:
                Decide(message.Decision);
                return;
            case Effect.Task task:
                _result.Tasks.Add(task.Decision);
                return;
            case Effect.EnterJourney or Effect.LeaveJourney:
                _pending.Add(Derived(_cause, _run.Now, _result.Changes.Count, "journey") with { Order = effect });
                return;
            case Effect.Ask ask:
                Ask(ask);
                return;
            case Effect.KeepData kept:
                KeepData(kept);
                return;
            case Effect.KeepDraw draw:
                _run.Now = _run.Now with { Draws = _run.Now.Draws.Add(new(_point.Id, draw.Path)) };
                return;
            case Effect.Expose expose:
                Expose(expose.Mark);
                return;
            case Effect.Notify notify:
                _result.Notifications.Add(notify.Decision);
                return;
            default:
                throw new UnreachableException($"{effect.GetType().Name} is no effect that the machine knows.");
        }
        Settle();
        if (recorded is null && _result.Changes.Count == from)
            return;
        _pending.Add(Derived(_cause, _run.Now, from, recorded?.Name ?? "change") with { Event = recorded });
    }

    /// <summary>The changes from here on, as everybody else hears them.</summary>
    Heard Derived(in Heard cause, Enrolment by, int from, string name) => new()
    {
        From = from,
        To = _result.Changes.Count,
        By = by.Id,
        Depth = cause.Depth + 1,
        Chain = new(by.Journey, cause.Chain),
        Tick = ++_tick,
        Starts = true,
        Waits = true,
        Origin = Origin.Journey,
        Cause = name,
    };

    void Count(CounterKey key, long by = 1)
    {
        if (_running)
            _counted.Add((key, by));
        else
            _result.Count(key, by);
    }

    void CountAt(CounterKind kind, Touched touched, string point, string edge) => Count(new(kind, touched.Now.Journey, touched.Now.Version, point, edge));

    /// <summary>Lets an enrolment go on.</summary>
    /// <param name="point">Where it arrives, or where it stands when <paramref name="stimulus"/> is given; −1: it is at the end already.</param>
    /// <param name="stimulus">What its wait has heard; null when it arrives.</param>
    /// <param name="takenFrom">The point that it is taken from, by hand or by its stage, and how that is counted; part of the run, so that it stands there still when the run fails.</param>
    void Travel(Touched touched, int point, Stimulus? stimulus, in Heard cause, ContactEvent? startEvent = null, TakenFrom? takenFrom = null)
    {
        var before = touched.Now;
        var steps = touched.Steps.Count;
        var made = touched.Made;
        var (sent, exposures) = (_contact.Sent, _contact.Exposures);
        Begin(touched, cause, startEvent);
        var mark = Marked();
        try
        {
            if (takenFrom is { } from)
            {
                if (from.Point.Length > 0)
                {
                    CountAt(CounterKind.Left, touched, from.Point, from.How);
                    touched.Steps.Add(new(from.Point, from.How));
                }
                // What a value ends it ends as an exit does: the reminder for what was bought must not go (Semantics 10.6).
                _cancels = from.How == "stage" && touched.Plan.Stages!.IsEnd(point);
                if (from.How == "moved")
                    SayStage(point);
            }
            Walk(point, stimulus);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            UndoRun(mark);
            (_contact.Sent, _contact.Exposures) = (sent, exposures);
            Cut(touched.Steps, steps);
            (touched.Now, touched.Made) = (before, made);
            var at = _point?.Id;
            ForgetRun();
            Fail(touched, at, failure, point, stimulus, cause);
            return;
        }

        _running = false;
        foreach (var (key, by) in _counted)
            _result.Count(key, by);
        // Now it waits or has ended, and everybody else hears (Semantics 3.2).
        _queue.AddRange(_pending);
        var cancels = _cancels;
        ForgetRun();
        // Who was asked and stays waits as long as before: its timer is still its own.
        if (ReferenceEquals(before, touched.Now))
            return;
        touched.WaitsSince = ++_tick;
        Keep(touched, cancels);
        TellMoved(before, touched.Now, cause);
    }

    /// <summary>Whether the point would go on at this stimulus, or wait otherwise; whatever it does is undone.</summary>
    Move Ask(Touched touched, int point, Stimulus stimulus, in Heard cause)
    {
        var before = touched.Now;
        var (mark, sent, exposures) = (Marked(), _contact.Sent, _contact.Exposures);
        Begin(touched, cause, null);
        try
        {
            Stand(point);
            return _point.Resume(this, stimulus);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // It will throw again when it steps, and then fail.
            return Move.Follow(0);
        }
        finally
        {
            UndoRun(mark);
            (_contact.Sent, _contact.Exposures) = (sent, exposures);
            touched.Now = before;
            ForgetRun();
        }
    }

    /// <param name="Point">Empty: of another version, where it was counted.</param>
    /// <param name="How">The edge by which it is counted: <c>moved</c> by hand, <c>stage</c> by a value of the stage property.</param>
    readonly record struct TakenFrom(string Point, string How);

    void Begin(Touched touched, in Heard cause, ContactEvent? startEvent)
    {
        ForgetRun();
        (_run, _cause, _startEvent, _running, _lookedAt) = (touched, cause, startEvent, true, _result.Changes.Count);
    }

    /// <summary>How far the result's lists had come before the run.</summary>
    readonly record struct ResultMark(int Changes, int Messages, int Tasks, int Notifications, int Events, int Refused, int Orders, bool ContactChanged);

    ResultMark Marked() => new(_result.Changes.Count, _result.Messages.Count, _result.Tasks.Count, _result.Notifications.Count, _result.RecordedEvents.Count, _result.RefusedParts.Count, _result.Orders.Count, _result.ContactChanged);

    void UndoRun(in ResultMark mark)
    {
        for (var index = _undo.Count - 1; index >= 0; index--)
            _undo[index].Restore(_contact);
        Cut(_result.Changes, mark.Changes);
        Cut(_result.Messages, mark.Messages);
        Cut(_result.Tasks, mark.Tasks);
        Cut(_result.Notifications, mark.Notifications);
        Cut(_result.RecordedEvents, mark.Events);
        Cut(_result.RefusedParts, mark.Refused);
        Cut(_result.Orders, mark.Orders);
        _result.ContactChanged = mark.ContactChanged;
        // A step may have thrown between marking and deciding.
        Array.Clear(_dirty);
    }

    void ForgetRun()
    {
        _running = false;
        _undo.Clear();
        _counted.Clear();
        _pending.Clear();
        _visits.Clear();
        (_run, _point, _startEvent, _cause, _arrived) = (null!, null!, null, default, null);
        (_visit, _recorded, _bits, _detail, _messagesTouched, _cancels) = (0, 0, 0, null, false, false);
    }

    /// <summary>Why somebody stands before a point that is paused on its own, or before the first of a paused journey that lets contacts come: it has arrived there and was not let in yet (Semantics 8.3).</summary>
    const string HeldReason = "point-paused", QueuedReason = "journey-paused";

    static readonly Move Held = Move.WaitFor(new(null, TimerQueue.Calendar, HeldReason));

    // Its clocks stand still with the journey's, or run on with them (Semantics 8.2).
    Move Queued => Move.WaitFor(new(null, Journey.Dials.RunOn ? TimerQueue.Calendar : TimerQueue.Elapsed, QueuedReason));

    bool IsHeld => _run.Journey.Dials.Holds(_point.Id);

    bool IsNotLetIn => _run.Now.State is EnrolmentState.Waiting waiting && IsOutside(waiting.Wait);

    static bool IsOutside(Wait wait) => wait.Reason is HeldReason or QueuedReason;

    static void Cut<T>(List<T> list, int length) => list.RemoveRange(length, list.Count - length);

    void Walk(int at, Stimulus? stimulus)
    {
        Move move;
        if (at < 0)
        {
            EndRun(Outcome.Completed, null, null);
            return;
        }
        if (stimulus is null)
        {
            Arrive(at);
            move = EnterPoint();
        }
        else
        {
            Stand(at);
            move = stimulus switch
            {
                // Who was not let in yet stays so; whoever has asked or sent something waits for that.
                Stimulus.VersionPublished when !_point.RejoinsAnew || IsNotLetIn => Move.Stay,
                Stimulus.VersionPublished => IsHeld ? Held : Rejoined(_point.Enter),
                Stimulus.JourneyResumed when IsNotLetIn => Rejoined(_point.Enter),
                _ => _point.Resume(this, stimulus),
            };
        }

        while (true)
        {
            switch (move.What)
            {
                case Move.Kind.Stay:
                    if (EndsItself() is { } reachedStill)
                        Leave(reachedStill);
                    // What was noted came to nothing: it goes on waiting for what it waited for.
                    else if (stimulus is Stimulus.JourneyResumed && _run.Now.State is EnrolmentState.Waiting { Wait: { Noted: true } noted })
                        Stay(NotBeforeNow(noted with { Noted = false }));
                    return;
                case Move.Kind.Wait:
                    Step(null);
                    if (EndsItself() is { } reached)
                        Leave(reached);
                    else
                        Stay(stimulus is Stimulus.VersionPublished or Stimulus.JourneyResumed ? NotBeforeNow(move.Wait!) : move.Wait!);
                    return;
                case Move.Kind.End:
                    var name = NameOf(move.Outcome);
                    CountAt(CounterKind.Left, _run, _point.Id, name);
                    Step(name);
                    EndRun(move.Outcome, move.Why, _point.Id);
                    return;
                case Move.Kind.Follow:
                    var edge = _point.Edges[move.Edge];
                    CountAt(CounterKind.Left, _run, _point.Id, edge.Name);
                    Step(edge.Name);
                    if (EndsItself() is { } ended)
                    {
                        _cancels = ended.Outcome == Outcome.Exited;
                        EndRun(ended.Outcome, ended.Why, _point.Id);
                        return;
                    }
                    var target = Staged(edge.Target);
                    if (target == -1)
                    {
                        EndRun(Outcome.Completed, null, _point.Id);
                        return;
                    }
                    if (target < -1)
                    {
                        Arrive(PlanEdge.RestIn(target));
                        Step(null);
                        Stay(new(null, TimerQueue.Elapsed, "stage"));
                        return;
                    }
                    Arrive(target);
                    move = EnterPoint();
                    break;
                default:
                    throw new UnreachableException($"{move.What} is no move.");
            }
        }

        Move EnterPoint()
        {
            if (IsHeld)
                return Held;
            if (Journey.Status == JourneyStatus.Paused)
                return Queued;
            var decided = _point.Enter(this);
            return decided.What == Move.Kind.Stay ? throw new InvalidOperationException($"Point {_point.Id} decided nothing when it was entered.") : decided;
        }

        // As of its arrival: the clocks have run on, but for who came while they stood still.
        Move Rejoined(Func<StepContext, Move> decide)
        {
            _arrived = _run.Now.State is EnrolmentState.Waiting { Wait: not { Reason: QueuedReason, Queue: TimerQueue.Elapsed } } waiting ? waiting.Since : null;
            var decided = decide(this);
            _arrived = null;
            return decided;
        }

        void Leave((Outcome Outcome, string? Why) reached)
        {
            CountAt(CounterKind.Left, _run, _point.Id, reached.Outcome == Outcome.Successful ? "goal" : "exit");
            Step(NameOf(reached.Outcome));
            _cancels = reached.Outcome == Outcome.Exited;
            EndRun(reached.Outcome, reached.Why, _point.Id);
        }
    }
}
