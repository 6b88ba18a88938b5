using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

public sealed class SegmentTests
{
    const string BoughtTwice = """{"kind":"event","events":["purchase"],"function":"count","is":"atLeast","value":2,"window":{"last":"P30D"}}""";
    const string Lapsed = """{"kind":"all","of":[{"kind":"event","events":["purchase"],"function":"count","is":"atLeast","value":1},{"kind":"not","of":{"kind":"event","events":["purchase"],"function":"count","is":"atLeast","value":1,"window":{"last":"P90D"}}}]}""";

    /// <summary>Semantics 7.7: a new segment is filled from the events so far, and merged with what came since.</summary>
    [Fact]
    public async Task A_new_segment_knows_what_happened_before_it_was_made()
    {
        await using var world = await World.StartAsync();
        await world.Engine.SubmitAsync([.. Enumerable.Range(0, 300).Select(contact => world.Event($"u{contact}", "purchase"))], world.Token);
        await world.Engine.SubmitAsync([.. Enumerable.Range(0, 300).Select(contact => world.Event($"u{contact}", contact % 3 == 0 ? "purchase" : "visit"))], world.Token);

        await world.SegmentAsync("twice", BoughtTwice);

        Assert.Equal(100, await world.MembersAsync("twice"));
        Assert.Contains("twice", (await world.ContactAsync("u0")).Segments);
        Assert.DoesNotContain("twice", (await world.ContactAsync("u1")).Segments);

        await world.DoAsync("u1", "purchase");

        Assert.Contains("twice", (await world.ContactAsync("u1")).Segments);
        Assert.Equal(101, await world.MembersAsync("twice"));
    }

    /// <summary>Semantics 7.6: membership on time changes by one timer a contact, at the instant itself.</summary>
    [Fact]
    public async Task A_contact_leaves_a_window_at_the_very_instant()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("twice", BoughtTwice);
        await world.DoAsync("ada", "purchase");
        await world.AdvanceAsync(Duration.FromDays(10));
        await world.DoAsync("ada", "purchase");

        await world.AdvanceAsync(Duration.FromDays(20) - Duration.FromMilliseconds(1));
        Assert.Equal(1, await world.MembersAsync("twice"));

