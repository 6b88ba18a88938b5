using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 9.2 and 9.3: what is asked of allocators, their answers, and what is handed back.</summary>
sealed partial class BurstRun
{
    /// <summary>Why somebody waits at the starting point.</summary>
    internal const string EntryRateReason = "entry-rate";

    public override AllocatorAnswer? Allotted
    {
        get
        {
            foreach (var claim in _run.Now.Claims)
                if (claim.Point == _point.Id && claim.Visit == _visit)
                    return claim.Answer;
            return null;
        }
    }

    void Ask(Effect.Ask ask) => Claim(_run, ask.Allocator, _point.Id, _visit, ask.What);

    void Claim(Touched touched, AllocatorId allocator, string point, int visit, AllocatorAsk what)
    {
        var now = touched.Now;
        var id = AskId.Of(now.Id, point, visit);
        touched.Now = now with { Claims = now.Claims.Add(new(allocator, id, point, visit, null)) };
        _result.Orders.Add(new(allocator, id, now.Contact, now.Id, now.Journey, point, what));
    }

    /// <summary>What a point gives its journey's data, for contents, conditions and what is sent later.</summary>
    void KeepData(Effect.KeepData kept)
    {
        var data = _run.Now.Data.With(kept.Name, Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(kept.Text)}\""));
        if (data.Json.Length > _catalogue.Limits.JourneyDataBytes)
        {
            _result.RefusedParts.Add(new("journey-data-full", $"What {_point.Id} gave was not kept: journey data has at most {_catalogue.Limits.JourneyDataBytes / 1024} KB.", _point.Id));
            return;
        }
        _run.Now = _run.Now with { Data = data };
        _startEvent = null;
    }

    /// <summary>A code that may have been seen by somebody is not given to another (Semantics 9.3): from here on nothing is handed back.</summary>
    void ShowClaims(Effect effect)
    {
        var shown = effect switch
        {
            Effect.Message message => message.Decision.Skip is null,
            Effect.Task or Effect.Notify or Effect.RecordEvent or Effect.EnterJourney => true,
            Effect.Edit edit => edit.Order is ContactEdit.SetProperty and not { Name: Points.AssignOwnerPoint.Property },
            _ => false,
        };
        if (shown)
            _run.Now = _run.Now with { Claims = _run.Now.Claims.RemoveAll(static claim => claim.Answer is not null) };
    }

    /// <summary>What is not waited for any more is handed back; what is used up is forgotten.</summary>
    void SettleClaims(Touched touched)
    {
        var now = touched.Now;
        var left = ImmutableArray.CreateBuilder<Claim>();
        foreach (var claim in now.Claims)
        {
            var isHere = now.State is EnrolmentState.Waiting waiting && waiting.Point == claim.Point && now.Visits.GetValueOrDefault(claim.Point) == claim.Visit;
            var isHeld = claim is { Allocator.Kind: AllocatorKind.Coupons, Answer.Granted: true };
            // Who failed can be put back, and goes on with what it was given already.
            var goesAlong = now.State is EnrolmentState.Ended { Stood: { } stood } && claim.Answer is not null && (isHeld || stood.Point == claim.Point && stood.Wait.Reason != EnrolmentState.OnItsWay);
            if (goesAlong || now.State is EnrolmentState.Waiting && (isHere || isHeld))
                left.Add(claim);
            else if (claim.Answer is null || (isHeld && now.State is EnrolmentState.Ended { Outcome: Outcome.Exited or Outcome.Removed or Outcome.Failed }))
                _result.Orders.Add(new(claim.Allocator, claim.Ask, now.Contact, now.Id, now.Journey, claim.Point, null));
        }
        if (left.Count != now.Claims.Length)
            touched.Now = now with { Claims = left.ToImmutable() };
    }

    /// <summary>The answer is put down, then the enrolment goes on with it; in a pause, when that is over (Semantics 8.3).</summary>
    void Take(Stimulus.Answered answered, in Heard heard)
    {
        if (Inside(answered.Enrolment, heard.Cause) is not { } touched || touched.Now.State is not EnrolmentState.Waiting waiting)
            return;
        var at = 0;
        var claims = touched.Now.Claims;
        while (at < claims.Length && claims[at].Ask != answered.Ask)
            at++;
        // Nobody waits for it any more: it was handed back when that came about.
        if (at == claims.Length || claims[at].Answer is not null)
            return;
        touched.Now = touched.Now with { Claims = claims.SetItem(at, claims[at] with { Answer = answered.Answer }), Revision = touched.Now.Revision + 1 };
        Keep(touched, cancels: false);
        if (touched.Plan.Listeners.IndexOf(waiting.Point) is >= 0 and var point)
            GoOn(touched, point, waiting, answered, heard);
        else
            LetIn(touched, waiting, heard);
    }

    /// <summary>A journey that takes only so many in a time: whoever comes waits at the starting point until it is their turn.</summary>
    void StandInLine(Touched touched, string startingPoint, in Heard heard)
    {
        touched.Now = touched.Now with { State = new EnrolmentState.Waiting(startingPoint, _now, new(null, TimerQueue.Elapsed, EntryRateReason)) };
        CountAt(CounterKind.Arrived, touched, startingPoint, "");
        touched.Steps.Add(new(startingPoint, null));
        touched.WaitsSince = ++_tick;
        Claim(touched, AllocatorId.OfRate(touched.Now.Journey), startingPoint, 0, AllocatorAsk.Plain);
        Keep(touched, cancels: false);
        TellMoved(null, touched.Now, heard);
    }

    static bool IsInLine(EnrolmentState.Waiting waiting) => waiting.Wait.Reason == EntryRateReason;

    void LetIn(Touched touched, EnrolmentState.Waiting waiting, in Heard heard)
    {
        if (IsOver(touched.Journey))
        {
            End(touched, Outcome.Exited, "journey-ended", "exit", cancels: true);
            return;
        }
        if (touched.Journey.Status == JourneyStatus.Paused)
        {
            touched.Now = touched.Now with { State = waiting with { Wait = waiting.Wait with { Noted = true } } };
            Keep(touched, cancels: false);
            return;
        }
        // It has not gone a step yet, and no rule of a publisher names the line: it begins as those do who come now.
        if (touched.Journey.Versions.GetValueOrDefault(touched.Journey.Newest) is { } newest && newest.Version > touched.Now.Version)
        {
            BeginAnew(touched, waiting, newest, heard);
            return;
        }

        var target = StartOf(touched);
        if (touched.Plan.Stages is { } stages && BeginsAt(stages, ref target) is { } nowhere)
            End(touched, Outcome.Exited, nowhere, "exit", cancels: true);
        else
            Travel(touched, target, null, heard, takenFrom: new(waiting.Point, "next"));
    }

    /// <summary>Where the starting point leads by which it came; the first, where its version has none of that name.</summary>
    static int StartOf(Touched touched)
    {
        PlanStart? start = null;
        foreach (var candidate in touched.Plan.Starts)
            if (candidate.Id == touched.Now.StartingPoint || start is null)
                start = candidate;
        return start?.Target ?? (touched.Plan.Points.Length > 0 ? 0 : -1);
    }
}
