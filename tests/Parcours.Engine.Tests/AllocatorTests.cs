using System.Text;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>What is given out once for all contacts: Semantics 9.2, 9.3.</summary>
public sealed class AllocatorTests
{
    static string Journey(string points, string settings = "", string id = "j") => $$"""
        {
          "format": 1, "id": "{{id}}", "name": "{{id}}",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" }{{settings}} },
          "start": [ { "kind": "event", "id": "in", "events": ["go"], "next": "p" }, { "kind": "hand", "id": "hand", "next": "rest" } ],
          "points": { {{points}}, "rest": { "kind": "addTag", "tag": "rest" }, "done": { "kind": "addTag", "tag": "done" } }
        }
        """;

    static string FirstN(int first) => $$""" "p": { "kind": "firstN", "first": {{first}}, "next": "done", "rest": "rest" } """;
    const string Coupon = """ "p": { "kind": "coupon", "pool": "spring", "next": "hold", "onEmpty": "rest" }, "hold": { "kind": "delay", "for": "P1D", "next": "mail" }, "mail": { "kind": "sendEmail", "content": "hello", "next": "after" }, "after": { "kind": "delay", "for": "P1D", "next": "done" } """;
    const string OutExit = """, "exits": [ { "name": "out", "when": { "kind": "tag", "name": "out" } } ]""";

