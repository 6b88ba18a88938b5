using System.Numerics;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 3.1 (a) and (b): the contact, its memory and its segments.</summary>
sealed partial class BurstRun
{
    /// <summary>Stands for "decided, and never flips" in a segment that is being filled, so that live stimuli know whom the fill has decided (Semantics 7.7).</summary>
    static readonly Instant Decided = Instant.FromUtc(9999, 1, 1, 0, 0);

    ulong[] _dirty = [];
    Instant? _nextFlip;

    void Create()
    {
        Count(new(CounterKind.Total, new(""), 0, "contacts", ""));
        _result.ContactChanged = true;
        foreach (var place in _index.AtCreation)
            Mark(place);
    }

    /// <summary>Takes in what the stimulus says of the contact.</summary>
    void Receive(ref Heard heard)
    {
        switch (_input.Stimulus)
        {
            case Stimulus.Received received:
                // Semantics 2.2: nothing is said later than it was received.
                var (at, wasArchived) = (Instant.Min(_input.OccurredAt, _now), _contact.IsArchived);
                foreach (var edit in received.Edits)
                    Apply(edit, at, _input.Origin);
                // What it comes into by being brought back it mostly was in before: starting is careful (Semantics 6.16).
                if (wasArchived && !_contact.IsArchived)
                    heard = heard with { Starts = false };
                if (received.Event is { } occurred)
                    Remember(occurred);
                if (_input.Origin == Origin.Live)
                    See(at);
                break;
            case Stimulus.Changed changed:
                _result.Changes.AddRange(changed.Changes);
                foreach (var change in changed.Changes)
                    Mark(change);
                break;
            case Stimulus.MessageSettled or Stimulus.MessageFeedback:
                ReceiveMessage(ref heard);
                break;
            case Stimulus.ResendRequested resend:
                Resend(resend);
                break;
            case Stimulus.Absorbed absorbed:
                Absorb(absorbed.Other);
                break;
            case Stimulus.Filled filled:
                Fill(filled);
                break;
            default:
                break;
        }
        heard = heard with { To = _result.Changes.Count };
    }

    void Fill(Stimulus.Filled filled)
    {
        foreach (var (id, past) in filled.Memories)
        {
            _contact.Memory[id] = _contact.Memory.TryGetValue(id, out var own) ? own.Merge(past) : past;
            _result.ContactChanged = true;
        }
        foreach (var segment in filled.Segments)
            if (_index.PlaceOf(segment) is >= 0 and var place)
                Mark(place);
    }

    void Apply(ContactEdit edit, Instant at, Origin origin)
    {
        if (edit is ContactEdit.SetProperty { Value.IsNone: false } set && IsFull(set.Name))
        {
            _result.RefusedParts.Add(new("too-many-properties", $"The contact has {_catalogue.Limits.PropertiesPerContact} properties: {set.Name} was not taken.", set.Name));
            return;
        }
        if (edit is ContactEdit.SetProperty { Value.Kind: ValueKind.Text or ValueKind.Texts } large && IsTooLarge(large))
        {
            _result.RefusedParts.Add(new("contact-too-large", $"The contact's properties take {_catalogue.Limits.ContactBytes} bytes at most: {large.Name} was not taken.", large.Name));
            return;
        }
        if (edit is ContactEdit.Suppress suppress)
        {
            // Comes from outside only, so that no run ever has to undo it.
            var was = _contact.Suppressed.Count;
            _contact.Apply(suppress, at, origin);
            _result.ContactChanged |= _contact.Suppressed.Count != was;
            return;
        }
        var before = Before(edit);
        if (_contact.Apply(edit, at, origin) is { } change)
        {
            _result.Changes.Add(change);
            _result.ContactChanged = true;
            if (change is ContactChange.Archived)
                MarkAll();
            else
                Mark(change);
        }
        else if (!_result.ContactChanged && TimeOf(edit) != before.Time)
        {
            // The same value, said later: it now wins over what was said in between (Semantics 2.5).
            _result.ContactChanged = true;
        }
        if (_running)
            _undo.Add(before);
    }

