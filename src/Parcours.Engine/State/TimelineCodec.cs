using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.State;

/// <summary>What one burst left in a contact's timeline: the points passed, and what changed.</summary>
public sealed record TimelineBody(ImmutableArray<Trail> Trails, ImmutableArray<ContactChange> Changes)
{
    public static TimelineBody Empty { get; } = new([], []);
}

/// <summary>Stored form of <see cref="TimelineBody"/>; an empty body says that only the event itself is to be shown.</summary>
public sealed class TimelineCodec
{
    const byte Newest = 1;
    readonly ByteWriter _writer = new();

    /// <summary>Good until the buffer is cleared.</summary>
    public ReadOnlyMemory<byte> Encode(BurstResult result, BodyBuffer into)
    {
        if (result.Trails.Count == 0 && result.Changes.Count == 0)
            return default;
        var to = _writer;
        to.Clear();
        to.Byte(Newest);
        to.Count(result.Trails.Count);
        foreach (var trail in result.Trails)
            WriteTrail(to, trail);
        to.Count(Kept(result.Changes));
        foreach (var change in result.Changes)
            if (change is not ContactChange.JourneyMoved)
                WriteChange(to, change);
        return into.Keep(to.Written);
    }

    public static TimelineBody Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return TimelineBody.Empty;
        var from = new ByteReader(bytes);
        from.Version(Newest);
        var trails = ImmutableArray.CreateBuilder<Trail>(from.Count());
        for (var count = trails.Capacity; count > 0; count--)
            trails.Add(ReadTrail(ref from));
        var changes = ImmutableArray.CreateBuilder<ContactChange>(from.Count());
        for (var count = changes.Capacity; count > 0; count--)
            changes.Add(ReadChange(ref from));
        return new(trails.MoveToImmutable(), changes.MoveToImmutable());
    }

    /// <summary>Where contacts stand in a journey, its trail says.</summary>
    static int Kept(List<ContactChange> changes)
    {
        var kept = changes.Count;
        foreach (var change in changes)
            if (change is ContactChange.JourneyMoved)
                kept--;
        return kept;
    }

    static void WriteTrail(ByteWriter to, Trail trail)
    {
        to.Guid(trail.Enrolment.Value);
        to.Text(trail.Journey.Value);
        to.Count(trail.Version);
        to.Instant(trail.At);
        to.Text(trail.Cause);
        to.Count(trail.Steps.Length);
        foreach (var step in trail.Steps)
        {
            to.Text(step.Point);
            to.OptionalText(step.Edge);
            to.Unsigned(step.Bits);
            to.OptionalText(step.Detail);
        }
    }

    static Trail ReadTrail(ref ByteReader from)
    {
        var enrolment = new EnrolmentId(from.Guid());
        var journey = new JourneyId(from.Text());
        var version = from.Count();
        var at = from.Instant();
        var cause = from.Text();
        var steps = ImmutableArray.CreateBuilder<TrailStep>(from.Count());
        for (var count = steps.Capacity; count > 0; count--)
            steps.Add(new(from.Text(), from.OptionalText(), from.Unsigned(), from.OptionalText()));
        return new(enrolment, journey, version, at, cause, steps.MoveToImmutable());
    }

    static void WriteChange(ByteWriter to, ContactChange change)
    {
        switch (change)
        {
            case ContactChange.PropertySet set: to.Byte(1); to.Text(set.Name); to.Value(set.Before); to.Value(set.After); break;
            case ContactChange.TagAdded added: to.Byte(2); to.Text(added.Tag); break;
            case ContactChange.TagRemoved removed: to.Byte(3); to.Text(removed.Tag); break;
            case ContactChange.ListJoined joined: to.Byte(4); to.Text(joined.List); break;
            case ContactChange.ListLeft left: to.Byte(5); to.Text(left.List); break;
            case ContactChange.SegmentEntered entered: to.Byte(6); to.Text(entered.Segment); break;
            case ContactChange.SegmentLeft left: to.Byte(7); to.Text(left.Segment); break;
            case ContactChange.ConsentChanged consent:
                to.Byte(8);
                to.Text(consent.Channel);
                to.Text(consent.Topic);
                to.Byte((byte)consent.Before);
                to.Byte((byte)consent.After);
                break;
            case ContactChange.JourneyLeft left: to.Byte(9); to.Text(left.Journey.Value); to.Guid(left.Enrolment.Value); to.Byte((byte)left.Outcome); break;
            case ContactChange.JourneyBarred barred: to.Byte(10); to.Text(barred.Journey.Value); to.Boolean(barred.On); break;
            case ContactChange.Archived archived: to.Byte(11); to.Boolean(archived.On); break;
            default: throw new System.Diagnostics.UnreachableException($"No stored form for {change.GetType().Name}.");
        }
    }

    static ContactChange ReadChange(ref ByteReader from) => from.Byte() switch
    {
        1 => new ContactChange.PropertySet(from.Text(), from.Value(), from.Value()),
        2 => new ContactChange.TagAdded(from.Text()),
        3 => new ContactChange.TagRemoved(from.Text()),
        4 => new ContactChange.ListJoined(from.Text()),
        5 => new ContactChange.ListLeft(from.Text()),
        6 => new ContactChange.SegmentEntered(from.Text()),
        7 => new ContactChange.SegmentLeft(from.Text()),
        8 => new ContactChange.ConsentChanged(from.Text(), from.Text(), (ConsentState)from.Byte(), (ConsentState)from.Byte()),
        9 => new ContactChange.JourneyLeft(new(from.Text()), new(from.Guid()), (Outcome)from.Byte()),
        10 => new ContactChange.JourneyBarred(new(from.Text()), from.Boolean()),
        11 => new ContactChange.Archived(from.Boolean()),
        var unknown => throw new UnknownFormException($"A timeline row has the unknown change {unknown}."),
    };
}
