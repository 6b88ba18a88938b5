using System.Collections.Immutable;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.State;

/// <summary>The stored form of an enrolment: inside its contact while it is in progress, and in its own row.</summary>
public static class EnrolmentCodec
{
    /// <summary>Without the newest version that left it where it was, and without the version of each message.</summary>
    const byte BeforeVersions = 1;
    /// <summary>With what it drew at splits whose shares were set; like those before it written for those alone that need it, since programs before this one read the older forms.</summary>
    const byte Newest = 5;
    /// <summary>With where it stood when it failed.</summary>
    const byte WithStood = 4;
    /// <summary>With what it has asked of allocators.</summary>
    const byte WithClaims = 3;
    const byte WithVersions = 2;

    public static void Write(ByteWriter to, Enrolment enrolment)
    {
        var form = !enrolment.Draws.IsEmpty ? Newest : enrolment.State is EnrolmentState.Ended { Stood: not null } ? WithStood : enrolment.Claims.IsEmpty ? WithVersions : WithClaims;
        to.Byte(form);
        to.Guid(enrolment.Contact.Value);
        to.Guid(enrolment.Id.Value);
        to.Text(enrolment.Journey.Value);
        to.Count(enrolment.Version);
        to.Count(enrolment.Number);
        to.Instant(enrolment.StartedAt);
        to.Instant(enrolment.StartOccurredAt);
        to.Text(enrolment.StartingPoint);
        to.OptionalText(enrolment.EventKey);
        to.OptionalText(enrolment.StartEvent);
        to.Count(enrolment.Revision);
        WriteState(to, enrolment.State);
        to.Count(enrolment.Visits.Count);
        foreach (var (point, visits) in enrolment.Visits)
        {
            to.Text(point);
            to.Count(visits);
        }

        to.Count(enrolment.Messages.Length);
        foreach (var message in enrolment.Messages)
            WriteMessage(to, message);
        to.Bytes(enrolment.Data.Json.Length <= 2 ? [] : enrolment.Data.Json.Span);
        to.Count(enrolment.Settled);
        if (form >= WithClaims)
            WriteClaims(to, enrolment.Claims);
        if (form < Newest)
            return;
        to.Count(enrolment.Draws.Length);
        foreach (var (point, path) in enrolment.Draws)
        {
            to.Text(point);
            to.Text(path);
        }
    }

    public static Enrolment Read(ReadOnlySpan<byte> bytes)
    {
        var from = new ByteReader(bytes);
        return Read(ref from);
    }

    public static Enrolment Read(ref ByteReader from)
    {
        var form = from.Version(Newest);
        var (contact, id, journey, version) = (from.Guid(), from.Guid(), from.Name(), from.Count());
        return new()
        {
            Contact = new(contact),
            Id = new(id),
            Journey = new(journey),
            Version = version,
            Number = from.Count(),
            StartedAt = from.Instant(),
            StartOccurredAt = from.Instant(),
            StartingPoint = from.Name(),
            EventKey = from.OptionalText(),
            StartEvent = from.OptionalName(),
            Revision = from.Count(),
            State = ReadState(ref from),
            Visits = ReadVisits(ref from),
            Messages = ReadMessages(ref from, form > BeforeVersions ? null : version),
            Data = new(from.Bytes().ToArray()),
            Settled = form > BeforeVersions ? from.Count() : 0,
            Claims = form > WithVersions ? ReadClaims(ref from) : [],
            Draws = form > WithStood ? ReadDraws(ref from) : [],
        };
    }

    static ImmutableArray<SplitDraw> ReadDraws(ref ByteReader from)
    {
        var draws = ImmutableArray.CreateBuilder<SplitDraw>();
        for (var count = from.Count(); count > 0; count--)
            draws.Add(new(from.Name(), from.Name()));
        return draws.ToImmutable();
    }

    static void WriteClaims(ByteWriter to, ImmutableArray<Claim> claims)
    {
        to.Count(claims.Length);
        foreach (var claim in claims)
        {
            to.Text(claim.Allocator.ToString());
            to.Guid(claim.Ask.Value);
            to.Text(claim.Point);
            to.Count(claim.Visit);
            to.Boolean(claim.Answer is not null);
            if (claim.Answer is { } answer)
                AllocatorCodec.Write(to, answer);
        }
    }

