using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Tests;

public sealed class HousekeepingTests
{
    static Submission Visit(string anonymous) => new()
    {
        Identities = [new(IdentityKind.AnonymousId, anonymous)],
        Body = new SubmissionBody.Received([], default, "visit", "{}"u8.ToArray()),
    };

    /// <summary>Semantics 16.2: anonymous contacts without consent or enrolment go after 30 idle days.</summary>
    [Fact]
    public async Task A_visitor_whom_nobody_knows_is_forgotten_after_thirty_idle_days()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("visited", """{"kind":"event","events":["visit"]}""");
        await world.SubmitAsync(Visit("gone"));
        await world.SubmitAsync(Visit("consented"));
        await world.SubmitAsync(new() { Identities = [new(IdentityKind.AnonymousId, "consented")], Body = new SubmissionBody.Received([new ContactEdit.SetConsent("email", "news", ConsentState.Given)], default, null, default) });
        await world.DoAsync("known", "visit");
        await world.AdvanceAsync(Duration.FromDays(20));
        await world.SubmitAsync(Visit("returns"));
        Assert.Equal(4, await world.MembersAsync("visited"));

        await world.AdvanceAsync(Duration.FromDays(12));

        Assert.Null(await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.AnonymousId, "gone"), world.Token));
        Assert.NotNull(await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.AnonymousId, "returns"), world.Token));
        Assert.NotNull(await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.AnonymousId, "consented"), world.Token));
        Assert.Equal(3, await world.MembersAsync("visited"));
        Assert.Equal(3, (await world.Engine.Queries.MembersAsync("segment", "visited", 0, 10, world.Token)).Count);
        var totals = await world.Engine.Queries.CountersAsync(CounterKind.Total, null, world.Token);
        Assert.Equal(3, totals.Where(pair => pair.Key.Point == "contacts").Sum(pair => pair.Value));

        await world.SubmitAsync(Visit("gone"));
        Assert.Equal(4, await world.MembersAsync("visited"));
    }

    /// <summary>Semantics 5.1: another body under the same id: the first wins, counted, also after a restart. When it was sent plays no part: a library that sends again says a new time.</summary>
    [Fact]
    public async Task Another_body_under_a_message_id_is_counted_and_changes_nothing()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "visit", """{"page":"home","seconds":10}""", """{"town":"Bern"}""", messageId: "one");

        var same = await world.SubmitAsync(world.Event("ada", "visit", """{"page":"home","seconds":10}""", """{"town":"Bern"}""", "one", World.Monday9 - Duration.FromHours(1)) with { SentAt = World.Monday9 - Duration.FromMinutes(3) });
        var others = new[]
        {
            await world.DoAsync("ada", "visit", """{"page":"home","seconds":11}""", """{"town":"Bern"}""", messageId: "one"),
            await world.DoAsync("ada", "visit", """{"page":"home","seconds":10}""", """{"town":"Basel"}""", messageId: "one"),
            await world.DoAsync("ada", "leave", """{"page":"home","seconds":10}""", """{"town":"Bern"}""", messageId: "one"),
            await world.DoAsync("bob", "visit", """{"page":"home","seconds":10}""", """{"town":"Bern"}""", messageId: "one"),
        };

        Assert.Equal((SubmissionOutcome.Duplicate, false), (same.Outcome, same.OtherBody));
        Assert.All(others, other => Assert.Equal((SubmissionOutcome.Duplicate, true), (other.Outcome, other.OtherBody)));
        Assert.Equal(4, await CountedAsync());
        Assert.Equal("Bern", (await world.ContactAsync("ada")).Property("town").AsText);
        Assert.Null(await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, "bob"), world.Token));

        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(6));

        Assert.True((await world.DoAsync("ada", "visit", "{}", messageId: "one")).OtherBody);
        Assert.False((await world.DoAsync("ada", "visit", """{"page":"home","seconds":10}""", """{"town":"Bern"}""", messageId: "one")).OtherBody);
        Assert.Equal(5, await CountedAsync());

        async Task<long> CountedAsync() =>
            (await world.Engine.Queries.CountersAsync(CounterKind.Total, null, world.Token)).Where(pair => pair.Key.Point == "otherBodies").Sum(pair => pair.Value);
    }

    /// <summary>Semantics 5.1: known for at least 7 days, and forgotten some time after.</summary>
    [Fact]
    public async Task Message_ids_are_known_for_a_week_and_not_for_ever()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "visit", messageId: "one");

        await world.AdvanceAsync(Duration.FromDays(7) - Duration.FromMinutes(1));
        Assert.Equal(SubmissionOutcome.Duplicate, (await world.DoAsync("ada", "visit", messageId: "one")).Outcome);

        for (var day = 0; day < 30; day++)
            await world.AdvanceAsync(Duration.FromDays(1));
        Assert.Equal(SubmissionOutcome.Accepted, (await world.DoAsync("ada", "visit", messageId: "one")).Outcome);
    }

    /// <summary>Semantics 5.2: consumed entries are trimmed after 8 days; events stay.</summary>
    [Fact]
    public async Task The_journal_is_no_archive_but_events_stay()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "visit");
        await world.EditAsync("ada", new ContactEdit.AddTag("vip"));
        for (var day = 0; day < 12; day++)
            await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Single(await world.Engine.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, world.Token));
        Assert.True((await world.ContactAsync("ada")).HasTag("vip"));
    }

    /// <summary>Semantics 16.1: a contact takes 64 KB of properties; beyond, the entry is kept and the part refused by name.</summary>
    [Fact]
    public async Task A_property_that_makes_a_contact_too_large_is_refused_and_the_rest_is_taken()
    {
        await using var world = await World.StartAsync();
        var half = new string('x', 40_000);
        await world.IdentifyAsync("ada", $$"""{"one":"{{half}}"}""");

        var result = await world.SubmitAsync(new()
        {
            Identities = [new(IdentityKind.UserId, "ada")],
            Body = new SubmissionBody.Received([], System.Text.Encoding.UTF8.GetBytes($$"""{"two":"{{half}}","city":"Rome"}"""), null, default),
        });

        Assert.Equal(("contact-too-large", "two"), (Assert.Single(result.Refusals).Code, result.Refusals[0].Where));
        var ada = await world.ContactAsync("ada");
        Assert.Equal((Value.None, Value.Of("Rome")), (ada.Property("two"), ada.Property("city")));
    }

    /// <summary>Semantics 16.3: with a disk nearly full nothing is taken in, and the sender is told when to come again.</summary>
    [Fact]
    public async Task A_disk_that_is_nearly_full_takes_nothing_in()
    {
        await using var world = await World.StartAsync(new EngineOptions { DiskFree = () => 0.04 });

        var refused = await Assert.ThrowsAsync<OverloadedException>(() => world.DoAsync("ada", "visit"));

        Assert.Equal(Duration.FromSeconds(60), refused.RetryAfter);
        Assert.Null(await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, "ada"), world.Token));
    }

    /// <summary>Semantics 16.1: a contact's memory has a limit; beyond it the event is kept, and that it no longer counts is said by name.</summary>
    [Fact]
    public void An_event_beyond_what_memory_keeps_is_named_and_changes_no_memory()
    {
        var busy = ConditionCompiler.Compile(Condition.FromJson("""{"kind":"event","events":["hit"],"function":"sum","property":"n","is":"atLeast","value":1000,"window":{"last":"P30D"}}"""));
        var catalogue = new CatalogueBuilder { Limits = new() { MemoryItems = 100 } }.AddSegment("busy", 1, busy).Build(World.Monday9);
        var ada = new Contact(ContactId.Create(1, 0, 0), World.Monday9);
        var result = new BurstResult();
        for (var hit = 1; hit <= 101; hit++)
        {
            var occurred = new ContactEvent { Name = "hit", OccurredAt = World.Monday9, ReceivedAt = World.Monday9, Properties = EventProperties.Parse("""{"n":1}"""), Sequence = hit };
            Burst.Run(catalogue, ada, new(new Stimulus.Received([], occurred), Origin.Live, World.Monday9, World.Monday9, hit), result);
            Assert.Equal(hit <= 100 ? 0 : 1, result.RefusedParts.Count);
        }

        Assert.Equal(("memory-full", "hit"), (result.RefusedParts[0].Code, result.RefusedParts[0].Where));
        Assert.Equal(100, Assert.Single(ada.Memory).Value.Kept);
    }
}
