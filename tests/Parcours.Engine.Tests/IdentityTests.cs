using System.Text;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

public sealed class IdentityTests
{
    static Submission Anonymous(string anonymous, string @event, params Identity[] more) => new()
    {
        Identities = [new(IdentityKind.AnonymousId, anonymous), .. more],
        Body = new SubmissionBody.Received([], default, @event, "{}"u8.ToArray()),
    };

    static Identity User(string id) => new(IdentityKind.UserId, id);
    static Identity Email(string address) => new(IdentityKind.Email, address);

    /// <summary>Semantics 4.3, 4.5, 4.6: an anonymous visitor who signs in becomes one contact with all that was known.</summary>
    [Fact]
    public async Task A_visitor_who_signs_in_brings_along_what_was_known()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("visited-twice", """{"kind":"event","events":["visit"],"function":"count","is":"atLeast","value":2}""");
        await world.IdentifyAsync("ada", """{"plan":"pro"}""");
        await world.DoAsync("ada", "visit");
        await world.SubmitAsync(Anonymous("cookie", "visit"));

        await world.SubmitAsync(Anonymous("cookie", "sign-in", User("ada")));

        var ada = await world.ContactAsync("ada");
        Assert.Equal(ada.Id, (await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.AnonymousId, "cookie"), world.Token))!.Value);
        Assert.Contains("visited-twice", ada.Segments);
        Assert.Single(ada.Absorbed);
        var total = (await world.Engine.Queries.CountersAsync(CounterKind.Total, null, world.Token)).Single(pair => pair.Key.Point == "contacts").Value;
        Assert.Equal(1, total);
    }

    /// <summary>Semantics 4.3: two user ids are never merged; the anonymous id belongs from now on to the latest user.</summary>
    [Fact]
    public async Task A_shared_device_does_not_make_two_users_one()
    {
        await using var world = await World.StartAsync();
        await world.SubmitAsync(Anonymous("tablet", "visit", User("ada")));
        await world.SubmitAsync(Anonymous("tablet", "visit", User("ben")));

        Assert.NotEqual((await world.ContactAsync("ada")).Id, (await world.ContactAsync("ben")).Id);
        Assert.Equal((await world.ContactAsync("ben")).Id, (await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.AnonymousId, "tablet"), world.Token))!.Value);
        Assert.DoesNotContain((await world.ContactAsync("ada")).Identities, identity => identity.Kind == IdentityKind.AnonymousId);
    }

    /// <summary>Semantics 4.3: by alias with a server key two users become one.</summary>
    [Fact]
    public async Task An_alias_by_a_server_merges_two_users()
    {
        await using var world = await World.StartAsync();
        await world.IdentifyAsync("ada", """{"city":"Rome"}""");
        await world.IdentifyAsync("ada-old", """{"city":"Paris","plan":"pro"}""");

        await world.SubmitAsync(new() { Identities = [User("ada"), User("ada-old")], Body = new SubmissionBody.Alias() });

        var ada = await world.ContactAsync("ada");
        Assert.Equal(ada.Id, (await world.ContactAsync("ada-old")).Id);
        Assert.Equal((Value.Of("Rome"), Value.Of("pro")), (ada.Property("city"), ada.Property("plan")));
    }

    /// <summary>Semantics 4.4: changing an e-mail releases the old one at once.</summary>
    [Fact]
    public async Task A_changed_address_is_free_for_somebody_new()
    {
        await using var world = await World.StartAsync();
        await world.IdentifyAsync("ada", """{"email":"old@example.org"}""");
        await world.IdentifyAsync("ada", """{"email":"New@Example.org "}""");

        var ada = await world.ContactAsync("ada");
        Assert.Equal("new@example.org", ada.IdentityOf(IdentityKind.Email));
        Assert.Null(await world.Engine.Queries.ContactByIdentityAsync(Email("old@example.org"), world.Token));
        await world.SubmitAsync(new() { Identities = [Email("old@example.org")], Body = new SubmissionBody.Received([new ContactEdit.AddTag("new")], default, null, default) });
        Assert.NotEqual(ada.Id, (await world.Engine.Queries.ContactByIdentityAsync(Email("old@example.org"), world.Token))!.Value);
    }

    /// <summary>Semantics 4.3: a public key attaches anonymous ids only, sets open properties only, and no tags, lists or consents.</summary>
    [Fact]
    public async Task A_public_key_claims_nobodys_name()
    {
        await using var world = await World.StartAsync();
        World.Done(await world.Engine.Catalogue.SaveAsync("property", "theme", """{"type":"text","public":true}"""u8.ToArray(), null, world.Token));
        await world.IdentifyAsync("ada", """{"plan":"pro"}""");

        var result = await world.SubmitAsync(new()
        {
            Identities = [new(IdentityKind.AnonymousId, "cookie"), User("ada")],
            Rights = SenderRights.Public,
            Body = new SubmissionBody.Received([new ContactEdit.AddTag("vip")], """{"plan":"free","theme":"dark"}"""u8.ToArray(), "visit", "{}"u8.ToArray()),
        });

        Assert.Equal(SubmissionOutcome.Accepted, result.Outcome);
        Assert.Equal(2, result.Refusals.Count(refusal => refusal.Code == "rights.public"));
        Assert.Equal(Value.Of("pro"), (await world.ContactAsync("ada")).Property("plan"));
        var visitor = (await world.Engine.ContactAsync((await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.AnonymousId, "cookie"), world.Token))!.Value, world.Token))!;
        Assert.NotEqual((await world.ContactAsync("ada")).Id, visitor.Id);
        Assert.Equal(Value.Of("dark"), visitor.Property("theme"));
        Assert.False(visitor.HasTag("vip"));
    }

    /// <summary>Semantics 4.5, 4.7, 9.1: enrolments move with point and due time; where one is allowed the older stays; what still arrives is forwarded.</summary>
    [Fact]
    public async Task Whoever_is_merged_goes_on_travelling()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        await world.SubmitAsync(Anonymous("cookie", "basket_filled"));
        await world.AdvanceAsync(Duration.FromDays(1));
        await world.DoAsync("ada", "basket_filled", traits: """{"email":"ada@example.org"}""");

        await world.SubmitAsync(Anonymous("cookie", "sign-in", User("ada")));
        var older = Assert.Single(await world.EnrolmentsAsync("ada"), row => row.Outcome is null);
        Assert.Equal(World.Monday9, older.StartedAt);
        var figures = await world.FiguresAsync("basket");
        Assert.Equal((2, 1, 1), (figures.Started, figures.InProgress, figures.By(Outcome.Removed)));

        await world.AdvanceAsync(Duration.FromDays(1));
        Assert.Single(world.Mail.Sent);
        await world.AdvanceAsync(Duration.FromDays(30));
        figures = await world.FiguresAsync("basket");
        Assert.Equal((2, 0, 1), (figures.Started, figures.InProgress, figures.By(Outcome.Unsuccessful)));
    }

    /// <summary>Semantics 4.5: timelines follow the ids that were absorbed; and an entry that names the loser by id acts on the winner.</summary>
    [Fact]
    public async Task An_entry_for_a_merged_contact_reaches_the_winner()
    {
        await using var world = await World.StartAsync();
        var visitor = (await world.SubmitAsync(Anonymous("cookie", "visit"))).Contact;
        await world.SubmitAsync(Anonymous("cookie", "sign-in", User("ada")));

        await world.SubmitAsync(new() { Contact = visitor, Origin = Origin.Person, Body = new SubmissionBody.Received([new ContactEdit.AddTag("called")], default, null, default) });

        Assert.True((await world.ContactAsync("ada")).HasTag("called"));
    }

    /// <summary>Semantics 4.6: a person merges by hand; an opt-out stands.</summary>
    [Fact]
    public async Task A_merge_by_hand_keeps_the_opt_out()
    {
        await using var world = await World.StartAsync();
        await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Given));
        await world.AdvanceAsync(Duration.FromDays(1));
        await world.EditAsync("ada-2", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused));
        var (ada, other) = ((await world.ContactAsync("ada")).Id, (await world.ContactAsync("ada-2")).Id);

        await world.SubmitAsync(new() { Contact = ada, Origin = Origin.Person, Body = new SubmissionBody.Merge(other) });

        Assert.Equal(ConsentState.Refused, (await world.ContactAsync("ada")).Consent("email", "shop-news"));
        Assert.Equal(ada, (await world.ContactAsync("ada-2")).Id);
    }

    /// <summary>Semantics 4.3, 4.5: an identity that passes on in the very batch that merged its holder is not brought back by the merge.</summary>
    [Fact]
    public async Task A_device_that_changes_hands_while_its_contact_is_merged_belongs_to_the_latest_user()
    {
        await using var world = await World.StartAsync();
        await world.SubmitAsync(new() { Identities = [new(IdentityKind.AnonymousId, "device")], Body = new SubmissionBody.Received([], """{"seen":1}"""u8.ToArray(), null, default) });
        await world.DoAsync("ada", "visit");
        Submission At(string user) => new() { Identities = [User(user), new(IdentityKind.AnonymousId, "device")], Body = new SubmissionBody.Received([], """{"seen":2}"""u8.ToArray(), null, default) };

        await world.Engine.SubmitAsync([At("ada"), At("ben")], world.Token);
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal([User("ada")], (await world.ContactAsync("ada")).Identities);
        Assert.Contains(new(IdentityKind.AnonymousId, "device"), (await world.ContactAsync("ben")).Identities);
    }

    /// <summary>Semantics 1.2: the sender's clock is corrected by when it says it sent.</summary>
    [Fact]
    public async Task A_sender_whose_clock_is_wrong_is_corrected()
    {
        await using var world = await World.StartAsync();
        var wrong = world.Clock.Now - Duration.FromDays(400);
        await world.SubmitAsync(world.Event("ada", "visit") with { Timestamp = wrong - Duration.FromMinutes(5), SentAt = wrong });

        var visit = Assert.Single(await world.Engine.Queries.EventsAsync(PartitionSet.All, ["visit"], 0, long.MaxValue, 10, world.Token));
        Assert.Equal(world.Clock.Now - Duration.FromMinutes(5), visit.OccurredAt);
    }

    /// <summary>Semantics 2.2: more than a day in the future is clamped to when it was received.</summary>
    [Fact]
    public async Task An_event_of_next_week_happened_now()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "visit", at: world.Clock.Now + Duration.FromDays(7));

        Assert.Equal(world.Clock.Now, Assert.Single(await world.Engine.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, world.Token)).OccurredAt);
    }

    /// <summary>Semantics 16.2: property names have a limit; further ones stay in the event and are named.</summary>
    [Fact]
    public async Task Property_names_beyond_the_limit_are_refused_by_name()
    {
        await using var world = await World.StartAsync();
        for (var batch = 0; batch < 4; batch++)
        {
            var traits = string.Join(",", Enumerable.Range(0, 500).Select(number => $"\"p{batch}-{number}\":1"));
            await world.IdentifyAsync($"u{batch}", "{" + traits + "}");
        }

        var result = await world.SubmitAsync(new() { Identities = [User("ada")], Body = new SubmissionBody.Received([], """{"one-more":1}"""u8.ToArray(), null, default) });

        Assert.Equal("limit.properties", Assert.Single(result.Refusals).Code);
        Assert.Equal(Value.None, (await world.ContactAsync("ada")).Property("one-more"));
    }

    /// <summary>An impossible date is told, and everything else of the entry is taken.</summary>
    [Fact]
    public async Task An_impossible_date_is_refused_with_what_to_send()
    {
        await using var world = await World.StartAsync();
        World.Done(await world.Engine.Catalogue.SaveAsync("property", "born", """{"type":"date"}"""u8.ToArray(), null, world.Token));

        var result = await world.SubmitAsync(new() { Identities = [User("ada")], Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes("""{"born":"2026-02-30","city":"Rome"}"""), null, default) });

        Assert.Equal("property.type", Assert.Single(result.Refusals).Code);
        Assert.Equal((Value.None, Value.Of("Rome")), ((await world.ContactAsync("ada")).Property("born"), (await world.ContactAsync("ada")).Property("city")));
    }
}