    bool IsFull(string name)
    {
        if (_contact.Properties.Count < _catalogue.Limits.PropertiesPerContact || (_contact.Properties.TryGetValue(name, out var held) && !held.Value.IsNone))
            return false;
        var count = 0;
        foreach (var property in _contact.Properties.Values)
            if (!property.Value.IsNone)
                count++;
        return count >= _catalogue.Limits.PropertiesPerContact;
    }

    /// <summary>Only texts can make a contact too large: the number of properties is limited too. Asked for long ones, and for any once there are many.</summary>
    bool IsTooLarge(ContactEdit.SetProperty set)
    {
        var length = SizeOf(set.Value);
        if (length < 256 && _contact.Properties.Count < 200)
            return false;
        foreach (var (name, held) in _contact.Properties)
            length += name.Length + (name == set.Name ? 0 : SizeOf(held.Value));
        return length > _catalogue.Limits.ContactBytes;
    }

    static int SizeOf(Value value)
    {
        if (value.Kind == ValueKind.Text)
            return value.AsText.Length;
        if (value.Kind != ValueKind.Texts)
            return 16;
        var length = 0;
        foreach (var text in value.AsTexts)
            length += text.Length;
        return length;
    }

    Instant? TimeOf(ContactEdit edit) => Before(edit).Time;

    /// <summary>The event counts in memory and marks the segments that ask for it.</summary>
    void Remember(ContactEvent occurred)
    {
        Count(new(CounterKind.Total, new(""), 0, "events", ""));
        if (_index.Event(occurred.Name) is not { } concerned)
            return;
        foreach (var aggregate in concerned.Aggregates)
        {
            if (!aggregate.Matches(occurred))
                continue;
            var memory = _contact.Memory.GetValueOrDefault(aggregate.Id);
            var grown = aggregate.Add(memory, occurred, _now);
            if (grown.Kept > (memory?.Kept ?? 0) && IsMemoryFull(grown.Kept))
            {
                _result.RefusedParts.Add(new("memory-full", $"The contact's memory keeps {_catalogue.Limits.MemoryItems} events, its limit: this {occurred.Name} does not count in conditions over a window.", occurred.Name));
                continue;
            }
            if (_running)
                _undo.Add(new() { What = Undo.Kind.Memory, Aggregate = aggregate.Id, Had = memory is not null, Memory = memory });
            _contact.Memory[aggregate.Id] = grown;
            _result.ContactChanged = true;
        }
        foreach (var place in concerned.Segments)
            Mark(place);
    }

    /// <summary>Looked at closely only when one memory is large: most contacts never come near.</summary>
    bool IsMemoryFull(int kept)
    {
        if (kept <= _catalogue.Limits.MemoryItems / 64)
            return false;
        var all = 1;
        foreach (var memory in _contact.Memory.Values)
            all += memory.Kept;
        return all > _catalogue.Limits.MemoryItems;
    }

    // Semantics 16.2: hourly, or each event of a busy visitor would rewrite the row.
    void See(Instant at)
    {
        if (_contact.LastSeenAt is { } seen && at - seen < Duration.FromHours(1))
            return;
        _contact.LastSeenAt = at;
        _result.ContactChanged = true;
    }

    void Mark(int place) => _dirty[place >> 6] |= 1UL << place;

    void Mark(ContactChange change)
    {
        if (_index.Of(change) is { } concerned)
            foreach (var place in concerned.Segments)
                Mark(place);
    }

    void MarkDueFlips()
    {
        foreach (var (segment, flip) in _contact.SegmentFlips)
            if (flip <= _now && _index.PlaceOf(segment) is >= 0 and var place)
                Mark(place);
    }

    /// <summary>Decides the marked segments, lower levels first: a segment marks only higher ones (Semantics 7.5).</summary>
    void Settle()
    {
        for (var word = 0; word < _dirty.Length; word++)
            while (_dirty[word] != 0)
            {
                var bit = BitOperations.TrailingZeroCount(_dirty[word]);
                _dirty[word] &= _dirty[word] - 1;
                Decide(_index.Segments[(word << 6) + bit]);
            }
    }

