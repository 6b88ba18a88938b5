using System.Text;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Quiet hours of the installation: Semantics 10.1, 10.4, 8.4, 8.5.</summary>
public sealed class QuietTests
{
    static string Journey(string point = "", string id = "a", string settings = "") => $$"""
        {
          "format": 1, "id": "{{id}}", "name": "{{id}}",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" }{{settings}} },
          "start": [ { "kind": "event", "id": "in", "events": ["{{id}}"], "next": "mail" } ],
          "points": {
            "mail": { "kind": "sendEmail", "content": "hello"{{point}}, "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    const string Nights = """{"from":"21:00","until":"08:00"}""";
    const string Traits = """{"email":"ada@example.org","country":"France"}""";

    static async Task<World> WithAsync(string rule, params string[] journeys)
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        World.Done(await world.Engine.Catalogue.SaveAsync("quiet", "nights", Encoding.UTF8.GetBytes(rule), null, world.Token));
        foreach (var journey in journeys)
            await world.PublishAsync(journey);
        return world;
    }

    static async Task<EnrolmentState.Waiting> WaitingAsync(World world, string user = "ada") =>
        Assert.IsType<EnrolmentState.Waiting>(Assert.Single((await world.ContactAsync(user)).Enrolments).State);

    /// <summary>Semantics 10.1: it waits at its card, with the reason, until the morning where the contact lives; a restart changes nothing.</summary>
    [Fact]
    public async Task At_night_a_message_waits_for_the_morning_of_its_contact()
    {
        await using var world = await WithAsync(Nights, Journey());
        await world.AdvanceToAsync(World.At("2026-03-02T22:30:00Z"));
        await world.DoAsync("ada", "a", traits: Traits);

        var waiting = await WaitingAsync(world);
        Assert.Equal(("mail", "quiet", World.At("2026-03-03T07:00:00Z"), "2026-03-03T08:00 Europe/Paris"), (waiting.Point, waiting.Wait.Reason, waiting.Wait.Due!.Value, waiting.Wait.Intention));
        await world.RestartAsync();
        await world.AdvanceToAsync(World.At("2026-03-03T06:59:59Z"));
        Assert.Empty(world.Mail.Sent);
        await world.AdvanceAsync(Duration.FromSeconds(1));

        Assert.Equal(World.At("2026-03-03T07:00:00Z"), Assert.Single(world.Mail.Sent).Now);
        Assert.Empty((await world.ContactAsync("ada")).Enrolments);
    }

    [Fact]
    public async Task Or_it_is_skipped_with_the_reason_where_its_author_says_so()
    {
        await using var world = await WithAsync(Nights, Journey(""", "whenQuiet": "skip" """));
        await world.AdvanceToAsync(World.At("2026-03-02T22:30:00Z"));
        await world.DoAsync("ada", "a", traits: Traits);

        Assert.Equal((MessageStatus.Skipped, "quiet-hours"), (await world.Engine.Queries.MessagesAsync(null, null, null, null, 10, world.Token)).Select(row => (row.Status, row.Why)).Single());
        Assert.Equal(1, (await world.FiguresAsync("a")).Settled("skipped"));
    }

    /// <summary>What is transactional leaves at night, unless the rule says all; a rule for one country concerns who lives there.</summary>
    [Theory]
    [InlineData("""{"from":"21:00","until":"08:00"}""", """, "purpose": "transactional" """, true)]
    [InlineData("""{"from":"21:00","until":"08:00","purpose":"all"}""", """, "purpose": "transactional" """, false)]
    [InlineData("""{"from":"21:00","until":"08:00","countries":["IT"]}""", "", true)]
    [InlineData("""{"from":"21:00","until":"08:00","countries":["IT","FR"]}""", "", false)]
    public async Task A_rule_concerns_what_it_names(string rule, string point, bool leaves)
    {
        await using var world = await WithAsync(rule, Journey(point));
        await world.AdvanceToAsync(World.At("2026-03-02T22:30:00Z"));
        await world.DoAsync("ada", "a", traits: Traits);

        Assert.Equal(leaves ? 1 : 0, world.Mail.Sent.Count);
    }

    /// <summary>Sundays and public holidays in France, by the calendar to begin with; then by the installation's own, in which the holiday is none and another day is one.</summary>
    [Fact]
    public async Task Holidays_go_by_the_calendar_of_the_country()
    {
        await using var world = await WithAsync("""{"days":["sunday"],"holidays":true,"countries":["FR"]}""", Journey());
        // Saturday before Easter, late: Sunday and Easter Monday are quiet.
        await world.AdvanceToAsync(World.At("2026-04-05T07:00:00Z"));
        await world.DoAsync("ada", "a", traits: Traits);
        Assert.Equal(World.At("2026-04-06T22:00:00Z"), (await WaitingAsync(world)).Wait.Due);
        await world.DoAsync("bea", "a", traits: """{"email":"bea@example.org","country":"IT"}""");
        Assert.Equal("bea@example.org", Assert.Single(world.Mail.Sent).Row.Address);

        World.Done(await world.Engine.Catalogue.SaveAsync("holiday-calendar", "FR", """{"days":[{"on":"2026-04-07","name":"Inventaire"}]}"""u8.ToArray(), null, world.Token));
        await world.AdvanceToAsync(World.At("2026-04-06T08:00:00Z"));
        await world.DoAsync("cem", "a", traits: """{"email":"cem@example.org","country":"FR"}""");
        Assert.Equal(2, world.Mail.Sent.Count);
        // Who waited is judged anew at its time, and that is within the new day.
        await world.AdvanceToAsync(World.At("2026-04-06T22:00:00Z"));
        Assert.Equal(World.At("2026-04-07T22:00:00Z"), (await WaitingAsync(world)).Wait.Due);
        World.Done(await world.Engine.Catalogue.DeleteAsync("holiday-calendar", "FR", null, world.Token));
        await world.AdvanceToAsync(World.At("2026-04-07T22:00:00Z"));
        Assert.Equal(3, world.Mail.Sent.Count);
    }

    /// <summary>Semantics 8.4: whoever moves waits for the morning there, though the journey's plan names no zone of a contact.</summary>
    [Fact]
    public async Task Who_moves_while_waiting_waits_for_the_morning_there()
    {
        await using var world = await WithAsync(Nights, Journey());
        await world.AdvanceToAsync(World.At("2026-03-02T22:30:00Z"));
        await world.DoAsync("ada", "a", traits: Traits);
        await world.IdentifyAsync("ada", """{"country":"Portugal"}""");
        Assert.Equal((World.At("2026-03-03T08:00:00Z"), "2026-03-03T08:00 Europe/Lisbon"), ((await WaitingAsync(world)).Wait.Due!.Value, (await WaitingAsync(world)).Wait.Intention));

        // Where it is day she is written to at once.
        await world.IdentifyAsync("ada", """{"timezone":"Asia/Tokyo"}""");
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Equal(World.At("2026-03-02T23:00:00Z"), Assert.Single(world.Mail.Sent).Now);
    }

    /// <summary>Semantics 10.4: what the outbox holds at the beginning of quiet hours waits for their end; the rule may have come after the decision was taken.</summary>
    [Fact]
    public async Task What_a_provider_carries_into_quiet_hours_waits_in_the_outbox()
    {
        await using var world = await WithAsync(Nights, Journey());
        await world.AdvanceToAsync(World.At("2026-03-02T19:30:00Z"));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromHours(1));
        await world.DoAsync("ada", "a", traits: Traits);
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.RestartAsync();

        await world.AdvanceToAsync(World.At("2026-03-03T06:59:59Z"));
        Assert.Empty(world.Mail.Sent);
        await world.AdvanceAsync(Duration.FromSeconds(1));
        Assert.Equal(World.At("2026-03-03T07:00:00Z"), Assert.Single(world.Mail.Sent).Now);
    }

    /// <summary>The backlog of a night leaves over the spread, not in one burst, and each at the same moment in every run.</summary>
    [Fact]
    public async Task The_backlog_of_the_night_leaves_over_the_spread()
    {
        await using var world = await WithAsync("""{"from":"21:00","until":"08:00","spread":"PT1H"}""", Journey());
        await world.AdvanceToAsync(World.At("2026-03-02T22:30:00Z"));
        for (var number = 0; number < 60; number++)
            await world.DoAsync($"u{number}", "a", traits: $$"""{"email":"u{{number}}@example.org","country":"FR"}""");

        await world.AdvanceToAsync(World.At("2026-03-03T07:30:00Z"));
        Assert.InRange(world.Mail.Sent.Count, 15, 45);
        await world.AdvanceToAsync(World.At("2026-03-03T08:00:00Z"));
        Assert.Equal(60, world.Mail.Sent.Count);
        Assert.True(world.Mail.Sent.Select(mail => mail.Now).Distinct().Count() > 50);
        Assert.All(world.Mail.Sent, mail => Assert.InRange(mail.Now, World.At("2026-03-03T07:00:00Z"), World.At("2026-03-03T08:00:00Z")));
    }

    /// <summary>Semantics 10.1: the window before quiet hours, these before the caps.</summary>
    [Fact]
    public async Task Window_quiet_hours_and_cap_hold_in_this_order()
    {
        await using var world = await WithAsync(Nights,
            Journey(""", "window": { "from": "07:00", "until": "20:00", "zone": "contact" } """), Journey(id: "b"), Journey(id: "c"));
        World.Done(await world.Engine.Catalogue.SaveAsync("cap", "calm", """{"most":1,"within":"P1D"}"""u8.ToArray(), null, world.Token));
        await world.DoAsync("ada", "c", traits: Traits);
        await world.AdvanceToAsync(World.At("2026-03-02T22:30:00Z"));
        await world.DoAsync("ada", "a");
        await world.DoAsync("ada", "b");
        Assert.Equal(["quiet", "window"], (await world.ContactAsync("ada")).Enrolments.Select(enrolment => ((EnrolmentState.Waiting)enrolment.State).Wait.Reason).Order());

        await world.AdvanceToAsync(World.At("2026-03-03T07:00:00Z"));
        Assert.Equal(["cap", "cap"], (await world.ContactAsync("ada")).Enrolments.Select(enrolment => ((EnrolmentState.Waiting)enrolment.State).Wait.Reason));
        await world.AdvanceToAsync(World.Monday9 + Duration.FromDays(1));
        Assert.Equal(2, world.Mail.Sent.Count);
    }

    /// <summary>Semantics 8.3: who waits in a pause does not step; at resume it is judged by the real hour.</summary>
    [Fact]
    public async Task A_pause_over_the_morning_changes_nothing_but_the_hour()
    {
        await using var world = await WithAsync(Nights, Journey());
        await world.AdvanceToAsync(World.At("2026-03-02T22:30:00Z"));
        await world.DoAsync("ada", "a", traits: Traits);
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("a"), false, world.Token));
        await world.AdvanceToAsync(World.At("2026-03-03T21:00:00Z"));
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("a"), world.Token));
        await world.AdvanceAsync(Duration.FromMinutes(1));
        Assert.Equal(World.At("2026-03-04T07:00:00Z"), (await WaitingAsync(world)).Wait.Due);
    }

    [Theory]
    [InlineData("""{}""", "catalogue.quiet-always")]
    [InlineData("""{"from":"21:00"}""", "catalogue.quiet-times")]
    [InlineData("""{"from":"9pm","until":"08:00"}""", "catalogue.quiet-times", "catalogue.quiet-times")]
    [InlineData("""{"from":"21:00","until":"08:00","channel":"pigeon","purpose":"none"}""", "catalogue.quiet-channel", "catalogue.quiet-purpose")]
    [InlineData("""{"days":["caturday"]}""", "catalogue.quiet-days")]
    [InlineData("""{"days":[]}""", "catalogue.quiet-days")]
    [InlineData("""{"holidays":true,"countries":["France"],"spread":"P2D"}""", "catalogue.quiet-countries", "catalogue.quiet-spread")]
    public async Task Every_problem_of_quiet_hours_is_told(string rule, params string[] codes)
    {
        await using var world = await World.StartAsync();
        var refused = Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.SaveAsync("quiet", "nights", Encoding.UTF8.GetBytes(rule), null, world.Token));
        Assert.Equal(codes, refused.Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("FR", """{"days":[{"on":"32-25"}]}""", "catalogue.holiday-day")]
    [InlineData("Utopia", """{"days":[]}""", "catalogue.holiday-country")]
    [InlineData("FR", """{}""", "catalogue.holiday-days")]
    public async Task Every_problem_of_a_calendar_is_told(string country, string calendar, params string[] codes)
    {
        await using var world = await World.StartAsync();
        var refused = Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.SaveAsync("holiday-calendar", country, Encoding.UTF8.GetBytes(calendar), null, world.Token));
        Assert.Equal(codes, refused.Problems.Select(problem => problem.Code));
    }
}
