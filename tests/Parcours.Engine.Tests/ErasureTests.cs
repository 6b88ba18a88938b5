using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Who is erased is gone with all that is kept of them, and what was counted stays. Semantics 12.1, 12.2.</summary>
public sealed class ErasureTests
{
    const string Club = """
        {"format":1,"id":"club","name":"Club","settings":{"email":{"topic":"shop-news"}},"start":[{"kind":"event","id":"in","events":["joined"],"next":"mail"}],
         "points":{"mail":{"kind":"sendEmail","content":"hello","next":"rest"},"rest":{"kind":"delay","for":"P1D","next":"late"},"late":{"kind":"sendEmail","content":"hello","next":"end"},"end":{"kind":"end","outcome":"completed"} } }
        """;

    static async Task<World> InsideAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.SegmentAsync("known", """{"kind":"tag","name":"vip"}""");
        await world.PublishAsync(Club);
        await world.EditAsync("ada", new ContactEdit.AddTag("vip"), new ContactEdit.SetProperty("first_name", Value.Of("Ada")), new ContactEdit.SetConsent("email", "shop-news", ConsentState.Given));
        await world.IdentifyAsync("ada", """{"email":"ada@example.org"}""");
        await world.DoAsync("ada", "joined");
        await world.Engine.SettleAsync(world.Token);
        return world;
    }

    static async Task<SubmissionResult> EraseAsync(World world, ContactId contact)
    {
        var result = await world.SubmitAsync(new() { Contact = contact, Origin = Origin.Person, CreatesContact = false, Body = new SubmissionBody.Erase() });
        await world.Engine.SettleAsync(world.Token);
        return result;
    }

    static async Task<long> TotalAsync(World world) => (await world.Engine.Queries.CountersAsync(CounterKind.Total, null, world.Token)).Where(pair => pair.Key.Point == "contacts").Sum(pair => pair.Value);

    [Fact]
    public async Task Nothing_is_left_of_who_is_erased_but_the_numbers()
    {
        await using var world = await InsideAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        Assert.Equal((1, 1, 1), ((await world.FiguresAsync("club")).InProgress, await world.MembersAsync("known"), await TotalAsync(world)));
        Assert.NotEmpty(await world.Engine.Queries.MessagesAsync(null, ada, null, null, 10, world.Token));

        Assert.Equal(SubmissionOutcome.Accepted, (await EraseAsync(world, ada)).Outcome);

        var queries = world.Engine.Queries;
        Assert.Null(await world.Engine.ContactAsync(ada, world.Token));
        Assert.Null(await queries.ContactByIdentityAsync(new(IdentityKind.UserId, "ada"), world.Token));
        Assert.Null(await queries.ContactByIdentityAsync(new(IdentityKind.Email, "ada@example.org"), world.Token));
        Assert.Empty(await queries.TimelineAsync(ada, null, 10, world.Token));
        Assert.Empty(await queries.EnrolmentsOfAsync(ada, 10, world.Token));
        Assert.Empty(await queries.MessagesAsync(null, ada, null, null, 10, world.Token));
        Assert.Empty(await queries.EventsAsync(PartitionSet.All, ["joined"], 0, long.MaxValue, 10, world.Token));
        Assert.Empty(await queries.MembersAsync("segment", "known", 0, 10, world.Token));
        var figures = await world.FiguresAsync("club");
        Assert.Equal((1, 0, 1, 0, 0), (figures.Started, figures.InProgress, figures.By(Outcome.Removed), await world.MembersAsync("known"), await TotalAsync(world)));
        Assert.Equal(figures.Arrived("rest"), figures.Left("rest"));
        Assert.DoesNotContain("ada", System.Text.Encoding.UTF8.GetString((await queries.ContactsAsync(0, false, 10, world.Token)).Single().Body.Span), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_comes_for_them_later_makes_nobody_and_the_same_identities_are_somebody_new()
    {
        await using var world = await InsideAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        await EraseAsync(world, ada);

        Assert.Equal(SubmissionOutcome.UnknownContact, (await EraseAsync(world, ada)).Outcome);
        await world.AdvanceAsync(Duration.FromDays(2));
        Assert.Equal((0, 1), (await TotalAsync(world), (await world.FiguresAsync("club")).Decided));

        await world.DoAsync("ada", "visit");
        var again = await world.ContactAsync("ada");
        Assert.NotEqual(ada, again.Id);
        Assert.False(again.HasTag("vip"));
        Assert.Equal(1, await TotalAsync(world));
    }

    /// <summary>Their address is not written to until they ask for it anew.</summary>
    [Fact]
    public async Task Their_address_hears_nothing_until_a_fresh_opt_in()
    {
        await using var world = await InsideAsync();
        await EraseAsync(world, (await world.ContactAsync("ada")).Id);
        var held = Assert.Single(await world.Engine.Queries.SuppressionsOfAsync(EntryMaker.HashOf("ada@example.org"), world.Token));
        Assert.Equal((null, "erased"), (held.Address, held.Reason));

        await world.IdentifyAsync("newcomer", """{"email":"ada@example.org"}""");
        await world.EditAsync("newcomer", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Given));
        Assert.Empty(await world.Engine.Queries.SuppressionsOfAsync(EntryMaker.HashOf("ada@example.org"), world.Token));
    }

    [Fact]
    public async Task Who_was_merged_into_them_goes_with_them()
    {
        await using var world = await InsideAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        await world.DoAsync("other", "visit");
        var other = (await world.ContactAsync("other")).Id;
        await world.SubmitAsync(new() { Contact = ada, Origin = Origin.Person, Body = new SubmissionBody.Merge(other) });
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal([(ada, ada), (other, ada)], (await ((IEngine)world.Engine).ContactsAsync([other, ada, other, ContactId.Nobody], world.Token)).Select(pair => (pair.Key, pair.Value.Id)).OrderBy(pair => pair.Key == other));

        // By the id that it had before.
        await EraseAsync(world, other);

        foreach (var id in (ContactId[])[ada, other])
        {
            Assert.Null(await world.Engine.ContactAsync(id, world.Token));
            Assert.Empty(await world.Engine.Queries.TimelineAsync(id, null, 10, world.Token));
        }
        Assert.Empty(await ((IEngine)world.Engine).ContactsAsync([ada, other], world.Token));
        Assert.Empty(await world.Engine.Queries.EventsAsync(PartitionSet.All, ["visit"], 0, long.MaxValue, 10, world.Token));
    }

    /// <summary>A merge that is in flight when its winner is erased brings rows and messages of its own.</summary>
    [Fact]
    public async Task Who_is_on_the_way_to_them_goes_with_them()
    {
        await using var world = await InsideAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        await world.EditAsync("other", new ContactEdit.AddTag("vip"), new ContactEdit.SetConsent("email", "shop-news", ConsentState.Given));
        await world.IdentifyAsync("other", """{"email":"other@example.org"}""");
        await world.DoAsync("other", "joined");
        await world.Engine.SettleAsync(world.Token);
        var other = (await world.ContactAsync("other")).Id;
        Assert.Equal((2, 2), (await TotalAsync(world), await world.MembersAsync("known")));

        // The merge is decided before the erasure, and what it carries is absorbed after it.
        var results = await world.Engine.SubmitAsync(
            [
                new() { Contact = ada, Origin = Origin.Person, Body = new SubmissionBody.Merge(other) },
                new() { Contact = ada, Origin = Origin.Person, CreatesContact = false, Body = new SubmissionBody.Erase() },
            ], world.Token);
        Assert.All(results, static result => Assert.Equal(SubmissionOutcome.Accepted, result.Outcome));
        await world.Engine.SettleAsync(world.Token);

        foreach (var id in (ContactId[])[ada, other])
        {
            Assert.Null(await world.Engine.ContactAsync(id, world.Token));
            Assert.Empty(await world.Engine.Queries.TimelineAsync(id, null, 10, world.Token));
            Assert.Empty(await world.Engine.Queries.EnrolmentsOfAsync(id, 10, world.Token));
            Assert.Empty(await world.Engine.Queries.MessagesAsync(null, id, null, null, 10, world.Token));
        }
        var figures = await world.FiguresAsync("club");
        Assert.Equal((0, 0, 0, 2), (await TotalAsync(world), await world.MembersAsync("known"), figures.InProgress, figures.By(Outcome.Removed)));
        Assert.Equal("erased", Assert.Single(await world.Engine.Queries.SuppressionsOfAsync(EntryMaker.HashOf("other@example.org"), world.Token)).Reason);
    }

    /// <summary>A process that ends in between goes on with it.</summary>
    [Fact]
    public async Task What_is_left_after_a_crash_goes_at_the_next_start()
    {
        await using var world = await InsideAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        await world.SubmitAsync(new() { Contact = ada, Origin = Origin.Person, CreatesContact = false, Body = new SubmissionBody.Erase() });
        await world.CrashAsync(() => { });
        await world.Engine.SettleAsync(world.Token);

        Assert.Empty(await world.Engine.Queries.MessagesAsync(null, ada, null, null, 10, world.Token));
        Assert.Empty(await world.Engine.Queries.DocumentsAsync(Parcours.Engine.Catalogues.DocumentKinds.Erasing, null, null, 10, world.Token));
        Assert.Single(await world.Engine.Queries.DocumentsAsync(Parcours.Engine.Catalogues.DocumentKinds.Erasure, null, null, 10, world.Token));
    }
}