        await world.AdvanceAsync(Duration.FromMilliseconds(1));
        Assert.Equal(0, await world.MembersAsync("twice"));
    }

    [Fact]
    public async Task A_segment_entered_by_time_alone_starts_a_journey()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.SegmentAsync("lapsed", Lapsed);
        await world.PublishAsync("""
            {"format":1,"id":"win-back","name":"Win back","settings":{"reEntry":{"kind":"afterLeaving"},"email":{"topic":"shop-news"},
             "exits":[{"name":"bought","when":{"kind":"event","events":["purchase"],"window":{"last":"P7D"}}}]},
             "start":[{"kind":"segmentEntered","id":"lapsed","segment":"lapsed","next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"reminder","next":"wait"},"wait":{"kind":"delay","for":"P14D","next":"end"},"end":{"kind":"end","outcome":"unsuccessful"}}}
            """);
        await world.DoAsync("ada", "purchase", traits: """{"email":"ada@example.org"}""");
        var bought = world.Clock.Now;

        await world.AdvanceAsync(Duration.FromDays(100));

        Assert.Equal(bought + Duration.FromDays(90), Assert.Single(world.Mail.Sent).Row.DecidedAt);
        await world.DoAsync("ada", "purchase");
        var enrolment = Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Equal((Outcome.Exited, "bought"), (enrolment.Outcome!.Value, enrolment.Why));
    }

    /// <summary>Semantics 7.8, 2.6: what changes hands by a new version has origin fill, and starts nothing.</summary>
    [Fact]
    public async Task A_new_version_of_a_segment_moves_members_and_starts_no_journey()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("rich", """{"kind":"property","name":"value","is":"atLeast","value":1000}""");
        await world.PublishAsync("""
            {"format":1,"id":"greet","name":"Greet","start":[{"kind":"segmentEntered","id":"rich","segment":"rich","next":"tag"}],
             "points":{"tag":{"kind":"addTag","tag":"greeted","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
            """);
        await world.IdentifyAsync("ada", """{"value":500}""");
        await world.IdentifyAsync("ben", """{"value":2000}""");

        await world.SegmentAsync("rich", """{"kind":"property","name":"value","is":"atLeast","value":400}""");

        Assert.Equal(2, await world.MembersAsync("rich"));
        Assert.False((await world.ContactAsync("ada")).HasTag("greeted"));
        Assert.True((await world.ContactAsync("ben")).HasTag("greeted"));
        Assert.Equal(2, (await world.Engine.Catalogue.SegmentAsync("rich", world.Token))!.Version);
    }

    /// <summary>Semantics 7.5: one pass by level; cycles are refused.</summary>
    [Fact]
    public async Task Segments_may_name_segments_but_not_in_a_circle()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("pro", """{"kind":"property","name":"plan","is":"equals","value":"pro"}""");
        await world.SegmentAsync("pro-in-rome", """{"kind":"all","of":[{"kind":"segment","name":"pro"},{"kind":"property","name":"city","is":"equals","value":"Rome"}]}""");
        await world.IdentifyAsync("ada", """{"plan":"pro","city":"Rome"}""");
        Assert.Equal(1, await world.MembersAsync("pro-in-rome"));

        await world.IdentifyAsync("ada", """{"plan":"free"}""");
        Assert.Equal(0, await world.MembersAsync("pro-in-rome"));

        var circle = await world.Engine.Catalogue.SaveSegmentAsync("pro", """{"condition":{"kind":"segment","name":"pro-in-rome"}}"""u8.ToArray(), null, world.Token);
        Assert.Equal("segment.cycle", Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(circle).Problems).Code);
    }

    /// <summary>Semantics 7.7: a crash in the midst of a fill neither repeats nor skips a contact.</summary>
    [Fact]
    public async Task A_fill_goes_on_after_a_restart_and_counts_nobody_twice()
    {
        await using var world = await World.StartAsync();
        for (var batch = 0; batch < 10; batch++)
            await world.Engine.SubmitAsync([.. Enumerable.Range(0, 100).Select(contact => world.Event($"u{batch}-{contact}", "purchase"))], world.Token);
        // Not settled: the restart comes while the fill is under way, or before its first slice.
        World.Done(await world.Engine.Catalogue.SaveSegmentAsync("twice", System.Text.Encoding.UTF8.GetBytes($$"""{"condition":{{BoughtTwice}}}"""), null, world.Token));

        await world.RestartAsync();
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal(0, await world.MembersAsync("twice"));
        await world.Engine.SubmitAsync([.. Enumerable.Range(0, 100).Select(contact => world.Event($"u0-{contact}", "purchase"))], world.Token);
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal(100, await world.MembersAsync("twice"));
    }

    /// <summary>Semantics 7.7: a journey whose own conditions need a memory that nobody keeps fills it before it goes live.</summary>
    [Fact]
    public async Task A_journey_gathers_the_memory_that_its_conditions_need_before_it_goes_live()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "purchase");
        await world.DoAsync("ada", "purchase");
        await world.DoAsync("ben", "purchase");
        await world.PublishAsync($$"""
            {"format":1,"id":"loyal","name":"Loyal","settings":{"eligibility":{{BoughtTwice}} },"start":[{"kind":"event","id":"visit","events":["visit"],"next":"tag"}],
             "points":{"tag":{"kind":"addTag","tag":"loyal","next":"end"},"end":{"kind":"end","outcome":"completed"} } }
            """);

        await world.DoAsync("ada", "visit");
        await world.DoAsync("ben", "visit");

        Assert.True((await world.ContactAsync("ada")).HasTag("loyal"));
        Assert.False((await world.ContactAsync("ben")).HasTag("loyal"));
        Assert.Equal("not-eligible", Assert.Single(await world.Engine.Queries.RefusalsAsync(new("loyal"), null, 10, world.Token)).Reason);
    }

    /// <summary>Semantics 7.9.</summary>
    [Fact]
    public async Task A_count_says_as_of_when_it_is()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("twice", BoughtTwice);
        await world.DoAsync("ada", "purchase");

        Assert.True(await world.Engine.Queries.ClockAsync(world.Token) <= world.Clock.Now);
    }

    /// <summary>Semantics 7.4: dropping an aggregate and taking it up again counts what was between, and nothing twice.</summary>
    [Fact]
    public async Task A_segment_deleted_and_made_again_counts_nothing_twice()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("twice", BoughtTwice);
        await world.DoAsync("ada", "purchase");
        Assert.IsType<CatalogueAnswer.Done>(await world.Engine.Catalogue.DeleteSegmentAsync("twice", null, world.Token));
        await world.SegmentAsync("twice", BoughtTwice);
        Assert.Equal(0, await world.MembersAsync("twice"));

        await world.DoAsync("ada", "purchase");
        Assert.Equal(1, await world.MembersAsync("twice"));
    }

    [Fact]
    public async Task Every_problem_of_a_segment_is_told_at_once()
    {
        await using var world = await World.StartAsync();

        var refused = await world.Engine.Catalogue.SaveSegmentAsync("odd", """{"colour":"red","condition":{"kind":"all","of":[{"kind":"tag","nme":"x"},{"kind":"unheard-of"}]}}"""u8.ToArray(), null, world.Token);

        var paths = Assert.IsType<CatalogueAnswer.Refused>(refused).Problems.Select(problem => problem.Path).ToList();
        Assert.Contains("/colour", paths);
        Assert.Contains("/condition/of/0/nme", paths);
        Assert.Contains("/condition/of/1/kind", paths);
    }
}
