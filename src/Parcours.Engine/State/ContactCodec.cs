using System.Collections.Immutable;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.State;

/// <summary>The stored form of a contact: one body that holds all that a burst needs, so that a stimulus costs one row read.</summary>
/// <remarks>
/// Not thread-safe (it reuses its buffers). Memory of aggregates that nobody keeps any more is dropped when a contact is read: should the aggregate come back, it is filled anew (Semantics 7.7),
/// under another generation, so that a memory which slept in a row meanwhile is not counted twice.
/// </remarks>
public sealed class ContactCodec
{
    /// <summary>For a contact of which an enrolment failed that can be put back. Each contact is written in the oldest form that holds it, which programs before this one can read.</summary>
    const byte WithFailed = 7;
    /// <summary>For one that is archived, or barred from a journey.</summary>
    const byte WithStanding = 6;
    /// <summary>For one that left something lying.</summary>
    const byte WithAbandoned = 5;
    /// <summary>For one that has met an experiment.</summary>
    const byte WithExposures = 4;
    /// <summary>For one with messages that frequency caps count.</summary>
    const byte WithSent = 3;
    /// <summary>For one with moments of starting points ahead or behind.</summary>
    const byte WithDates = 2;

    /// <summary>In a rehearsal of an upgrade one process is as if it were of the version before: it neither writes the newest form nor reads it. Fixed at the start, so that it costs nothing.</summary>
    static readonly byte Newest = AppContext.TryGetSwitch(AsBeforeSwitch, out var asBefore) && asBefore ? WithDates : WithFailed;

    public const string AsBeforeSwitch = "Parcours.FormsAsBefore";
    readonly ByteWriter _writer = new();
    readonly ByteWriter _memory = new();

    public byte[] Encode(Contact contact, KeptAggregates kept)
    {
        _writer.Clear();
        Write(contact, kept);
        return _writer.ToArray();
    }

    /// <summary>As <see cref="Encode(Contact, KeptAggregates)"/>, good until the buffer is cleared.</summary>
    public ReadOnlyMemory<byte> Encode(Contact contact, KeptAggregates kept, BodyBuffer into)
    {
        _writer.Clear();
        Write(contact, kept);
        return into.Keep(_writer.Written);
    }

    void Write(Contact contact, KeptAggregates kept)
    {
        var to = _writer;
        var holds = !contact.Failed.IsEmpty ? WithFailed : contact.IsArchived || !contact.Barred.IsEmpty ? WithStanding : contact.Abandoned.Count > 0 ? WithAbandoned : !contact.Exposures.IsEmpty ? WithExposures : !contact.Sent.IsEmpty ? WithSent : contact.Dates.Count > 0 ? WithDates : (byte)1;
        var form = Math.Min(holds, Newest);
        to.Byte(form);
        to.Guid(contact.Id.Value);
        to.Instant(contact.CreatedAt);
        to.OptionalInstant(contact.LastSeenAt);
        to.OptionalInstant(contact.FlipAt);
        to.Boolean(contact.MergedInto is not null);
        if (contact.MergedInto is { } winner)
            to.Guid(winner.Value);
        to.Count(contact.Identities.Count);
        foreach (var identity in contact.Identities)
        {
            to.Byte((byte)identity.Kind);
            to.Text(identity.Value);
        }

        to.Count(contact.Properties.Count);
        foreach (var (name, held) in contact.Properties)
        {
            to.Text(name);
            to.Value(held.Value);
            to.Instant(held.At);
        }

        WriteFlags(to, contact.Tags);
        WriteFlags(to, contact.Lists);
        to.Count(contact.Consents.Count);
        foreach (var (key, held) in contact.Consents)
        {
            to.Text(key.Channel);
            to.Text(key.Topic);
            to.Byte((byte)held.Value);
            to.Instant(held.At);
        }

        to.Count(contact.Suppressed.Count);
        foreach (var address in contact.Suppressed)
            to.Text(address);
        to.Count(contact.Segments.Count);
        foreach (var segment in contact.Segments)
            to.Text(segment);
        to.Count(contact.SegmentFlips.Count);
        foreach (var (segment, at) in contact.SegmentFlips)
        {
            to.Text(segment);
            to.Instant(at);
        }

        to.Count(contact.Memory.Count);
        foreach (var (id, memory) in contact.Memory)
        {
            to.Unsigned(id.Value);
            to.Count(kept.GenerationOf(id));
            _memory.Clear();
            memory.Write(_memory);
            to.Bytes(_memory.Written);
        }

        to.Count(contact.Enrolments.Count);
        foreach (var enrolment in contact.Enrolments)
            EnrolmentCodec.Write(to, enrolment);
        to.Count(contact.Entries.Count);
        foreach (var (journey, entries) in contact.Entries)
        {
            to.Text(journey.Value);
            to.Count(entries.Count);
            to.Instant(entries.LastEnteredAt);
            to.OptionalInstant(entries.LastLeftAt);
            to.Count(entries.Recent.Count);
            foreach (var at in entries.Recent)
                to.Instant(at);
        }

        to.Count(contact.Absorbed.Count);
        foreach (var absorbed in contact.Absorbed)
            to.Guid(absorbed.Value);
        if (form >= WithDates)
            WriteDates(to, contact.Dates);
        if (form >= WithSent)
            WriteSent(to, contact.Sent);
        if (form >= WithExposures)
            WriteExposures(to, contact.Exposures);
        if (form >= WithAbandoned)
            WriteAbandoned(to, contact.Abandoned);
        if (form >= WithStanding)
            WriteStanding(to, contact);
        if (form >= WithFailed)
            WriteFailed(to, contact.Failed);
    }