    void Decide(CompiledSegment segment)
    {
        var isMember = _contact.Segments.Contains(segment.Name);
        if (segment.Filling && !isMember && !IsDecided(segment.Name))
            return;
        // Who is archived is in none (Semantics 6.16), and asked anew when it comes back.
        var truth = _contact.IsArchived ? default : segment.Condition.Evaluate(new(_contact, _now, Zone: _catalogue.Zone));
        SetFlip(segment.Name, truth.FlipsAt ?? (segment.Filling && !truth.Holds ? Decided : null));
        if (truth.Holds == isMember)
            return;
        if (_running)
            _undo.Add(new() { What = Undo.Kind.Segment, Name = segment.Name, Had = isMember });
        if (truth.Holds)
            _contact.Segments.Add(segment.Name);
        else
            _contact.Segments.Remove(segment.Name);
        ContactChange change = truth.Holds ? new ContactChange.SegmentEntered(segment.Name) : new ContactChange.SegmentLeft(segment.Name);
        _result.Changes.Add(change);
        _result.ContactChanged = true;
        Mark(change);
    }

    // Whoever is new has no past to wait for.
    bool IsDecided(string filling) =>
        _input.ContactIsNew || _contact.SegmentFlips.ContainsKey(filling) || (_input.Stimulus is Stimulus.Filled filled && filled.Segments.Contains(filling));

    void SetFlip(string segment, Instant? flip)
    {
        Instant? held = _contact.SegmentFlips.TryGetValue(segment, out var before) ? before : null;
        if (held == flip)
            return;
        if (_running)
            _undo.Add(new() { What = Undo.Kind.Flip, Name = segment, Had = held is not null, At = before });
        _result.ContactChanged = true;
        if (flip is { } at)
            _contact.SegmentFlips[segment] = at;
        else
            _contact.SegmentFlips.Remove(segment);
        Expect(flip);
    }

    /// <summary>Something flips then.</summary>
    void Expect(Instant? flip)
    {
        if (flip is { } at && at < Decided && (_nextFlip is not { } next || at < next))
            _nextFlip = at;
    }

    /// <summary>Sets the contact's one flip timer: only to earlier, unless it has fired (Semantics 7.6).</summary>
    void ArmFlip()
    {
        if (_flipped)
        {
            foreach (var flip in _contact.SegmentFlips.Values)
                Expect(flip);
            foreach (var date in _contact.Dates.Values)
                Expect(date.Due);
            foreach (var left in _contact.Abandoned.Values)
                Expect(left.Due);
            if (_contact.FlipAt != _nextFlip)
            {
                _contact.FlipAt = _nextFlip;
                _result.ContactChanged = true;
            }
        }
        else if (_nextFlip is { } next && (_contact.FlipAt is not { } armed || next < armed))
        {
            _contact.FlipAt = next;
            _result.ContactChanged = true;
        }
    }

    /// <summary>Segments, lists and tags, net of the burst.</summary>
    void CountMembers()
    {
        foreach (var change in _result.Changes)
        {
            var (kind, name, by) = change switch
            {
                ContactChange.SegmentEntered entered => ("segment", entered.Segment, 1),
                ContactChange.SegmentLeft left => ("segment", left.Segment, -1),
                ContactChange.ListJoined joined => ("list", joined.List, 1),
                ContactChange.ListLeft left => ("list", left.List, -1),
                ContactChange.TagAdded added => ("tag", added.Tag, 1),
                ContactChange.TagRemoved removed => ("tag", removed.Tag, -1),
                _ => ("", "", 0),
            };
            if (by != 0 && !_result.Memberships.Remove(new(kind, name, -by)))
                _result.Memberships.Add(new(kind, name, by));
        }
        foreach (var (kind, name, by) in _result.Memberships)
            _result.Count(new(kind switch { "segment" => CounterKind.SegmentMembers, "list" => CounterKind.ListMembers, _ => CounterKind.TagMembers }, new(""), 0, name, ""), by);
    }
}
