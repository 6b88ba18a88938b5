using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 3.1 (e): who comes in.</summary>
sealed partial class BurstRun
{
    static readonly Duration Day = Duration.FromHours(24);

    readonly List<StartAt> _starts = [];
    readonly List<string?> _keys = [];

    void Enter(in Heard heard, Stimulus? stimulus)
    {
        // Not even where it hears that it left another journey.
        if (_input.Stimulus is Stimulus.EraseRequested)
            return;
        if (stimulus is Stimulus.EnrolRequested request)
            Enrol(request, heard);
        // Hot path: most installations have no such start.
        if (_index.Watches && heard.Event is { } happened)
            Watch(heard, happened);
        // Likewise.
        if (_sentMessage is not null)
            TakeSent(heard);
        if (!heard.Starts || (heard.Event is null && heard.To == heard.From && _come.Count == 0))
            return;
        FindStarts(heard);
        if (_starts.Count == 0)
            return;

        var changes = StillTrue(heard);
        var context = new ConditionContext(_contact, _now, heard.Event, null, null);
        StartAt? last = null;
        var journeyOfKeys = -1;
        // By place: runs clear nothing here, but they must not be able to.
        for (var index = 0; index < _starts.Count; index++)
        {
            var at = _starts[index];
            if (last == at)
                continue;
            last = at;
            if (at.Journey != journeyOfKeys)
            {
                _keys.Clear();
                journeyOfKeys = at.Journey;
            }
            var journey = _catalogue.Journeys[at.Journey];
            var plan = journey.Versions[journey.Newest];
            var start = plan.Starts[at.Start];
            if (heard.Origin == Origin.Import && !start.TakesImports)
                continue;
            var occurred = _left.Count > 0 ? LeftAt(at) ?? heard.Event : heard.Event;
            context = context with { Zone = plan.Zone, Event = occurred };
            if (!(_come.Contains(at) || start.Matches(heard.Event, changes, context)) || start.Filter?.Holds(context) == false)
                continue;
            var key = KeyOf(plan, occurred?.Properties);
            // Several starting points met by one stimulus make one entry a key (Semantics 3.4).
            if (_keys.Contains(key))
                continue;
            _keys.Add(key);
            TryEnter(journey, plan, start.Id, start.Target, start.Rule, occurred, occurred?.Properties ?? EventProperties.Empty, key, heard, out _);
        }
    }

    void FindStarts(in Heard heard)
    {
        _starts.Clear();
        _starts.AddRange(_come);
        if (heard.Event is { } told && _index.Event(told.Name) is { } concerned)
            _starts.AddRange(concerned.Starts);
        for (var index = heard.From; index < heard.To; index++)
            if (_index.Of(_result.Changes[index]) is { } also)
                _starts.AddRange(also.Starts);
        if (_starts.Count > 1)
            _starts.Sort();
    }

    /// <summary>The changes without each "entered" or "left" that is no longer true at its turn (Semantics 3.2).</summary>
    ImmutableArray<ContactChange> StillTrue(in Heard heard)
    {
        if (heard.From == heard.To)
            return [];
        var changes = ImmutableArray.CreateBuilder<ContactChange>(heard.To - heard.From);
        for (var index = heard.From; index < heard.To; index++)
        {
            var change = _result.Changes[index];
            var holds = change switch
            {
                ContactChange.SegmentEntered entered => _contact.Segments.Contains(entered.Segment),
                ContactChange.SegmentLeft left => !_contact.Segments.Contains(left.Segment),
                ContactChange.ListJoined joined => _contact.IsOn(joined.List),
                ContactChange.ListLeft left => !_contact.IsOn(left.List),
                _ => true,
            };
            if (holds)
                changes.Add(change);
        }
        return changes.ToImmutable();
    }

    static string? KeyOf(JourneyPlan plan, EventProperties? properties) =>
        plan.EventKey is { } name && properties?[name] is { IsNone: false } value ? value.ToString() : null;

    void Enrol(Stimulus.EnrolRequested request, in Heard heard)
    {
        if (request.Data.Json.Length > _catalogue.Limits.JourneyDataBytes)
            _result.Refused = new("data-too-large", $"Journey data may have {_catalogue.Limits.JourneyDataBytes} bytes, these are {request.Data.Json.Length}.");
        else
            (_result.Entered, _result.Refused) = (Admit(request.Journey, request.Data, request.EventKey, heard, out var refused), refused);
    }