    static void WriteFailed(ByteWriter to, ImmutableArray<Enrolment> failed)
    {
        to.Count(failed.Length);
        foreach (var enrolment in failed)
            EnrolmentCodec.Write(to, enrolment);
    }

    static ImmutableArray<Enrolment> ReadFailed(ref ByteReader from)
    {
        var failed = ImmutableArray.CreateBuilder<Enrolment>();
        for (var count = from.Count(); count > 0; count--)
            failed.Add(EnrolmentCodec.Read(ref from));
        return failed.ToImmutable();
    }

    static void WriteStanding(ByteWriter to, Contact contact)
    {
        to.OptionalInstant(contact.ArchivedAt);
        to.Count(contact.Barred.Length);
        foreach (var journey in contact.Barred)
            to.Text(journey.Value);
    }

    static void ReadStanding(ref ByteReader from, Contact contact)
    {
        contact.ArchivedAt = from.OptionalInstant();
        var barred = ImmutableArray.CreateBuilder<JourneyId>(from.Count());
        for (var count = barred.Capacity; count > 0; count--)
            barred.Add(new(from.Name()));
        contact.Barred = barred.MoveToImmutable();
    }

    static void WriteExposures(ByteWriter to, ImmutableArray<ExposureMark> exposures)
    {
        to.Count(exposures.Length);
        foreach (var mark in exposures)
        {
            to.Text(mark.Journey.Value);
            to.Text(mark.Point);
            to.Count(mark.Version);
            to.Unsigned(mark.Trial);
            to.Text(mark.Path);
            to.Instant(mark.At);
            to.Instant(mark.Until);
            to.Boolean(mark.Converted);
        }
    }

    static ImmutableArray<ExposureMark> ReadExposures(ref ByteReader from)
    {
        var exposures = ImmutableArray.CreateBuilder<ExposureMark>();
        for (var count = from.Count(); count > 0; count--)
            exposures.Add(new(new(from.Name()), from.Name(), from.Count(), (uint)from.Unsigned(), from.Name(), from.Instant(), from.Instant(), from.Boolean()));
        return exposures.ToImmutable();
    }

    static void WriteSent(ByteWriter to, ImmutableArray<SentMark> sent)
    {
        to.Count(sent.Length);
        foreach (var mark in sent)
        {
            to.Guid(mark.Key.Value);
            to.Text(mark.Channel);
            to.Text(mark.Topic);
            to.Instant(mark.At);
            to.Boolean(mark.Pending);
        }
    }

    static ImmutableArray<SentMark> ReadSent(ref ByteReader from)
    {
        var sent = ImmutableArray.CreateBuilder<SentMark>();
        for (var count = from.Count(); count > 0; count--)
            sent.Add(new(new(from.Guid()), from.Name(), from.Name(), from.Instant(), from.Boolean()));
        return sent.ToImmutable();
    }

    static void WriteAbandoned(ByteWriter to, SmallDictionary<(JourneyId Journey, string Start), AbandonMark> abandoned)
    {
        to.Count(abandoned.Count);
        foreach (var (key, mark) in abandoned)
        {
            to.Text(key.Journey.Value);
            to.Text(key.Start);
            to.Unsigned(mark.Rule);
            to.OptionalInstant(mark.Due);
            to.Text(mark.Event);
            to.Instant(mark.At);
            to.Bytes(mark.Data.Json.Span);
            to.Count(mark.Seen.Length);
            foreach (var (item, times) in mark.Seen)
            {
                to.Text(item);
                to.Count(times.Length);
                foreach (var at in times)
                    to.Instant(at);
            }
        }
    }

