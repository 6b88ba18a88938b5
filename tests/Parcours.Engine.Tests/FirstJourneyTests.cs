using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

public sealed class FirstJourneyTests
{
    [Fact]
    public async Task A_contact_on_plan_pro_is_mailed_and_one_on_plan_free_waits_a_second()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Welcome);

        await world.DoAsync("ada", "signed_up", traits: """{"plan":"pro","email":"ada@example.org"}""");
        await world.DoAsync("ben", "signed_up", traits: """{"plan":"free"}""");

        Assert.Equal("ada@example.org", Assert.Single(world.Mail.Sent).Row.Address);
        Assert.True((await world.ContactAsync("ben")).HasTag("signed-up"));
        Assert.Equal("wait", Assert.Single(await world.EnrolmentsAsync("ben")).Point);
        Assert.Equal(Value.None, (await world.ContactAsync("ben")).Property("waited"));

        await world.AdvanceAsync(Duration.FromSeconds(1));

        Assert.Equal(Value.Of(true), (await world.ContactAsync("ben")).Property("waited"));
        var figures = await world.FiguresAsync("welcome");
        Assert.Equal((2, 2, 0, 1, 1), (figures.Started, figures.By(Outcome.Completed), figures.InProgress, figures.Decided, figures.Settled("sent")));
    }

    /// <summary>Semantics 1.4: what happens at the very moment of the time-out counts.</summary>
    [Theory]
    [InlineData(47.9, Outcome.Successful, 0)]
    [InlineData(48, Outcome.Successful, 0)]
    [InlineData(48.1, null, 1)]
    public async Task A_purchase_until_the_moment_of_the_time_out_counts(double hours, Outcome? outcome, int reminders)
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        await world.DoAsync("ada", "basket_filled", traits: """{"email":"ada@example.org"}""");

        if (hours == 48)
        {
            // The purchase is received at the instant at which the timer is due, before virtual time has passed it.
            await world.AdvanceAsync(Duration.FromHours(48) - Duration.FromMilliseconds(1));
            var due = world.Clock.Now + Duration.FromMilliseconds(1);
            var purchase = world.Engine.SubmitAsync([world.Event("ada", "purchase", at: due)], world.Token);
            await purchase;
            await world.AdvanceToAsync(due);
        }
        else
        {
            await world.AdvanceAsync(Duration.FromHours(hours));
            await world.DoAsync("ada", "purchase");
        }

        var enrolment = Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Equal(outcome, enrolment.Outcome);
        Assert.Equal(reminders, world.Mail.Sent.Count);
    }

    /// <summary>Semantics 5.1: across a restart too.</summary>
    [Fact]
    public async Task The_same_message_id_changes_nothing_even_after_a_restart()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Welcome);
        await world.DoAsync("ada", "signed_up", traits: """{"plan":"pro","email":"ada@example.org"}""", messageId: "one");

        await world.RestartAsync();
        var again = await world.DoAsync("ada", "signed_up", traits: """{"plan":"pro","email":"ada@example.org"}""", messageId: "one");

        Assert.Equal(Parcours.Engine.Intake.SubmissionOutcome.Duplicate, again.Outcome);
        Assert.Equal(1, (await world.FiguresAsync("welcome")).Started);
        Assert.Single(world.Mail.Sent);
    }

    [Fact]
    public async Task Whoever_waits_goes_on_after_a_restart()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        await world.DoAsync("ada", "basket_filled", traits: """{"email":"ada@example.org"}""");

        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(4));

        Assert.Equal(Outcome.Unsuccessful, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        Assert.Single(world.Mail.Sent);
    }

    /// <summary>Semantics 1.8: virtual time runs through every due time, it never jumps.</summary>
    [Fact]
    public async Task A_year_passed_at_once_takes_each_wait_at_its_own_time()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        await world.DoAsync("ada", "basket_filled", traits: """{"email":"ada@example.org"}""");
        var start = world.Clock.Now;

        await world.AdvanceAsync(Duration.FromDays(365));

        Assert.Equal(start + Duration.FromDays(2), Assert.Single(world.Mail.Sent).Row.DecidedAt);
        Assert.Equal(start + Duration.FromDays(3), Assert.Single(await world.EnrolmentsAsync("ada")).EndedAt);
    }

    /// <summary>Semantics 11.1: a contact is counted once, however many of its entries are in the commit that makes it.</summary>
    [Fact]
    public async Task A_new_contact_with_several_entries_in_one_batch_is_counted_once()
    {
        await using var world = await World.StartAsync();
        await world.Engine.SubmitAsync([world.Event("ada", "visit"), world.Event("ada", "visit"), world.Event("ben", "visit")], world.Token);

        var totals = await world.Engine.Queries.CountersAsync(CounterKind.Total, null, world.Token);
        Assert.Equal(2, totals.Where(pair => pair.Key.Point == "contacts").Sum(pair => pair.Value));
        Assert.Equal(3, totals.Where(pair => pair.Key.Point == "events").Sum(pair => pair.Value));
    }
}