    /// <summary>Lets the contact in where a person, a program or another journey wants it.</summary>
    /// <returns>The enrolment; null when it was refused.</returns>
    EnrolmentId? Admit(JourneyId id, EventProperties data, string? eventKey, in Heard heard, out Refusal? refused)
    {
        refused = null;
        if (_index.Journey(id) is not { } journey)
        {
            refused = new("unknown-journey", $"There is no journey {id}.");
            return null;
        }
        if (journey.Status is not (JourneyStatus.Live or JourneyStatus.Paused) || !journey.Versions.TryGetValue(journey.Newest, out var plan))
        {
            var over = journey.Status is JourneyStatus.Ended or JourneyStatus.Archived;
            refused = new(over ? "ended" : "not-live", over ? "The journey has ended." : "The journey is not live.");
            return null;
        }
        PlanStart? start = null;
        foreach (var candidate in plan.Starts)
            if (candidate.ByHand)
            {
                start = candidate;
                break;
            }
        var startingPoint = start?.Id ?? "hand";
        string? reason;
        Enrolment? inside = null;
        if (KeptOut(id) is { } standing && !IsOver(journey))
            reason = Refuse(journey, startingPoint, standing);
        else if (start?.Filter is { } filter && !filter.Holds(new(_contact, _now, null, null, plan.Zone)))
            reason = Refuse(journey, startingPoint, "not-eligible");
        else
            reason = TryEnter(journey, plan, startingPoint, start?.Target ?? (plan.Starts is [var first, ..] ? first.Target : plan.Points.Length > 0 ? 0 : -1), start?.Rule, null, data, eventKey ?? KeyOf(plan, data), heard, out inside);
        if (reason is null)
            return _touched[^1].Now.Id;
        refused = new(reason, TextOf(reason), (inside?.State as EnrolmentState.Waiting)?.Point);
        return null;
    }

    /// <summary>Lets the contact in, or records why not.</summary>
    /// <param name="rule">What held of the contact, for the record.</param>
    /// <returns>The refusal's code; null when the contact is in.</returns>
    string? TryEnter(LiveJourney journey, JourneyPlan plan, string startingPoint, int target, CompiledCondition? rule, ContactEvent? occurred, EventProperties data, string? key, in Heard heard, out Enrolment? inside)
    {
        var entries = _contact.Entries.GetValueOrDefault(journey.Id);
        inside = InsideOf(journey.Id, key);
        if (Forbidden(journey, plan, entries, inside, occurred, data, heard) is { } reason)
            return Refuse(journey, startingPoint, reason);

        var number = (entries?.Count ?? 0) + 1;
        var enrolment = new Enrolment
        {
            Id = EnrolmentId.Of(journey.Id, _contact.Id, number),
            Contact = _contact.Id,
            Journey = journey.Id,
            Version = plan.Version,
            Number = number,
            StartedAt = _now,
            StartOccurredAt = occurred?.OccurredAt ?? _now,
            StartingPoint = startingPoint,
            EventKey = key,
            State = Underway,
            Data = data,
            StartEvent = occurred?.Name,
        };
        if (plan.Listeners.HasEnds && EndHolds(enrolment, plan, occurred) is { } ends)
            return Refuse(journey, startingPoint, ends);
        if (plan.Stages is { } stages && BeginsAt(stages, ref target) is { } nowhere)
            return Refuse(journey, startingPoint, nowhere);

        if (inside is not null && Inside(inside.Id, heard.Cause) is { } previous)
            End(previous, Outcome.Removed, "re-entered", "removed", cancels: true);
        Record(journey.Id, number);
        _contact.Enrolments.Add(enrolment);
        _result.ContactChanged = true;
        var touched = Touch(null, enrolment, journey, plan, heard.Cause);
        if (rule is not null)
        {
            // It held: the record says by what (Semantics 11.3).
            var asked = new ConditionContext(_contact, _now, occurred, enrolment, plan.Zone);
            touched.Steps.Add(new(startingPoint, TrailStep.Entered, rule.LeafBits(asked), rule.LeafValues(asked)));
        }
        CountAt(CounterKind.Started, touched, startingPoint, "");
        if (journey.EntryRate is not null)
        {
            StandInLine(touched, startingPoint, heard);
            return null;
        }
        Travel(touched, target, null, heard, occurred);
        return null;
    }

