using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.State;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Engine.Tests;

/// <summary>What is stored is read as it was written, in each form that there was; a form or a kind that this program does not know is told from one that is damaged. Semantics 13.3, 13.4.</summary>
public sealed class StoredFormTests
{
    static readonly ContactId Ada = ContactId.Create(1, 1_700_000_000_000, 1);

    /// <summary>Every stored form of this program: how it is written and how it is read.</summary>
    static readonly Dictionary<string, (Func<byte[]> Write, Action<byte[]> Read)> Forms = new()
    {
        [nameof(EntryCodec)] = (() => new EntryCodec().Encode(Move), bytes => EntryCodec.Decode(bytes)),
        [nameof(ContactCodec)] = (ContactBytes, bytes => ContactCodec.Decode(bytes, KeptAggregates.None)),
        [nameof(EnrolmentCodec)] = (() => EnrolmentBytes([Asked], Stood, new SplitDraw("half", "a")), bytes => EnrolmentCodec.Read(bytes)),
        [nameof(TimelineCodec)] = (TimelineBytes, bytes => TimelineCodec.Decode(bytes)),
        [nameof(MessageDataCodec)] = (MessageBytes, bytes => MessageDataCodec.Read(bytes)),
        [nameof(AllocatorCodec)] = (() => AllocatorCodec.Encode(new() { Numbers = 3, Turns = { ["eva"] = -2 } }), bytes => AllocatorCodec.Decode(bytes)),
        ["memory"] = (MemoryBytes, bytes => Aggregate.Read(bytes)),
    };

    static EntryBody Move => new EntryBody.Move(new(Guid.Empty), "mail", null);
    static AggregateDefinition Aggregate => ConditionCompiler.Compile(Condition.FromJson("""{"kind":"event","events":["visit"],"is":"did","window":{"last":"P30D"}}""")).Aggregates.Single();

    static ExposureMark Mark => new(new("wishes"), "subject", 2, 0xFFFF_0001, "short", World.Monday9, World.Monday9 + Duration.FromDays(7), Converted: true);