    static async Task<World> WithAsync(params string[] journeys)
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        World.Done(await world.Engine.Catalogue.SaveAsync("coupon-pool", "spring", """{"name":"spring","warnBelow":2,"expiresAfter":"P30D"}"""u8.ToArray(), null, world.Token));
        foreach (var journey in journeys)
            await world.PublishAsync(journey);
        return world;
    }

    static async Task<IReadOnlyList<int>> UploadAsync(World world, params string[] codes)
    {
        var twice = await world.Engine.WriteAsync((unit, now) => unit.AddCodesAsync(AllocatorId.OfPool("spring"), codes, now, world.Token), world.Token);
        World.Done(await world.Engine.Catalogue.RestockAsync("spring", world.Token));
        return twice;
    }

    static Task GoAllAsync(World world, int from, int count) => GoAllAsync(world, Enumerable.Range(from, count).Select(number => $"user-{number}"));

    static async Task GoAllAsync(World world, IEnumerable<string> users)
    {
        await world.Engine.SubmitAsync([.. users.Select(user => world.Event(user, "go"))], world.Token);
        await world.Engine.SettleAsync(world.Token);
    }

    static async Task<int> TaggedAsync(World world, string tag) =>
        (await world.Engine.Queries.ContactsAsync(0, false, 1_000, world.Token)).Count(body => world.Engine.Decode(body.Body.Span).HasTag(tag));

    /// <summary>Semantics 9.2: exact, however many come at once; those who came first have the places.</summary>
    [Fact]
    public async Task The_first_so_many_go_one_way_and_all_others_the_other()
    {
        await using var world = await WithAsync(Journey(FirstN(7)));

        await GoAllAsync(world, 1, 40);

        Assert.Equal((7, 33), (await TaggedAsync(world, "done"), await TaggedAsync(world, "rest")));
        foreach (var number in Enumerable.Range(1, 7))
            Assert.True((await world.ContactAsync($"user-{number}")).HasTag("done"));
        var figures = await world.FiguresAsync("j");
        Assert.Equal((40, 40, 0), (figures.Arrived("p"), figures.Left("p"), figures.InProgress));
    }

    /// <summary>Semantics 9.2: what an allocator knows is stored with its partition; a newer version may say another number, and places that are taken stay taken.</summary>
    [Fact]
    public async Task Places_are_taken_for_good_across_restarts_and_versions()
    {
        await using var world = await WithAsync(Journey(FirstN(3)));
        await GoAllAsync(world, 1, 2);
        await world.RestartAsync();
        await GoAllAsync(world, 3, 2);
        Assert.Equal((3, 1), (await TaggedAsync(world, "done"), await TaggedAsync(world, "rest")));

        await world.PublishAsync(Journey(FirstN(5)));
        await GoAllAsync(world, 5, 4);

        Assert.Equal((5, 3), (await TaggedAsync(world, "done"), await TaggedAsync(world, "rest")));
    }

    /// <summary>Semantics 8.3: an answer that comes in a pause acts when the journey goes on.</summary>
    [Fact]
    public async Task An_answer_waits_for_the_end_of_a_pause()
    {
        await using var world = await WithAsync(Journey(FirstN(1)));
        var asking = world.Engine.SubmitAsync([world.Event("ada", "go")], world.Token);
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("j"), false, world.Token));
        await asking;
        await world.Engine.SettleAsync(world.Token);
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("j"), world.Token));
        await world.Engine.SettleAsync(world.Token);

        Assert.Empty((await world.ContactAsync("ada")).Enrolments);
    }

    /// <summary>Semantics 9.2: each code once; whoever comes when none is left goes the other way. The code, and until when it is good, are in the journey's data.</summary>
    [Fact]
    public async Task Every_code_is_given_once_and_then_none_is_left()
    {
        await using var world = await WithAsync(Journey(Coupon));
        Assert.Equal([2], await UploadAsync(world, "A", "B", "A"));
        Assert.Equal([0], await UploadAsync(world, "B", "C"));

        await GoAllAsync(world, 1, 5);

        Assert.Equal(2, await TaggedAsync(world, "rest"));
        var given = await world.Engine.Queries.AllocationsAsync(AllocatorId.OfPool("spring"), AllocationStatus.Given, 0, 10, world.Token);
        Assert.Equal(["A", "B", "C"], given.Select(row => row.Value));
        var holding = Assert.Single((await world.ContactAsync("user-1")).Enrolments);
        Assert.Equal(("A", "2026-04-01T09:00:00Z"), (holding.Data["coupon"].AsText, holding.Data["coupon_expires"].AsText));
        Assert.Equal(new AllocationCounts(0, 0, 3), await world.Engine.Queries.AllocationCountsAsync(AllocatorId.OfPool("spring"), world.Token));
        Assert.Equal(["coupons-low"], (await world.Engine.Queries.AlertsAsync(10, world.Token)).Select(alert => alert.Code));
    }

    /// <summary>Semantics 9.3: who leaves before anything could show the code hands it back, and somebody else gets it; once a mail is decided it stays given.</summary>
    [Fact]
    public async Task A_code_that_nobody_has_seen_is_handed_back()
    {
        await using var world = await WithAsync(Journey(Coupon, OutExit));
        await UploadAsync(world, "A", "B");
        await world.IdentifyAsync("ada", """{"email":"ada@example.org"}""");
        await GoAllAsync(world, ["ada", "bea"]);
        await world.EditAsync("bea", new ContactEdit.AddTag("out"));
        await world.AdvanceAsync(Duration.FromHours(25));
        await world.EditAsync("ada", new ContactEdit.AddTag("out"));

        await GoAllAsync(world, ["cleo", "dora"]);

        var given = await world.Engine.Queries.AllocationsAsync(AllocatorId.OfPool("spring"), AllocationStatus.Given, 0, 10, world.Token);
        Assert.Equal([("A", (await world.ContactAsync("ada")).Id), ("B", (await world.ContactAsync("cleo")).Id)], given.Select(row => (row.Value!, row.Contact!.Value)));
        Assert.True((await world.ContactAsync("dora")).HasTag("rest"));
    }

    [Fact]
    public async Task Codes_of_a_pattern_are_made_when_they_are_asked_for_and_none_is_like_another()
    {
        await using var world = await WithAsync();
        World.Done(await world.Engine.Catalogue.SaveAsync("coupon-pool", "made", """{"name":"made","pattern":"SPRING-*****","secret":"s3cret"}"""u8.ToArray(), null, world.Token));
        await world.PublishAsync(Journey(Coupon.Replace("spring", "made", StringComparison.Ordinal)));

        await GoAllAsync(world, 1, 60);

        var given = await world.Engine.Queries.AllocationsAsync(AllocatorId.OfPool("made"), AllocationStatus.Given, 0, 100, world.Token);
        Assert.Equal(60, given.Select(row => row.Value).Distinct().Count());
        Assert.All(given, row => Assert.Matches("^SPRING-[2-9A-HJ-NP-Z]{5}$", row.Value!));
    }

    /// <summary>Semantics 9.2: in the order of arrival, each as often as the weight says.</summary>
    [Fact]
    public async Task Users_own_contacts_in_turn_by_their_weights()
    {
        await using var world = await WithAsync(Journey(""" "p": { "kind": "assignOwner", "users": [ { "user": "eva@example.org", "weight": 2 }, { "user": "sam@example.org" } ], "onlyWithout": true, "next": "done" } """));
        await GoAllAsync(world, 1, 9);
        await GoAllAsync(world, 1, 9);

        var owners = new List<string>();
        foreach (var number in Enumerable.Range(1, 9))
            owners.Add((await world.ContactAsync($"user-{number}")).Property("owner").AsText[..3]);
        Assert.Equal("eva sam eva eva sam eva eva sam eva", string.Join(' ', owners));
    }

    static string Rated(int most, string per, string more = "") => Journey(""" "p": { "kind": "addTag", "tag": "in", "next": "done" } """, $$""", "entryRate": { "most": {{most}}, "per": "{{per}}" }{{more}}""");

    /// <summary>Semantics 9.3: so many in a time, in order of arrival; who waits stands at the starting point with the reason.</summary>
    [Fact]
    public async Task Only_so_many_enter_in_a_time_and_the_others_wait_at_the_starting_point()
    {
        await using var world = await WithAsync(Rated(2, "minute"));
        await GoAllAsync(world, 1, 5);

        var waiting = Assert.IsType<EnrolmentState.Waiting>(Assert.Single((await world.ContactAsync("user-5")).Enrolments).State);
        Assert.Equal(("in", "entry-rate"), (waiting.Point, waiting.Wait.Reason));
        Assert.Equal(4, (await world.Engine.Queries.QueueAsync(new("j"), "in", 0, 10, world.Token)).Count);
        foreach (var expected in new[] { 1, 2, 3, 4, 5, 5 })
        {
            Assert.Equal(expected, await TaggedAsync(world, "in"));
            await world.AdvanceAsync(Duration.FromSeconds(30));
        }

        var figures = await world.FiguresAsync("j");
        Assert.Equal((5, 5, 5, 0), (figures.Arrived("in"), figures.Left("in"), figures.Started, figures.InProgress));
    }

    /// <summary>Semantics 9.3: who leaves meanwhile hands the place back; a pause lets nobody in, and what it cost is not made up for; another rate holds for all who wait.</summary>
    [Fact]
    public async Task Leaving_a_pause_and_another_rate_touch_nobody_else_in_the_line()
    {
        await using var world = await WithAsync(Rated(1, "hour", OutExit));
        await GoAllAsync(world, 1, 4);
        var before = await world.Engine.Queries.AllocationsAsync(AllocatorId.OfRate(new("j")), AllocationStatus.Waiting, 0, 10, world.Token);
        await world.EditAsync("user-2", new ContactEdit.AddTag("out"));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("j"), false, world.Token));
        await world.AdvanceAsync(Duration.FromHours(5));
        Assert.Equal(1, await TaggedAsync(world, "in"));
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("j"), world.Token));
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal(2, await TaggedAsync(world, "in"));
        Assert.True((await world.ContactAsync("user-3")).HasTag("in"));
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromMinutes(59));
        Assert.Equal(2, await TaggedAsync(world, "in"));
        Assert.Equal(before.Skip(2), await world.Engine.Queries.AllocationsAsync(AllocatorId.OfRate(new("j")), AllocationStatus.Waiting, 0, 10, world.Token));
        await world.PublishAsync(Rated(60, "minute", OutExit));
        await world.AdvanceAsync(Duration.FromSeconds(1));

        Assert.Equal(3, await TaggedAsync(world, "in"));
        Assert.Empty((await world.ContactAsync("user-2")).Enrolments);
    }

    /// <summary>Semantics 6.4: no rule of a publisher names the line, and nobody in it has gone a step: they begin in the version of the day.</summary>
    [Fact]
    public async Task Who_waits_in_the_line_begins_in_the_version_of_the_day()
    {
        await using var world = await WithAsync(Rated(1, "hour"));
        await GoAllAsync(world, 1, 2);
        await world.PublishAsync(Rated(1, "hour").Replace("\"tag\": \"in\"", "\"tag\": \"newer\"", StringComparison.Ordinal));
        await world.AdvanceAsync(Duration.FromHours(1));

        Assert.Equal((1, 1), (await TaggedAsync(world, "in"), await TaggedAsync(world, "newer")));
        var figures = await world.FiguresAsync("j");
        Assert.Equal((2, 2, 0), (figures.Arrived("in"), figures.Left("in"), figures.InProgress));
    }

    /// <summary>Semantics 9.3: two versions that name others take nobody's turn.</summary>
    [Fact]
    public async Task Versions_with_other_owners_take_nobodys_turn()
    {
        const string Owners = """ "p": { "kind": "waitFor", "activities": [ { "kind": "event", "events": ["ready"] } ], "next": "o" }, "o": { "kind": "assignOwner", "users": [ { "user": "eva@example.org" }, { "user": "SECOND@example.org" } ], "next": "done" } """;
        await using var world = await WithAsync(Journey(Owners.Replace("SECOND", "sam", StringComparison.Ordinal)));
        await GoAllAsync(world, 1, 4);
        await world.PublishAsync(Journey(Owners.Replace("SECOND", "tom", StringComparison.Ordinal)));
        await GoAllAsync(world, 11, 4);
        var given = new List<string>();
        foreach (var number in new[] { 1, 11, 2, 12, 3, 13, 4, 14 })
        {
            await world.DoAsync($"user-{number}", "ready");
            await world.Engine.SettleAsync(world.Token);
            given.Add((await world.ContactAsync($"user-{number}")).Property("owner").AsText[..3]);
        }

        Assert.True(given.Count(owner => owner == "sam") == 2 && given.Count(owner => owner == "tom") == 2, string.Join(' ', given));
    }

    [Fact]
    public async Task Without_a_rate_any_more_all_who_wait_come_in()
    {
        await using var world = await WithAsync(Rated(1, "day"));
        await GoAllAsync(world, 1, 30);
        await world.PublishAsync(Journey(""" "p": { "kind": "addTag", "tag": "in", "next": "done" } """));

        Assert.Equal(30, await TaggedAsync(world, "in"));
        Assert.Equal(new AllocationCounts(0, 0, 30), await world.Engine.Queries.AllocationCountsAsync(AllocatorId.OfRate(new("j")), world.Token));
    }

    /// <summary>Semantics 4.5, 9.2: a contact that is merged while it waits is let in as the one that it became.</summary>
    [Fact]
    public async Task Who_is_merged_while_waiting_is_let_in_all_the_same()
    {
        await using var world = await WithAsync(Rated(1, "hour"));
        await GoAllAsync(world, ["ada", "bea"]);
        var loser = await world.ContactAsync("bea");
        await world.IdentifyAsync("cleo", "{}");
        await world.SubmitAsync(new() { Contact = (await world.ContactAsync("cleo")).Id, Origin = Origin.Person, Body = new Intake.SubmissionBody.Merge(loser.Id) });
        await world.AdvanceAsync(Duration.FromHours(1));

        Assert.True((await world.ContactAsync("cleo")).HasTag("in"));
    }

    /// <summary>Semantics 6.9, 9.3: whoever begins anew stands at the end of the line, and the place before goes to the next.</summary>
    [Fact]
    public async Task Beginning_anew_hands_the_place_back()
    {
        await using var world = await WithAsync(Rated(1, "hour").Replace("afterLeaving", "always", StringComparison.Ordinal));
        await GoAllAsync(world, ["ada", "bea", "cleo"]);
        await GoAllAsync(world, ["bea"]);
        await world.AdvanceAsync(Duration.FromHours(1));

        Assert.True((await world.ContactAsync("cleo")).HasTag("in"));
        Assert.False((await world.ContactAsync("bea")).HasTag("in"));
    }

    /// <summary>Semantics 15.7: what a deleted pool holds goes in pieces between stimuli; until it is gone none of its name begins, also after a restart.</summary>
    [Fact]
    public async Task A_large_pool_is_forgotten_in_pieces()
    {
        await using var world = await WithAsync();
        await UploadAsync(world, [.. Enumerable.Range(0, 9_000).Select(number => $"C{number}")]);
        World.Done(await world.Engine.Catalogue.DeleteAsync("coupon-pool", "spring", null, world.Token));
        Assert.True((await world.Engine.Queries.AllocationCountsAsync(AllocatorId.OfPool("spring"), world.Token)).Free > 0);
        Assert.Single(await world.Engine.Queries.DocumentsAsync("job", "forget-", null, 10, world.Token));

        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromSeconds(1));

        Assert.Equal(new AllocationCounts(0, 0, 0), await world.Engine.Queries.AllocationCountsAsync(AllocatorId.OfPool("spring"), world.Token));
        Assert.Empty(await world.Engine.Queries.DocumentsAsync("job", "forget-", null, 10, world.Token));
        World.Done(await world.Engine.Catalogue.SaveAsync("coupon-pool", "spring", """{"name":"spring"}"""u8.ToArray(), null, world.Token));
    }

    [Fact]
    public async Task A_journey_or_pool_of_the_same_name_begins_anew()
    {
        await using var world = await WithAsync(Journey(FirstN(1)));
        await GoAllAsync(world, ["ada"]);
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("j"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        World.Done(await world.Engine.Catalogue.DeleteJourneyAsync(new("j"), null, world.Token));
        await UploadAsync(world, "A");
        World.Done(await world.Engine.Catalogue.DeleteAsync("coupon-pool", "spring", null, world.Token));

        Assert.Equal(new AllocationCounts(0, 0, 0), await world.Engine.Queries.AllocationCountsAsync(AllocatorId.OfPool("spring"), world.Token));
        Assert.Equal(new AllocationCounts(0, 0, 0), await world.Engine.Queries.AllocationCountsAsync(AllocatorId.OfPoint(AllocatorKind.FirstN, new("j"), "p"), world.Token));
    }
}