    string? Forbidden(LiveJourney journey, JourneyPlan plan, EntryRecord? entries, Enrolment? inside, ContactEvent? occurred, EventProperties data, in Heard heard)
    {
        var limits = _catalogue.Limits;
        if (plan.StartsAt > _now)
            return "not-started";
        if (IsOver(journey))
            return "ended";
        if (KeptOut(journey.Id) is { } standing)
            return standing;
        if (journey.Status == JourneyStatus.Paused && plan.WhilePaused == EntryWhilePaused.Refuse)
            return "paused";
        if (heard.Depth >= limits.DerivedDepth)
        {
            AlertLoop(heard);
            return "loop";
        }
        if (inside is not null && plan.ReEntry.Kind != ReEntry.Always)
            return "already-inside";
        if (entries is not null)
        {
            if (plan.ReEntry.Kind == ReEntry.Never)
                return "re-entry-never";
            if (plan.ReEntry.Kind == ReEntry.AfterInterval && entries.LastEnteredAt + (plan.ReEntry.Interval ?? Duration.Zero) > _now)
                return "re-entry-interval";
            if (IsTooOften(entries))
            {
                _result.Alerts.Add(new(journey.Id, "too-often", $"The contact entered {limits.EntriesPerDay} times within 24 hours.", _now, ("count", $"{limits.EntriesPerDay}")));
                return "too-often";
            }
        }
        if (inside is null && _contact.Enrolments.Count >= limits.EnrolmentsInProgress)
            return "too-many-enrolments";
        if (plan.Eligibility is null && plan.Exclusion is null)
            return null;
        var start = occurred ?? (ReferenceEquals(data, EventProperties.Empty) ? null : new() { Name = "", OccurredAt = _now, ReceivedAt = _now, Properties = data });
        var context = new ConditionContext(_contact, _now, start, null, plan.Zone);
        if (plan.Eligibility?.Holds(context) == false)
            return "not-eligible";
        return plan.Exclusion?.Holds(context) == true ? "excluded" : null;
    }

    /// <summary>Semantics 6.9: whose goal or exit holds already does not come in.</summary>
    string? EndHolds(Enrolment enrolment, JourneyPlan plan, ContactEvent? occurred)
    {
        _startEvent = occurred;
        try
        {
            if (plan.Goal is { } goal && Holds(goal, plan.Listeners.Goal!, enrolment, plan))
                return "goal-holds";
            for (var index = 0; index < plan.Exits.Length; index++)
                if (Holds(plan.Exits[index].Condition, plan.Listeners.Exits[index], enrolment, plan))
                    return "exit-holds";
            return null;
        }
        finally
        {
            _startEvent = null;
        }
    }

    // Half-open, as all windows are: an entry exactly 24 h ago no longer counts.
    bool IsTooOften(EntryRecord entries)
    {
        var recent = 0;
        foreach (var at in entries.Recent)
            if (at > _now - Day)
                recent++;
        return recent >= _catalogue.Limits.EntriesPerDay;
    }

    void Record(JourneyId journey, int number)
    {
        if (!_contact.Entries.TryGetValue(journey, out var entries))
        {
            _contact.Entries[journey] = new(number, _now, null, [_now]);
            return;
        }
        var recent = new List<Instant>(entries.Recent.Count + 1);
        foreach (var at in entries.Recent)
            if (at > _now - Day)
                recent.Add(at);
        recent.Add(_now);
        _contact.Entries[journey] = entries with { Count = number, LastEnteredAt = _now, Recent = recent };
    }

    Enrolment? InsideOf(JourneyId journey, string? key)
    {
        foreach (var enrolment in _contact.Enrolments)
            if (enrolment.Journey == journey && enrolment.EventKey == key)
                return enrolment;
        return null;
    }

    string Refuse(LiveJourney journey, string startingPoint, string reason)
    {
        _result.Refusals.Add(new(journey.Id, startingPoint, reason, _now));
        Count(new(CounterKind.Refused, journey.Id, 0, "", reason));
        return reason;
    }
}