    static byte[] ContactBytes()
    {
        var contact = new Contact(Ada, World.Monday9);
        // With all that a contact can have: the newest form.
        contact.Dates[(new("wishes"), "birthday")] = new(7, World.Monday9, new(2026, 3, 2), new(2025, 3, 2));
        contact.Sent = [new(new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), "email", "news", World.Monday9, Pending: true)];
        contact.Exposures = [Mark];
        contact.Abandoned[(new("basket"), "left")] = new(9, World.Monday9, "Product Added", World.Monday9, EventProperties.Parse("""{"name":"Tea"}"""), [new("t1", [World.Monday9])]);
        contact.Barred = [new("basket"), new("wishes")];
        contact.ArchivedAt = World.Monday9;
        contact.Failed = [EnrolmentCodec.Read(EnrolmentBytes([Asked], Stood))];
        return new ContactCodec().Encode(contact, KeptAggregates.None);
    }

    /// <summary>Semantics 13.3: each is stored in the oldest form that holds it.</summary>
    [Fact]
    public void A_contact_is_read_as_it_was_written_in_either_form()
    {
        Assert.Equal(1, new ContactCodec().Encode(new Contact(Ada, World.Monday9), KeptAggregates.None)[0]);
        Assert.Equal(6, new ContactCodec().Encode(new Contact(Ada, World.Monday9) { Barred = [new("sale")] }, KeptAggregates.None)[0]);

        var read = ContactCodec.Decode(ContactBytes(), KeptAggregates.None);
        Assert.Equal(("email", "news", World.Monday9, true), Assert.Single(read.Sent) is var sent ? (sent.Channel, sent.Topic, sent.At, sent.Pending) : default);
        Assert.Equal(Mark, Assert.Single(read.Exposures));
        var (left, abandoned) = Assert.Single(read.Abandoned);
        Assert.Equal((new JourneyId("basket"), "left", 9u, World.Monday9, "Product Added", World.Monday9, "Tea", "t1", World.Monday9), (left.Journey, left.Start, abandoned.Rule, abandoned.Due, abandoned.Event, abandoned.At, abandoned.Data["name"].AsText, abandoned.Seen[0].Item, abandoned.Seen[0].Times[0]));
        Assert.Equal([new("basket"), new("wishes")], read.Barred);
        Assert.Equal(World.Monday9, read.ArchivedAt);
        Assert.Equal(Stood, (Assert.Single(read.Failed).State as EnrolmentState.Ended)?.Stood);
        var (key, mark) = Assert.Single(read.Dates);
        Assert.Equal((new JourneyId("wishes"), "birthday"), key);
        Assert.Equal(new(7, World.Monday9, new(2026, 3, 2), new(2025, 3, 2)), mark);
    }

    static Claim Asked => new(AllocatorId.OfPool("spring"), new(Guid.Empty), "gift", 2, new(true, "A", World.Monday9));

    /// <summary>Semantics 13.3: what an enrolment has asked of allocators is stored with it, in a form of its own.</summary>
    [Fact]
    public void An_enrolment_is_read_as_it_was_written_in_either_form()
    {
        Assert.Equal(2, EnrolmentBytes([])[0]);
        Assert.Equal(3, EnrolmentBytes([Asked])[0]);
        var failed = EnrolmentBytes([], Stood);
        Assert.Equal(4, failed[0]);
        Assert.Equal((Stood, 0), ((EnrolmentCodec.Read(failed).State as EnrolmentState.Ended)?.Stood, EnrolmentCodec.Read(failed).Claims.Length));
        SplitDraw[] draws = [new("half", "a"), new("third", "b")];
        var drawn = EnrolmentBytes([], null, [.. draws]);
        Assert.Equal(5, drawn[0]);
        Assert.Equal(draws, EnrolmentCodec.Read(drawn).Draws);
        Assert.Equal([Asked, Asked with { Answer = null }], EnrolmentCodec.Read(EnrolmentBytes([Asked, Asked with { Answer = null }])).Claims);
    }

    static EnrolmentState.Waiting Stood => new("wait", World.Monday9, new(World.Monday9, TimerQueue.Calendar, "until", "09:00", Noted: true));

    static byte[] EnrolmentBytes(ImmutableArray<Claim> claims, EnrolmentState.Waiting? stood = null, params ImmutableArray<SplitDraw> draws)
    {
        var to = new ByteWriter();
        EnrolmentCodec.Write(to, new()
        {
            Contact = Ada,
            Id = new(Guid.Empty),
            Journey = new("sale"),
            Version = 1,
            Number = 1,
            StartedAt = World.Monday9,
            StartOccurredAt = World.Monday9,
            StartingPoint = "sale",
            State = new EnrolmentState.Ended(stood is null ? Outcome.Completed : Outcome.Failed, World.Monday9, null, null) { Stood = stood },
            Data = EventProperties.Empty,
            Claims = claims,
            Draws = draws,
        });
        return to.ToArray();
    }

    /// <summary>Semantics 6.15, 6.16: what keeps a contact out, as it is ordered and as its timeline tells it.</summary>
    [Fact]
    public void Bars_and_the_archive_are_read_as_they_were_written()
    {
        ContactEdit[] edits = [new ContactEdit.Bar(new("sale"), true), new ContactEdit.Bar(new("sale"), false), new ContactEdit.Archive(true), new ContactEdit.Archive(false)];
        Assert.Equal(edits, ((EntryBody.Received)EntryCodec.Decode(new EntryCodec().Encode(new EntryBody.Received([.. edits], default, null, true)))).Edits);

        ContactChange[] changes = [new ContactChange.JourneyBarred(new("sale"), true), new ContactChange.Archived(true), new ContactChange.Archived(false)];
        var result = new BurstResult();
        result.Changes.AddRange(changes);
        Assert.Equal(changes, TimelineCodec.Decode(new TimelineCodec().Encode(result, new BodyBuffer()).Span).Changes);
    }

    static byte[] TimelineBytes()
    {
        var result = new BurstResult();
        result.Changes.Add(new ContactChange.TagAdded("vip"));
        return new TimelineCodec().Encode(result, new BodyBuffer()).ToArray();
    }

    static byte[] MessageBytes()
    {
        var to = new ByteWriter();
        // With all that a message can have: the newest form.
        MessageDataCodec.Write(to, "sale", "{}"u8, null, new("POST", "https://crm.example.org", [], default, null, false), new(DateTimeZone.Utc, "FR", OutsideWindow.Wait));
        return to.ToArray();
    }

    static byte[] MemoryBytes()
    {
        var to = new ByteWriter();
        Aggregate.Add(null, new ContactEvent { Name = "visit", OccurredAt = World.Monday9, ReceivedAt = World.Monday9, Properties = EventProperties.Empty, Origin = Origin.Live, Sequence = 1 }, World.Monday9).Write(to);
        return to.ToArray();
    }

    public static TheoryData<string> All => [.. Forms.Keys];

    /// <summary>Semantics 13.3: a form of a newer version is told from one that is damaged.</summary>
    [Theory, MemberData(nameof(All))]
    public void A_form_of_a_newer_version_is_known_as_that(string form)
    {
        var (write, read) = Forms[form];
        var bytes = write();
        read(bytes);

        bytes[0]++;
        Assert.Throws<UnknownFormException>(() => read(bytes));
        bytes[0] = 255;
        Assert.Throws<UnknownFormException>(() => read(bytes));
        if (form != nameof(MessageDataCodec))
        {
            bytes[0] = 0;
            Assert.IsNotType<UnknownFormException>(Assert.ThrowsAny<Exception>(() => read(bytes)));
        }
    }

    [Fact]
    public void Every_codec_is_among_them() =>
        Assert.Empty(typeof(EntryCodec).Assembly.GetTypes().Where(type => type.Namespace == typeof(EntryCodec).Namespace && type.Name.EndsWith("Codec", StringComparison.Ordinal)).Select(type => type.Name).Except(Forms.Keys));

    /// <summary>Semantics 13.4: so is a kind that this program does not know.</summary>
    [Fact]
    public void An_unknown_kind_inside_a_form_is_known_as_that()
    {
        var entry = new EntryCodec().Encode(Move);
        entry[1] = 99;
        var edits = new EntryCodec().Encode(new EntryBody.Received([new ContactEdit.AddTag("vip")], default, null, true));
        edits[5] = 99;
        var timeline = TimelineBytes();
        timeline[3] = 99;

        Assert.Throws<UnknownFormException>(() => EntryCodec.Decode(entry));
        Assert.Throws<UnknownFormException>(() => EntryCodec.Decode(edits));
        Assert.Throws<UnknownFormException>(() => TimelineCodec.Decode(timeline));
        Assert.Throws<UnknownFormException>(() => new ByteReader([99]).Value());
    }

    /// <summary>Semantics 13.3: enrolments as they were before people could be moved between versions.</summary>
    [Fact]
    public void An_enrolment_of_the_form_before_is_read()
    {
        var newest = EnrolmentBytes([]);
        // Its last byte is the version that left it where it was.
        byte[] before = [1, .. newest[1..^1]];

        var (read, expected) = (EnrolmentCodec.Read(before), EnrolmentCodec.Read(newest));
        Assert.Equal((expected.Id, expected.Version, expected.State, 0), (read.Id, read.Version, read.State, read.Settled));
    }

    /// <summary>What messages were kept with before their data had a version.</summary>
    [Fact]
    public void The_data_of_an_older_message_is_read_as_it_was_written()
    {
        var to = new ByteWriter();
        to.OptionalText("sale");
        to.Bytes("""{"a":1}"""u8);

        var (startEvent, data) = MessageDataCodec.Read(to.ToArray());

        Assert.Equal(("sale", """{"a":1}"""), (startEvent, System.Text.Encoding.UTF8.GetString(data.Json.Span)));
    }

    /// <summary>And before it had a window.</summary>
    [Fact]
    public void The_data_of_a_message_without_a_window_is_read_as_it_was_written()
    {
        var to = new ByteWriter();
        to.Byte(2);
        to.OptionalText("sale");
        to.Bytes("""{"a":1}"""u8);

        Assert.Equal("sale", MessageDataCodec.Read(to.ToArray()).StartEvent);
        Assert.Null(MessageDataCodec.Window(to.ToArray()));
    }

    [Fact]
    public void The_window_of_a_message_is_read_as_it_was_written()
    {
        var window = new SendWindow(WeekDays.Of([IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday]), new LocalTime(9, 30), new LocalTime(23, 59, 59), DateTimeZoneProviders.Tzdb["Europe/Paris"], OutsideWindow.Skip);
        var to = new ByteWriter();
        MessageDataCodec.Write(to, "sale", "{}"u8, window);

        Assert.Equal(window, MessageDataCodec.Window(to.ToArray()));
        Assert.Equal("sale", MessageDataCodec.Read(to.ToArray()).StartEvent);
    }

    /// <summary>Where its contact lives, and the spread, are in the newest form; what has neither keeps the one before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_the_contact_of_a_message_lives_is_read_as_it_was_written(bool isWebhook)
    {
        var window = new SendWindow(WeekDays.All, new(9, 30), new(18, 0), DateTimeZoneProviders.Tzdb["Europe/Paris"], OutsideWindow.Wait) { Spread = Duration.FromHours(1) };
        var place = new Parcours.Journeys.Plans.QuietPlace(DateTimeZoneProviders.Tzdb["Europe/Rome"], "IT", OutsideWindow.Skip);
        var request = isWebhook ? new WebRequest("POST", "https://example.org", [], "{}"u8.ToArray(), null, false) : null;
        var to = new ByteWriter();
        MessageDataCodec.Write(to, "sale", "{}"u8, window, request, place);

        Assert.Equal(5, to.ToArray()[0]);
        Assert.Equal(window, MessageDataCodec.Window(to.ToArray()));
        Assert.Equal(place, MessageDataCodec.Place(to.ToArray()));
        Assert.Equal(isWebhook, MessageDataCodec.Request(to.ToArray()) is not null);
        Assert.Equal("sale", MessageDataCodec.Read(to.ToArray()).StartEvent);

        var older = new ByteWriter();
        MessageDataCodec.Write(older, "sale", "{}"u8, window with { Spread = Duration.Zero });
        Assert.Equal((3, null), ((int)older.ToArray()[0], MessageDataCodec.Place(older.ToArray())));
    }
}
