using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>One value of a contact before a run changed it (Semantics 3.8). A struct with a field a kind: no boxing on the way of every effect.</summary>
struct Undo
{
    public enum Kind : byte { Nothing, Property, Tag, List, Consent, Memory, Segment, Flip, Archived }

    public Kind What;
    /// <summary>Whether there was a value; of a segment: whether the contact was a member.</summary>
    public bool Had;
    public string Name;
    public string Topic;
    public AggregateId Aggregate;
    public Value Value;
    public bool Flag;
    public ConsentState Consent;
    public Instant At;
    public AggregateMemory? Memory;

    /// <summary>When the value before was said; null if there was none.</summary>
    public readonly Instant? Time => Had ? At : null;

    public readonly void Restore(Contact contact)
    {
        switch (What)
        {
            case Kind.Property: Put(contact.Properties, Name, new Timed<Value>(Value, At)); break;
            case Kind.Tag: Put(contact.Tags, Name, new Timed<bool>(Flag, At)); break;
            case Kind.List: Put(contact.Lists, Name, new Timed<bool>(Flag, At)); break;
            case Kind.Consent: Put(contact.Consents, (Name, Topic), new Timed<ConsentState>(Consent, At)); break;
            case Kind.Memory: Put(contact.Memory, Aggregate, Memory!); break;
            case Kind.Flip: Put(contact.SegmentFlips, Name, At); break;
            case Kind.Archived: contact.ArchivedAt = Time; break;
            case Kind.Segment when Had: contact.Segments.Add(Name); break;
            case Kind.Segment: contact.Segments.Remove(Name); break;
            default: break;
        }
    }

    readonly void Put<TKey, TValue>(SmallDictionary<TKey, TValue> held, TKey key, TValue value)
        where TKey : notnull
    {
        if (Had)
            held[key] = value;
        else
            held.Remove(key);
    }
}

sealed partial class BurstRun
{
    /// <summary>What the order would change, as it is now.</summary>
    Undo Before(ContactEdit edit)
    {
        switch (edit)
        {
            case ContactEdit.SetProperty set:
                var hasValue = _contact.Properties.TryGetValue(set.Name, out var value);
                return new() { What = Undo.Kind.Property, Name = set.Name, Had = hasValue, Value = value.Value, At = value.At };
            case ContactEdit.AddTag add: return Before(_contact.Tags, add.Tag, Undo.Kind.Tag);
            case ContactEdit.RemoveTag remove: return Before(_contact.Tags, remove.Tag, Undo.Kind.Tag);
            case ContactEdit.JoinList join: return Before(_contact.Lists, join.List, Undo.Kind.List);
            case ContactEdit.LeaveList leave: return Before(_contact.Lists, leave.List, Undo.Kind.List);
            case ContactEdit.SetConsent consent:
                var hasConsent = _contact.Consents.TryGetValue((consent.Channel, consent.Topic), out var state);
                return new() { What = Undo.Kind.Consent, Name = consent.Channel, Topic = consent.Topic, Had = hasConsent, Consent = state.Value, At = state.At };
            case ContactEdit.Archive: return new() { What = Undo.Kind.Archived, Had = _contact.IsArchived, At = _contact.ArchivedAt ?? default };
            // Bars come from outside only, so that no run ever has to undo one.
            default: return default;
        }
    }

    static Undo Before(SmallDictionary<string, Timed<bool>> held, string name, Undo.Kind kind)
    {
        var had = held.TryGetValue(name, out var before);
        return new() { What = kind, Name = name, Had = had, Flag = before.Value, At = before.At };
    }
}
