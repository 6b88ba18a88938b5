using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 3.8: a contact whose row can be read no more is put on record whenever it is met, and stops nobody.</summary>
public sealed class DamagedContactTests
{
    const string Sale = """
        {"format":1,"id":"sale","name":"Sale","settings":{"reEntry":{"kind":"always"},"email":{"topic":"shop-news"}},
         "start":[{"kind":"event","id":"sale","events":["sale"],"next":"wait"}],
         "points":{"wait":{"kind":"delay","for":"PT1H","next":"mail"},"mail":{"kind":"sendEmail","content":"hello","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
        """;

    static readonly byte[] Damage = [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    static async Task<(World World, ContactId Ada)> DamagedAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(Sale);
        foreach (var user in new[] { "ada", "bob" })
            await world.DoAsync(user, "sale", traits: $$"""{"email":"{{user}}@example.org"}""");
        var ada = (await world.ContactAsync("ada")).Id;
        await world.CrashAsync(async () =>
        {
            await using var store = await world.OpenStoreAsync();
            await using var unit = await store.BeginAsync(PartitionSet.All, world.Token);
            var writes = new WriteSet();
            writes.Contacts.Add(new(ada, Damage, null, New: false));
            await unit.WriteAsync(writes, world.Token);
            await unit.CommitAsync(world.Token);
        });
        return (world, ada);
    }

    static async Task<int> LettersAsync(World world, ContactId about)
    {
        var letters = await world.Engine.Queries.DeadLettersAsync(100, world.Token);
        Assert.All(letters, letter => Assert.Contains($"Contact {about} of partition {Partition.Of(about).Index} cannot be read", letter.Why, StringComparison.Ordinal));
        return letters.Count;
    }

    [Fact]
    public async Task What_comes_for_it_is_refused_by_name_and_kept_and_others_go_on()
    {
        var (world, ada) = await DamagedAsync();
        await using var _ = world;

        var refused = await world.DoAsync("ada", "sale");
        var taken = await world.DoAsync("bob", "sale");

        Assert.Equal((SubmissionOutcome.Refused, "contact-damaged"), (refused.Outcome, Assert.Single(refused.Refusals).Code));
        Assert.Equal(SubmissionOutcome.Accepted, taken.Outcome);
        Assert.True(world.Engine.IsReady);
        Assert.Equal(1, await LettersAsync(world, ada));
        Assert.Equal(Damage, (await world.Engine.Queries.ContactAsync(ada, world.Token))!.Body.ToArray());
    }

    [Fact]
    public async Task Its_timers_and_sweeps_pass_it_by()
    {
        var (world, ada) = await DamagedAsync();
        await using var _ = world;
        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Equal("bob@example.org", Assert.Single(world.Mail.Sent).Row.Address);
        Assert.Equal(1, await LettersAsync(world, ada));

        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("sale"), world.Token));
        await world.AdvanceAsync(Duration.FromDays(3));
        Assert.True(world.Engine.IsReady);
        Assert.True(await LettersAsync(world, ada) > 1);
        Assert.Equal(Damage, (await world.Engine.Queries.ContactAsync(ada, world.Token))!.Body.ToArray());
    }
}
