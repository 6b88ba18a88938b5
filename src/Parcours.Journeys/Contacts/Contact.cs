using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Contacts;

/// <summary>A value and when it was said: the later time wins, on a tie the later entry (Semantics 2.5).</summary>
public readonly record struct Timed<T>(T Value, Instant At);

/// <summary>What names a contact from outside, strongest first (Semantics 4.1). The numbers are stored.</summary>
public enum IdentityKind : byte
{
    UserId = 1,
    Email = 2,
    Phone = 3,
    AnonymousId = 4,
}

/// <summary>One identity, normalised (Semantics 4.3).</summary>
public readonly record struct Identity(IdentityKind Kind, string Value);

/// <summary>How often and when a contact entered one journey: what re-entry rules ask (Semantics 3.6, 6.9).</summary>
/// <param name="Count">All entries ever.</param>
/// <param name="Recent">The entries of the last 24 h, oldest first, at most 100.</param>
public sealed record EntryRecord(int Count, Instant LastEnteredAt, Instant? LastLeftAt, IReadOnlyList<Instant> Recent);

/// <summary>Everything that the machine knows of one contact: what is loaded before a burst and stored after it.</summary>
/// <remarks>
/// Not thread-safe; a burst works on a <see cref="Clone"/> of the committed one, so readers never see half a burst and a failed burst is dropped whole.
/// Tags, lists, properties and consents that were taken away stay as tombstones with their time, so that an older "add" arriving later changes nothing.
/// </remarks>
public sealed partial class Contact
{
    public Contact(ContactId id, Instant createdAt) => (Id, CreatedAt) = (id, createdAt);

    public ContactId Id { get; }
    public Instant CreatedAt { get; }
    /// <summary>Written at most hourly (Semantics 16.2).</summary>
    public Instant? LastSeenAt { get; set; }

    public List<Identity> Identities { get; private set; } = [];
    public SmallDictionary<string, Timed<Value>> Properties { get; private init; } = new();
    public SmallDictionary<string, Timed<bool>> Tags { get; private init; } = new();
    public SmallDictionary<string, Timed<bool>> Lists { get; private init; } = new();
    public SmallDictionary<(string Channel, string Topic), Timed<ConsentState>> Consents { get; private init; } = new();
    /// <summary>Addresses (normalised) that may not be written to: bounced or complained (Semantics 10.4).</summary>
    public NameSet Suppressed { get; private init; } = new();

    /// <summary>Marketing messages that frequency caps count (Semantics 10.2).</summary>
    public ImmutableArray<SentMark> Sent { get; set; } = [];

    /// <summary>The experiments that the contact has met (Semantics 6.13).</summary>
    public ImmutableArray<ExposureMark> Exposures { get; set; } = [];

    /// <summary>Segments of which the contact is a member, by name.</summary>
    public NameSet Segments { get; private init; } = new();
    /// <summary>When a segment's condition would flip with nothing else happening; only those that would.</summary>
    public SmallDictionary<string, Instant> SegmentFlips { get; private init; } = new();
    /// <summary>The moments of starting points on dates, by journey and starting point; only those of which there is something to say.</summary>
    public SmallDictionary<(JourneyId Journey, string Start), DateMark> Dates { get; private init; } = new();
    /// <summary>What the contact left lying, by journey and starting point (Semantics 6.14).</summary>
    public SmallDictionary<(JourneyId Journey, string Start), AbandonMark> Abandoned { get; private init; } = new();
    /// <summary>Condition memory by aggregate (Semantics 7.1–7.4).</summary>
    public SmallDictionary<AggregateId, AggregateMemory> Memory { get; private init; } = new();

    /// <summary>Enrolments in progress, oldest first.</summary>
    public List<Enrolment> Enrolments { get; private set; } = [];
    public SmallDictionary<JourneyId, EntryRecord> Entries { get; private init; } = new();
    /// <summary>Enrolments that failed, with all that they need to go on where somebody puts them back (Semantics 3.8): the newest, oldest first.</summary>
    public ImmutableArray<Enrolment> Failed { get; set; } = [];

    /// <summary>The contacts that were merged into this one (Semantics 4.5).</summary>
    public List<ContactId> Absorbed { get; private set; } = [];
    /// <summary>Set on a tombstone: who has absorbed this contact.</summary>
    public ContactId? MergedInto { get; set; }

    /// <summary>Nothing is left of it but its id (Semantics 12.1).</summary>
    public bool IsErased => MergedInto == ContactId.Nobody;

    /// <summary>The one flip timer (Semantics 7.6): moved only to earlier; one that fires too early re-arms.</summary>
    public Instant? FlipAt { get; set; }