    static AbandonMark ReadAbandoned(ref ByteReader from)
    {
        var (rule, due, name, at, data) = ((uint)from.Unsigned(), from.OptionalInstant(), from.Name(), from.Instant(), new EventProperties(from.Bytes().ToArray()));
        var seen = ImmutableArray.CreateBuilder<SeenItem>();
        for (var count = from.Count(); count > 0; count--)
        {
            var item = from.Text();
            var times = ImmutableArray.CreateBuilder<NodaTime.Instant>();
            for (var more = from.Count(); more > 0; more--)
                times.Add(from.Instant());
            seen.Add(new(item, times.ToImmutable()));
        }

        return new(rule, due, name, at, data, seen.ToImmutable());
    }

    static void WriteDates(ByteWriter to, SmallDictionary<(JourneyId Journey, string Start), DateMark> dates)
    {
        to.Count(dates.Count);
        foreach (var (key, mark) in dates)
        {
            to.Text(key.Journey.Value);
            to.Text(key.Start);
            to.Unsigned(mark.Rule);
            to.OptionalInstant(mark.Due);
            to.Value(mark.Day is { } day ? Value.Of(day) : Value.None);
            to.Value(mark.Last is { } last ? Value.Of(last) : Value.None);
        }
    }

    static void WriteFlags(ByteWriter to, SmallDictionary<string, Timed<bool>> flags)
    {
        to.Count(flags.Count);
        foreach (var (name, held) in flags)
        {
            to.Text(name);
            to.Boolean(held.Value);
            to.Instant(held.At);
        }
    }

    public static Contact Decode(ReadOnlySpan<byte> body, KeptAggregates kept)
    {
        var from = new ByteReader(body);
        var version = from.Version(Newest);
        var contact = new Contact(new(from.Guid()), from.Instant())
        {
            LastSeenAt = from.OptionalInstant(),
            FlipAt = from.OptionalInstant(),
            MergedInto = from.Boolean() ? new ContactId(from.Guid()) : null,
        };
        for (var count = from.Count(); count > 0; count--)
            contact.Identities.Add(new((IdentityKind)from.Byte(), from.Text()));
        for (var count = from.Count(); count > 0; count--)
            contact.Properties.Add(from.Name(), new(from.Value(), from.Instant()));
        ReadFlags(ref from, contact.Tags);
        ReadFlags(ref from, contact.Lists);
        for (var count = from.Count(); count > 0; count--)
            contact.Consents.Add((from.Name(), from.Name()), new((ConsentState)from.Byte(), from.Instant()));
        for (var count = from.Count(); count > 0; count--)
            contact.Suppressed.Add(from.Text());
        for (var count = from.Count(); count > 0; count--)
            contact.Segments.Add(from.Name());
        for (var count = from.Count(); count > 0; count--)
            contact.SegmentFlips.Add(from.Name(), from.Instant());
        for (var count = from.Count(); count > 0; count--)
        {
            var id = new AggregateId(from.Unsigned());
            var generation = from.Count();
            var stored = from.Bytes();
            if (kept.Find(id, generation) is { } definition)
                contact.Memory.Add(id, definition.Read(stored));
        }

        for (var count = from.Count(); count > 0; count--)
            contact.Enrolments.Add(EnrolmentCodec.Read(ref from));
        for (var count = from.Count(); count > 0; count--)
            ReadEntries(ref from, contact);
        for (var count = from.Count(); count > 0; count--)
            contact.Absorbed.Add(new(from.Guid()));
        for (var count = version >= WithDates ? from.Count() : 0; count > 0; count--)
            contact.Dates.Add((new(from.Name()), from.Name()), new((uint)from.Unsigned(), from.OptionalInstant(), Day(from.Value()), Day(from.Value())));
        if (version >= WithSent)
            contact.Sent = ReadSent(ref from);
        if (version >= WithExposures)
            contact.Exposures = ReadExposures(ref from);
        for (var count = version >= WithAbandoned ? from.Count() : 0; count > 0; count--)
            contact.Abandoned.Add((new(from.Name()), from.Name()), ReadAbandoned(ref from));
        if (version >= WithStanding)
            ReadStanding(ref from, contact);
        if (version >= WithFailed)
            contact.Failed = ReadFailed(ref from);
        return contact;
    }

    static NodaTime.LocalDate? Day(Value value) => value.IsNone ? null : value.AsDate;

    static void ReadEntries(ref ByteReader from, Contact contact)
    {
        var journey = new JourneyId(from.Name());
        var entries = from.Count();
        var entered = from.Instant();
        var left = from.OptionalInstant();
        var recent = new NodaTime.Instant[from.Count()];
        for (var index = 0; index < recent.Length; index++)
            recent[index] = from.Instant();
        contact.Entries.Add(journey, new(entries, entered, left, recent));
    }

    static void ReadFlags(ref ByteReader from, SmallDictionary<string, Timed<bool>> flags)
    {
        for (var count = from.Count(); count > 0; count--)
            flags.Add(from.Name(), new(from.Boolean(), from.Instant()));
    }
}