    static ImmutableArray<Claim> ReadClaims(ref ByteReader from)
    {
        var claims = ImmutableArray.CreateBuilder<Claim>();
        for (var count = from.Count(); count > 0; count--)
            claims.Add(new(AllocatorId.Parse(from.Name()), new(from.Guid()), from.Name(), from.Count(), from.Boolean() ? AllocatorCodec.ReadAnswer(ref from) : null));
        return claims.ToImmutable();
    }

    static void WriteState(ByteWriter to, EnrolmentState state)
    {
        switch (state)
        {
            case EnrolmentState.Waiting waiting:
                to.Byte(1);
                WriteWaiting(to, waiting);
                break;
            case EnrolmentState.Ended ended:
                to.Byte((byte)(ended.Stood is null ? 2 : 3));
                to.Byte((byte)ended.Outcome);
                to.Instant(ended.At);
                to.OptionalText(ended.Why);
                to.OptionalText(ended.Point);
                if (ended.Stood is { } stood)
                    WriteWaiting(to, stood);
                break;
            default: throw new System.Diagnostics.UnreachableException($"No stored form for {state.GetType().Name}.");
        }
    }

    static void WriteWaiting(ByteWriter to, EnrolmentState.Waiting waiting)
    {
        to.Text(waiting.Point);
        to.Instant(waiting.Since);
        to.OptionalInstant(waiting.Wait.Due);
        to.Byte((byte)waiting.Wait.Queue);
        to.Text(waiting.Wait.Reason);
        to.OptionalText(waiting.Wait.Intention);
        to.Boolean(waiting.Wait.Noted);
    }

    static EnrolmentState ReadState(ref ByteReader from)
    {
        switch (from.Byte())
        {
            case 1: return ReadWaiting(ref from);
            case 2: return ReadEnded(ref from);
            case 3: return ReadEnded(ref from) with { Stood = ReadWaiting(ref from) };
            case var unknown: throw new UnknownFormException($"A stored enrolment has the unknown state {unknown}.");
        }
    }

    static EnrolmentState.Waiting ReadWaiting(ref ByteReader from) =>
        new(from.Name(), from.Instant(), new Wait(from.OptionalInstant(), (TimerQueue)from.Byte(), from.Name(), from.OptionalText(), from.Boolean()));

    static EnrolmentState.Ended ReadEnded(ref ByteReader from) => new((Outcome)from.Byte(), from.Instant(), from.OptionalName(), from.OptionalName());

    static SmallDictionary<string, int> ReadVisits(ref ByteReader from)
    {
        var count = from.Count();
        if (count == 0)
            return Enrolment.NoVisits;
        var visits = new SmallDictionary<string, int>();
        // A count that is not followed by as many is told by the reader; room for it is not made before.
        visits.EnsureCapacity(Math.Min(count, 64));
        for (var index = 0; index < count; index++)
            visits.Add(from.Name(), from.Count());
        return visits;
    }

    static void WriteMessage(ByteWriter to, EnrolmentMessage message)
    {
        to.Guid(message.Key.Value);
        to.Text(message.Point);
        to.Count(message.Visit);
        to.Byte((byte)message.Status);
        to.Instant(message.At);
        to.Byte((byte)((message.Opened ? 1 : 0) | (message.Clicked ? 2 : 0)));
        to.Count(message.Links.Length);
        foreach (var link in message.Links)
            to.Text(link);
        to.Count(message.Version);
    }

    /// <param name="version">Of all of them, in the older form.</param>
    static ImmutableArray<EnrolmentMessage> ReadMessages(ref ByteReader from, int? version)
    {
        var messages = ImmutableArray.CreateBuilder<EnrolmentMessage>(from.Count());
        for (var index = messages.Capacity; index > 0; index--)
        {
            var key = new MessageKey(from.Guid());
            var point = from.Name();
            var visit = from.Count();
            var status = (MessageStatus)from.Byte();
            var at = from.Instant();
            var flags = from.Byte();
            var links = ImmutableArray.CreateBuilder<string>(from.Count());
            for (var link = links.Capacity; link > 0; link--)
                links.Add(from.Text());
            messages.Add(new(key, point, visit, status, at, (flags & 1) != 0, (flags & 2) != 0, links.MoveToImmutable(), version ?? from.Count()));
        }

        return messages.MoveToImmutable();
    }
}