    public Value Property(string name) => Properties.TryGetValue(name, out var held) ? held.Value : Value.None;
    public bool HasTag(string tag) => Tags.TryGetValue(tag, out var held) && held.Value;
    public bool IsOn(string list) => Lists.TryGetValue(list, out var held) && held.Value;

    /// <summary>The state on exactly this channel and topic; a refusal of <c>*</c> refuses every topic.</summary>
    public ConsentState Consent(string channel, string topic)
    {
        if (Consents.TryGetValue((channel, "*"), out var all) && all.Value == ConsentState.Refused)
            return ConsentState.Refused;
        return Consents.TryGetValue((channel, topic), out var held) ? held.Value : ConsentState.Unknown;
    }

    public string? IdentityOf(IdentityKind kind)
    {
        foreach (var identity in Identities)
            if (identity.Kind == kind)
                return identity.Value;
        return null;
    }

    /// <summary>Carries out an order as of a time.</summary>
    /// <returns>What changed; null when something later was said already, or nothing is different.</returns>
    public ContactChange? Apply(ContactEdit edit, Instant at, Origin origin)
    {
        switch (edit)
        {
            case ContactEdit.SetProperty set:
                var before = Property(set.Name);
                if (Properties.TryGetValue(set.Name, out var held) && held.At > at)
                    return null;
                if (set.Value.IsNone && before.IsNone)
                    return null;
                Properties[set.Name] = new(set.Value, at);
                return before == set.Value ? null : new ContactChange.PropertySet(set.Name, before, set.Value);
            case ContactEdit.AddTag add:
                return Flip(Tags, add.Tag, true, at) ? new ContactChange.TagAdded(add.Tag) : null;
            case ContactEdit.RemoveTag remove:
                return Flip(Tags, remove.Tag, false, at) ? new ContactChange.TagRemoved(remove.Tag) : null;
            case ContactEdit.JoinList join:
                return Flip(Lists, join.List, true, at) ? new ContactChange.ListJoined(join.List) : null;
            case ContactEdit.LeaveList leave:
                return Flip(Lists, leave.List, false, at) ? new ContactChange.ListLeft(leave.List) : null;
            case ContactEdit.SetConsent consent:
                return SetConsent(consent, at, origin);
            case ContactEdit.Suppress { On: true } suppress:
                Suppressed.Add(suppress.Address);
                return null;
            case ContactEdit.Suppress release:
                // Semantics 2.5: no import and no bulk order lifts a suppression.
                if (origin == Origin.Person)
                    Suppressed.Remove(release.Address);
                return null;
            case ContactEdit.Bar bar:
                return Bar(bar, origin);
            case ContactEdit.Archive archive:
                return Archive(archive.On, at, origin);
            default:
                throw new System.Diagnostics.UnreachableException($"{edit.GetType().Name} is no edit that a contact knows.");
        }
    }

    ContactChange.ConsentChanged? SetConsent(ContactEdit.SetConsent consent, Instant at, Origin origin)
    {
        var key = (consent.Channel, consent.Topic);
        var has = Consents.TryGetValue(key, out var held);
        if (has && held.At > at)
            return null;
        // Semantics 2.5: no import lifts an opt-out, whatever its time.
        if (has && held.Value == ConsentState.Refused && consent.State != ConsentState.Refused && origin is Origin.Import or Origin.Fill)
            return null;
        var before = has ? held.Value : ConsentState.Unknown;
        Consents[key] = new(consent.State, at);
        return before == consent.State ? null : new(consent.Channel, consent.Topic, before, consent.State);
    }

    static bool Flip(SmallDictionary<string, Timed<bool>> held, string name, bool now, Instant at)
    {
        var has = held.TryGetValue(name, out var before);
        if (has && before.At > at)
            return false;
        if (!has && !now)
            return false;
        held[name] = new(now, at);
        return before.Value != now;
    }

    /// <summary>A copy that a burst may change; values and memories inside are immutable and shared.</summary>
    public Contact Clone() => new(Id, CreatedAt)
    {
        LastSeenAt = LastSeenAt,
        Identities = [.. Identities],
        Properties = new(Properties),
        Tags = new(Tags),
        Lists = new(Lists),
        Consents = new(Consents),
        Suppressed = new(Suppressed),
        Sent = Sent,
        Exposures = Exposures,
        Barred = Barred,
        ArchivedAt = ArchivedAt,
        Segments = new(Segments),
        SegmentFlips = new(SegmentFlips),
        Dates = new(Dates),
        Abandoned = new(Abandoned),
        Memory = new(Memory),
        Enrolments = [.. Enrolments],
        Entries = new(Entries),
        Failed = Failed,
        Absorbed = [.. Absorbed],
        MergedInto = MergedInto,
        FlipAt = FlipAt,
    };
}
