using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Baskets left lying, by the whole engine. Semantics 6.14, 7.6.</summary>
public sealed class AbandonTests
{
    static string Basket(string more = "", string kind = "cartAbandoned") => $$$"""
        {"format":1,"id":"basket","name":"Basket","settings":{"reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"{{{kind}}}","id":"left"{{{more}}},"next":"end"}],
         "points":{"end":{"kind":"end","outcome":"completed"} } }
        """;

    static async Task<IEnumerable<Instant>> EntriesAsync(World world, string user) => (await world.EnrolmentsAsync(user)).Select(enrolment => enrolment.StartedAt).Order();

    [Fact]
    public async Task What_was_left_lying_outlives_a_restart_and_who_has_ordered_does_not_come()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Basket());
        foreach (var user in new[] { "ada", "bob", "eva" })
            await world.DoAsync(user, "Product Added", """{"name":"Tea"}""");
        await world.DoAsync("nobody", "Looked");
        await world.AdvanceAsync(Duration.FromHours(1));
        await world.DoAsync("ada", "Product Added", """{"name":"Cup"}""");
        await world.RestartAsync();
        await world.DoAsync("eva", "Order Completed");
        await world.AdvanceAsync(Duration.FromDays(2));

        Assert.Equal([World.Monday9 + Duration.FromHours(5)], await EntriesAsync(world, "ada"));
        Assert.Equal([World.Monday9 + Duration.FromHours(4)], await EntriesAsync(world, "bob"));
        Assert.Empty(await EntriesAsync(world, "eva"));
        Assert.Equal(2, (await world.FiguresAsync("basket")).Started);
        // Who came in, and who has ordered, carry nothing of it any more once they are stored.
        foreach (var user in new[] { "ada", "bob", "eva", "nobody" })
            await world.EditAsync(user, new ContactEdit.AddTag("later"));
        foreach (var user in new[] { "ada", "bob", "eva", "nobody" })
            Assert.Equal((0, null), ((await world.ContactAsync(user)).Abandoned.Count, (await world.ContactAsync(user)).FlipAt));
    }

    [Fact]
    public async Task What_a_version_counted_otherwise_is_forgotten_when_its_time_comes()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Basket());
        await world.DoAsync("ada", "Product Added");
        await world.PublishAsync(Basket(",\"after\":\"PT8H\""));
        await world.DoAsync("bob", "Product Added");
        await world.AdvanceAsync(Duration.FromDays(2));

        Assert.Empty(await EntriesAsync(world, "ada"));
        Assert.Equal([World.Monday9 + Duration.FromHours(8)], await EntriesAsync(world, "bob"));
    }

    /// <summary>Semantics 4.5: a visitor's basket goes with the visitor.</summary>
    [Fact]
    public async Task A_basket_of_somebody_unknown_is_that_of_who_signs_in()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Basket());
        await world.SubmitAsync(new() { Identities = [new(IdentityKind.AnonymousId, "visitor")], Body = new Parcours.Engine.Intake.SubmissionBody.Received([], default, "Product Added", """{"name":"Tea"}"""u8.ToArray()) });
        await world.DoAsync("ada", "Looked");
        await world.IdentifyAsync("ada", "{}", new Identity(IdentityKind.AnonymousId, "visitor"));
        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Equal([World.Monday9 + Duration.FromHours(4)], await EntriesAsync(world, "ada"));
    }

    [Fact]
    public async Task A_product_looked_at_thrice_begins_it_and_the_looks_outlive_a_restart()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Basket(kind: "browseAbandoned"));
        await world.DoAsync("ada", "Product Viewed", """{"product_id":"t1"}""");
        await world.DoAsync("ada", "Product Viewed", """{"product_id":"t1"}""");
        await world.RestartAsync();
        await world.DoAsync("ada", "Product Viewed", """{"product_id":"t1","name":"Tea"}""");
        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Equal([World.Monday9 + Duration.FromHours(4)], await EntriesAsync(world, "ada"));
    }
}
