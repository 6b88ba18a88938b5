using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Starting points by the clock. On a date of the contact (Semantics 6.11), or when it has been quiet for a time (6.18): each contact's next moment is reckoned when what it hangs on changes, and comes by the one flip timer (7.6). By schedule (6.12): a sweep brings the moment to all.</summary>
sealed partial class BurstRun
{
    /// <summary>Starting points whose moment has come by this stimulus.</summary>
    readonly List<StartAt> _come = [];
    readonly List<(JourneyId Journey, string Start)> _dated = [];

    /// <summary>What is due by now comes, once; then the moment after it is ahead. Only the flip timer brings anybody in, so that what an import or a merge finds due is not lost with it.</summary>
    void TakeDueDates()
    {
        if (_contact.Dates.Count == 0)
            return;
        foreach (var (key, mark) in _contact.Dates)
            if (mark.Due <= _now)
                _dated.Add(key);
        foreach (var key in _dated)
        {
            var mark = _contact.Dates[key];
            if (_index.TimedStart(key) is { } at && StartOf(at).Date?.Rule == mark.Rule)
            {
                var hasCome = StartOf(at).Date!.HasCome(_contact, ZoneOf(at), _now);
                if (hasCome)
                    _come.Add(at);
                Reckon(at, mark with { Due = null, Day = null, Last = hasCome ? mark.Day : mark.Last }, _now);
                continue;
            }
            // Of a journey that is over, or of an earlier version, which had it otherwise: a sweep reckons it by the new one.
            Keep(key, mark, mark with { Due = null, Day = null });
        }
        _dated.Clear();
    }

    /// <summary>A moment of schedules has come: whoever matches their filters comes in (Semantics 6.12). Or a journey has gone live that takes current ones too (6.10).</summary>
    void TakeScheduled(Stimulus.Scheduled scheduled)
    {
        foreach (var start in scheduled.Starts)
            if (_index.TimedStart((scheduled.Journey, start)) is { } at && (StartOf(at).Current is not { } current || IsCurrent(at, current)))
                _come.Add(at);
    }

    /// <summary>Who came in by a stimulus meanwhile is not entered again.</summary>
    bool IsCurrent(StartAt at, CompiledCondition current)
    {
        var journey = _catalogue.Journeys[at.Journey];
        return current.Holds(new(_contact, _now, Zone: journey.Versions[journey.Newest].Zone))
            && !(_contact.Entries.TryGetValue(journey.Id, out var entries) && entries.LastEnteredAt >= journey.CurrentFrom(StartOf(at)));
    }

    /// <summary>Reckons anew what this burst may have moved.</summary>
    void ReckonDates()
    {
        // Hot path: most installations have no such start.
        if (_index.Dates.Count == 0)
            return;
        switch (_input.Stimulus)
        {
            case Stimulus.DatesReckoned published:
                foreach (var at in _index.Dates)
                    if (_catalogue.Journeys[at.Journey].Id == published.Journey)
                    {
                        var mark = MarkOf(at);
                        Reckon(at, mark, mark.Rule == StartOf(at).Date!.Rule ? _now : published.Since);
                    }
                return;
            case Stimulus.Absorbed:
                foreach (var at in _index.Dates)
                    Reckon(at, MarkOf(at), _now);
                return;
        }
        if (_input.Stimulus is Stimulus.Received { Event: { } occurred })
            ReckonBy(occurred);
        foreach (var recorded in _result.RecordedEvents)
            ReckonBy(recorded);
        foreach (var change in _result.Changes)
            if (change is ContactChange.PropertySet && _index.Of(change) is { } concerned)
                foreach (var at in concerned.Dates)
                    Reckon(at, MarkOf(at), _now);
    }

    void ReckonBy(ContactEvent occurred)
    {
        if (_index.Event(occurred.Name) is { } concerned)
            foreach (var at in concerned.Dates)
                Reckon(at, MarkOf(at), _now);
    }

    DateTimeZone ZoneOf(StartAt at)
    {
        var journey = _catalogue.Journeys[at.Journey];
        return journey.Versions[journey.Newest].Zone;
    }

    PlanStart StartOf(StartAt at)
    {
        var journey = _catalogue.Journeys[at.Journey];
        return journey.Versions[journey.Newest].Starts[at.Start];
    }

    (JourneyId Journey, string Start) KeyOf(StartAt at) => (_catalogue.Journeys[at.Journey].Id, StartOf(at).Id);

    DateMark MarkOf(StartAt at) => _contact.Dates.TryGetValue(KeyOf(at), out var mark) ? mark : default;

    /// <param name="from">What came before this is not caught up.</param>
    void Reckon(StartAt at, DateMark held, Instant from)
    {
        // The timer of this very instant has fired: what a run makes due now comes just after it.
        var earliest = _input.Stimulus is Stimulus.FlipDue ? _now + Duration.FromNanoseconds(1_000) : _now;
        var next = StartOf(at).Date!.Next(_contact, ZoneOf(at), held, from, earliest);
        Keep(KeyOf(at), MarkOf(at), next);
        Expect(next.Due);
    }

    void Keep((JourneyId, string) key, DateMark before, DateMark after)
    {
        if (before == after || (after.IsEmpty && !_contact.Dates.ContainsKey(key)))
            return;
        _result.ContactChanged = true;
        if (after.IsEmpty)
            _contact.Dates.Remove(key);
        else
            _contact.Dates[key] = after;
    }

    /// <summary>What was ahead of the other contact is ahead of this one, where this had nothing; a day that came to either does not come again.</summary>
    void MergeDates(Contact other)
    {
        foreach (var (key, theirs) in other.Dates)
            if (!_contact.Dates.TryGetValue(key, out var own))
                _contact.Dates[key] = theirs;
            else if (theirs.Last is { } came && !(own.Last >= came))
                _contact.Dates[key] = own with { Last = came };
    }
}
