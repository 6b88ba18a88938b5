using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 4.6 and 4.7: another contact becomes part of this one.</summary>
sealed partial class BurstRun
{
    void Absorb(Contact other)
    {
        _result.ContactChanged = true;
        FillGaps(other);
        Unite(_contact.Tags, other.Tags, tag => new ContactChange.TagAdded(tag));
        Unite(_contact.Lists, other.Lists, list => new ContactChange.ListJoined(list));
        foreach (var (key, theirs) in other.Consents.OrderBy(pair => pair.Key))
            Decide(key, theirs);
        _contact.Suppressed.UnionWith(other.Suppressed);
        foreach (var identity in other.Identities)
            if (!_contact.Identities.Contains(identity))
                _contact.Identities.Add(identity);
        if (other.LastSeenAt is { } seen && (_contact.LastSeenAt is not { } own || own < seen))
            _contact.LastSeenAt = seen;
        // More of one that is here already: memory that was gathered of it since.
        if (!_contact.Absorbed.Contains(other.Id))
            _contact.Absorbed.Add(other.Id);
        _contact.Absorbed.AddRange(other.Absorbed);
        MergeMemory(other);
        UnitePlaces(other.Sent);
        UniteExposures(other.Exposures);
        MergeEntries(other);
        MergeDates(other);
        MergeAbandoned(other);
        UniteStanding(other);
        foreach (var enrolment in other.Enrolments.OrderBy(enrolment => enrolment.StartedAt).ThenBy(enrolment => enrolment.Id.Value))
            TakeOver(enrolment, other);
        TakeOverFailed(other);
        // Everything may be different: each segment is asked again, and so are the flips that the other was armed for.
        MarkAll();
        Expect(other.FlipAt);
    }

    /// <summary>Own values stay, also where one was cleared later than the other's was said.</summary>
    void FillGaps(Contact other)
    {
        foreach (var (name, theirs) in other.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var has = _contact.Properties.TryGetValue(name, out var own);
            if (theirs.Value.IsNone || (has && (!own.Value.IsNone || own.At > theirs.At)))
                continue;
            if (IsFull(name))
            {
                _result.RefusedParts.Add(new("too-many-properties", $"The contact has {_catalogue.Limits.PropertiesPerContact} properties: {name} was not taken.", name));
                continue;
            }
            _contact.Properties[name] = theirs;
            _result.Changes.Add(new ContactChange.PropertySet(name, Value.None, theirs.Value));
        }
    }

    void Unite(SmallDictionary<string, Timed<bool>> own, SmallDictionary<string, Timed<bool>> theirs, Func<string, ContactChange> change)
    {
        foreach (var (name, held) in theirs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var has = own.TryGetValue(name, out var before);
            if (!held.Value)
            {
                // A removal that neither contradicts: kept, so that an older "add" changes nothing.
                if (!has)
                    own[name] = held;
                continue;
            }
            own[name] = has && before.Value ? new(true, Instant.Max(before.At, held.At)) : held;
            if (!has || !before.Value)
                _result.Changes.Add(change(name));
        }
    }

    /// <summary>The latest explicit decision counts; at the same instant the refusal stands.</summary>
    void Decide((string Channel, string Topic) key, Timed<ConsentState> theirs)
    {
        if (theirs.Value == ConsentState.Unknown)
            return;
        var has = _contact.Consents.TryGetValue(key, out var own) && own.Value != ConsentState.Unknown;
        if (has && (own.At > theirs.At || (own.At == theirs.At && own.Value == ConsentState.Refused)))
            return;
        _contact.Consents[key] = theirs;
        var before = has ? own.Value : ConsentState.Unknown;
        if (before != theirs.Value)
            _result.Changes.Add(new ContactChange.ConsentChanged(key.Channel, key.Topic, before, theirs.Value));
    }

    void MergeMemory(Contact other)
    {
        foreach (var (id, theirs) in other.Memory)
            _contact.Memory[id] = _contact.Memory.TryGetValue(id, out var own) ? own.Merge(theirs) : theirs;
    }

    void MergeEntries(Contact other)
    {
        foreach (var (journey, theirs) in other.Entries)
        {
            if (!_contact.Entries.TryGetValue(journey, out var own))
            {
                _contact.Entries[journey] = theirs;
                continue;
            }
            List<Instant> recent = [.. own.Recent.Concat(theirs.Recent).Where(at => at > _now - Day).Order()];
            _contact.Entries[journey] = new(
                own.Count + theirs.Count,
                Instant.Max(own.LastEnteredAt, theirs.LastEnteredAt),
                own.LastLeftAt is { } left && theirs.LastLeftAt is { } also ? Instant.Max(left, also) : own.LastLeftAt ?? theirs.LastLeftAt,
                recent);
        }
    }

    /// <summary>An enrolment of the other goes on here with id, point, due time and counts; where the journey allows one a key, the older stays.</summary>
    void TakeOver(Enrolment theirs, Contact other)
    {
        var own = InsideOf(theirs.Journey, theirs.EventKey);
        // Entry counts have been added up: numbered on from the own ones, no two enrolments of this contact have one number.
        var before = _contact.Entries[theirs.Journey].Count - (other.Entries.TryGetValue(theirs.Journey, out var entries) ? entries.Count : 0);
        var moved = theirs with { Contact = _contact.Id, Number = before + theirs.Number, Revision = theirs.Revision + 1 };
        if (PlanOf(theirs) is not var (journey, plan))
            // Its journey was deleted meanwhile: nobody could carry it on, and for it the rest of the contact must not be lost.
            return;
        var touched = Touch(null, moved, journey, plan, "merged");
        CountAt(CounterKind.MovedIn, touched, "", "");
        if (theirs.State is EnrolmentState.Waiting waiting)
            CountAt(CounterKind.Arrived, touched, waiting.Point, "");
        foreach (var message in theirs.Messages)
            if (message.Status == MessageStatus.Pending)
                Count(new(CounterKind.MessageDecided, moved.Journey, message.Version, message.Point, ""));

        var place = 0;
        while (place < _contact.Enrolments.Count && IsOlder(_contact.Enrolments[place], moved))
            place++;
        _contact.Enrolments.Insert(place, moved);
        if (_index.HearsPositionsOf(moved.Journey))
            _result.Changes.Add(new ContactChange.JourneyMoved(moved.Journey));
        if (IsOver(journey))
        {
            // Who was told of the end was the other contact, or nobody any more.
            End(touched, Outcome.Exited, "journey-ended", "exit", cancels: true);
            return;
        }
        if (own is null)
            return;
        var younger = IsOlder(own, moved) ? touched : Inside(own.Id, "merged");
        if (younger is not null)
            End(younger, Outcome.Removed, "merged", "removed", cancels: true);
    }

    static bool IsOlder(Enrolment one, Enrolment other) =>
        one.StartedAt != other.StartedAt ? one.StartedAt < other.StartedAt : one.Id.Value.CompareTo(other.Id.Value) <= 0;
}
