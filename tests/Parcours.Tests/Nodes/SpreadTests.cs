using System.Net;
using System.Text;
using System.Text.Json;
using Parcours.Cli;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Tests.Nodes;

/// <summary>Several whole servers that share the partitions of one database (Semantics 15.2 to 15.6; docs/decisions/0015).</summary>
public sealed class SpreadTests : IAsyncLifetime
{
    const int People = 200;
    TestNodes _nodes = null!; // InitializeAsync makes them.

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _nodes = await TestNodes.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
            await _nodes.DisposeAsync();
    }

    /// Semantics 6.2, 15.6, 15.9
    [Fact]
    public async Task A_journey_published_at_one_node_takes_in_whoever_comes_to_any_node_and_each_once()
    {
        await _nodes.StartAsync(3);
        Done(await _nodes.Leader.Engine.Catalogue.SaveAsync("list", "friends", Bytes("""{ "name": "friends", "title": "Friends" }"""), 0, Cancellation));
        await PublishAsync("welcome", """{ "tag": { "kind": "addTag", "tag": "in", "next": "wait" }, "wait": { "kind": "delay", "for": "PT0.3S", "next": "end" }, "end": { "kind": "end", "outcome": "completed" } }""", "tag");

        await SendAsync("signed_up", People);
        await SendAsync("signed_up", People);

        await TestNodes.UntilAsync("Somebody is still under way", async () => await StartedAsync("welcome") == People && await EndedAsync("welcome") == People);
        Assert.Equal(People, await EndedAsync("welcome", "completed"));
        for (var person = 0; person < People; person++)
            Assert.Equal((1, Outcome.Completed), await OnlyAsync(person));
    }

    /// Semantics 15.9
    [Fact]
    public async Task An_edit_is_answered_with_what_its_burst_says_whichever_node_runs_it()
    {
        await _nodes.StartAsync(2);
        await PublishAsync("welcome", """{ "wait": { "kind": "delay", "for": "P1D", "next": "end" }, "end": { "kind": "end", "outcome": "completed" } }""", "wait");
        await SendAsync("seen", People);
        var contacts = await ContactsAsync();
        Assert.True(contacts.Select(Partition.Of).Distinct().Count() > 32, "The people are in too few partitions.");

        var entered = await _nodes.Leader.Engine.SubmitAsync([.. contacts.Select(Enrol)], Cancellation);
        var again = await _nodes.Leader.Engine.SubmitAsync([.. contacts.Select(Enrol)], Cancellation);

        Assert.All(entered, result => Assert.True(result is { Outcome: SubmissionOutcome.Accepted, Entered: not null }, result.ToString()));
        Assert.All(again, result => Assert.Equal(SubmissionOutcome.Refused, result.Outcome));
        Assert.Equal(People, await StartedAsync("welcome"));

        static Submission Enrol(ContactId contact) => new() { Body = new SubmissionBody.Enrol(new("welcome"), default, null), Origin = Origin.Person, Contact = contact, CreatesContact = false };
    }

    /// Semantics 6.8, 7.7: what goes through all contacts is done by each node for its own.
    [Fact]
    public async Task A_segment_fills_and_an_ended_journey_empties_over_all_nodes()
    {
        await _nodes.StartAsync(2);
        await PublishAsync("welcome", """{ "wait": { "kind": "delay", "for": "P1D", "next": "end" }, "end": { "kind": "end", "outcome": "completed" } }""", "wait");
        await SendAsync("signed_up", People);
        await SendAsync("bought", People / 2);
        await SendAsync("bought", People / 2);
        await TestNodes.UntilAsync("Somebody has not come in", async () => await StartedAsync("welcome") == People);

        Done(await _nodes.Leader.Engine.Catalogue.SaveSegmentAsync("buyers", Bytes("""{ "name": "buyers", "condition": { "kind": "event", "events": ["bought"], "function": "count", "is": "atLeast", "value": 2 } }"""), 0, Cancellation));
        Done(await _nodes.Leader.Engine.Catalogue.EndJourneyAsync(new("welcome"), Cancellation));

        await TestNodes.UntilAsync("The segment is not filled", async () => await _nodes.Leader.Engine.Catalogue.SegmentAsync("buyers", Cancellation) is { Filling: false });
        Assert.Equal(People / 2, (await _nodes.Leader.Engine.Catalogue.SegmentAsync("buyers", Cancellation))!.Members);
        await TestNodes.UntilAsync("Somebody is still inside", async () => await EndedAsync("welcome", "exited") == People);
        // What comes later is decided by the same memory, wherever it comes.
        await SendAsync("bought", People, from: People / 2);
        await SendAsync("bought", People, from: People / 2);
        await TestNodes.UntilAsync("Some have bought and are no buyers", async () => (await _nodes.Leader.Engine.Catalogue.SegmentAsync("buyers", Cancellation))!.Members == People);
    }

    /// Semantics 9.2, 9.3: what is global is given out once, on whichever nodes those are who ask and who gives.
    [Fact]
    public async Task The_first_so_many_are_exactly_so_many_and_no_code_is_given_twice_over_all_nodes()
    {
        const int First = 50;
        await _nodes.StartAsync(3);
        Done(await _nodes.Leader.Engine.Catalogue.SaveAsync(DocumentKinds.Pool, "codes", Bytes("{}"), 0, Cancellation));
        Assert.Empty(await _nodes.Leader.Engine.WriteAsync((unit, now) => unit.AddCodesAsync(AllocatorId.OfPool("codes"), [.. Enumerable.Range(1, First).Select(number => $"C{number}")], now, Cancellation), Cancellation));
        await PublishAsync("welcome", $$"""{ "first": { "kind": "firstN", "first": {{First}}, "next": "code", "rest": "end" }, "code": { "kind": "coupon", "pool": "codes", "next": "won", "onEmpty": "lost" }, "won": { "kind": "end", "outcome": "successful" }, "lost": { "kind": "end", "outcome": "unsuccessful" }, "end": { "kind": "end", "outcome": "completed" } }""", "first");

        await SendAsync("signed_up", People);

        await TestNodes.UntilAsync("Somebody is still under way", async () => await EndedAsync("welcome") == People);
        Assert.Equal((First, People - First), (await EndedAsync("welcome", "successful"), await EndedAsync("welcome", "completed")));
        Assert.Equal(new(0, 0, First), await _nodes.Leader.Engine.Queries.AllocationCountsAsync(AllocatorId.OfPool("codes"), Cancellation));
    }

    /// Semantics 15.2: a node joins because there is too much to do; that must not keep it from its part.
    [Fact]
    public async Task A_node_that_is_sent_more_than_it_can_do_gives_up_its_part_all_the_same()
    {
        await _nodes.StartAsync(1);
        Done(await _nodes.Leader.Engine.Catalogue.SaveAsync("content", "receipt", Bytes("""{ "subject": "Thank you", "text": "Thank you" }"""), 0, Cancellation));
        await PublishAsync("orders", """{ "mail": { "kind": "sendEmail", "content": "receipt", "purpose": "transactional", "next": "end" }, "end": { "kind": "end", "outcome": "completed" } }""", "mail", "always");
        var engine = _nodes.All[0].Engine;
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 4).Select(sender => Task.Run(() => FloodAsync(engine, sender, stop.Token), Cancellation)).ToList();
        try
        {
            await TestNodes.UntilAsync("No mail has gone", async () => (await engine.Queries.SandboxMailsAsync(null, null, 1, Cancellation)).Count > 0);
            await _nodes.StartAsync(2);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(flood);
        }
    }

    /// <summary>Without a pause, but for what is refused because too much waits.</summary>
    static async Task FloodAsync(IEngine engine, int sender, CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
            try
            {
                await engine.IntakeAsync([.. Enumerable.Range(0, 200).Select(person => new Submission
                {
                    Body = new SubmissionBody.Received([], default, "signed_up", default),
                    Identities = [new(IdentityKind.UserId, $"flood-{sender}-{(round * 200 + person) % 5_000}"), new(IdentityKind.Email, $"flood-{sender}-{(round * 200 + person) % 5_000}@example.org")],
                })], Cancellation);
            }
            catch (Exception refused) when (refused is OverloadedException or Parcours.Engine.Ports.StoreException)
            {
                await Task.Delay(5, Cancellation);
            }
    }

    /// Semantics 6.2, 6.13: a winner is one on all nodes: each takes it at its control entry.
    [Fact]
    public async Task A_winner_holds_on_every_node_from_its_control_entry_on()
    {
        await _nodes.StartAsync(2);
        await PublishAsync("trial", """
            { "test": { "kind": "experiment", "paths": [ { "name": "a", "share": 50, "next": "x" }, { "name": "b", "share": 50, "next": "y" } ], "goal": { "kind": "event", "events": ["bought"] }, "within": "P1D" },
              "x": { "kind": "end", "outcome": "successful" }, "y": { "kind": "end", "outcome": "unsuccessful" } }
            """, "test");
        await SendAsync("signed_up", People / 2);
        await TestNodes.UntilAsync("Somebody has not come in", async () => await StartedAsync("trial") == People / 2);
        var (before, counted) = (await EndedAsync("trial", "successful"), await CountedAsync());
        Assert.Equal(People / 2, counted);
        Assert.InRange(before, 1, People / 2 - 1);

        Done(await _nodes.Leader.Engine.Catalogue.ChooseWinnerAsync(new("trial"), "test", "b", "eva@example.org", Cancellation));
        await SendAsync("signed_up", People, from: People / 2);
        await TestNodes.UntilAsync("Somebody has not come in", async () => await StartedAsync("trial") == People);

        Assert.Equal((before, People - before, counted), (await EndedAsync("trial", "successful"), await EndedAsync("trial", "unsuccessful"), await CountedAsync()));

        async Task<long> CountedAsync() => (await _nodes.Leader.Engine.Queries.CountersAsync(CounterKind.Exposed, new("trial"), Cancellation)).Sum(counter => counter.Value);
    }

    /// Semantics 6.12, 8.8: a schedule's moment is brought to each contact once, by the node that has it.
    [Fact]
    public async Task A_scheduled_moment_comes_to_each_contact_once_over_all_nodes()
    {
        await _nodes.StartAsync(3);
        await SendAsync("seen", People);
        var catalogue = _nodes.Leader.Engine.Catalogue;
        // What the filter asks is gathered beforehand: a journey that goes live after its only moment takes nobody in.
        Assert.False(await catalogue.SaveSegmentAsync("have-seen", Bytes("""{ "name": "have-seen", "condition": { "kind": "event", "events": ["seen"], "is": "did" } }"""), 0, Cancellation) is CatalogueAnswer.Refused or CatalogueAnswer.Conflict);
        await TestNodes.UntilAsync("The segment is not filled", async () => await catalogue.SegmentAsync("have-seen", Cancellation) is { Filling: false, Members: People });
        var at = DateTimeOffset.UtcNow.AddSeconds(15);
        Done(await catalogue.SaveJourneyAsync(new("digest"), Bytes($$"""
            { "format": 1, "id": "digest", "name": "Digest", "settings": { "reEntry": { "kind": "afterLeaving" } },
              "start": [{ "kind": "schedule", "id": "at", "date": "{{at:yyyy-MM-dd}}", "time": "{{at:HH:mm:ss}}", "zone": "UTC", "filter": { "kind": "event", "events": ["seen"], "is": "did" }, "next": "end" }],
              "points": { "end": { "kind": "end", "outcome": "completed" } } }
            """), 0, Cancellation));
        Assert.False(await catalogue.PublishJourneyAsync(new("digest"), null, Cancellation) is CatalogueAnswer.Refused or CatalogueAnswer.Conflict);
        Assert.True(DateTimeOffset.UtcNow < at, "The machine is so slow that the moment came before the journey.");

        await TestNodes.UntilAsync("Somebody has not come in", async () => await EndedAsync("digest", "completed") == People);
        await _nodes.CaughtUpAsync();
        Assert.Equal(People, await StartedAsync("digest"));
        for (var person = 0; person < People; person++)
            Assert.Equal((1, Outcome.Completed), await OnlyAsync(person));
    }

    /// Semantics 15.2
    [Fact]
    public async Task Partitions_move_when_nodes_come_and_go_and_nobody_waits_for_them()
    {
        await _nodes.StartAsync(1);
        await PublishAsync("welcome", """{ "wait": { "kind": "delay", "for": "PT0.5S", "next": "end" }, "end": { "kind": "end", "outcome": "completed" } }""", "wait");
        await SendAsync("signed_up", 50);
        await _nodes.StartAsync(2);
        await SendAsync("signed_up", 100, from: 50);
        await _nodes.StartAsync(3);
        await SendAsync("signed_up", 150, from: 100);
        await _nodes.StopAsync(_nodes.Leader);
        await _nodes.SharedAsync();
        await SendAsync("signed_up", 200, from: 150);
        // The new leader changes the catalogue as the old one did.
        Done(await _nodes.Leader.Engine.Catalogue.SaveAsync("list", "friends", Bytes("""{ "name": "friends", "title": "Friends" }"""), 0, Cancellation));
        await _nodes.StopAsync(_nodes.Other);
        await _nodes.SharedAsync();

        await TestNodes.UntilAsync("Somebody is still under way", async () => await EndedAsync("welcome", "completed") == People);
        Assert.Equal(People, await StartedAsync("welcome"));
    }

    /// <summary>Each person's event to the next node in turn.</summary>
    async Task SendAsync(string name, int to, int from = 0)
    {
        _sender ??= (await _nodes.Leader.Get<ApiKeys>().CreateAsync("shop", KeyScope.Intake, Cancellation)).Secret;
        for (var first = from; first < to; first += 10)
        {
            var batch = string.Join(",", Enumerable.Range(first, Math.Min(10, to - first)).Select(person => $$"""{ "type": "track", "userId": "person-{{person}}", "event": "{{name}}" }"""));
            var (status, text) = await _nodes.AskAsync(_nodes.All[_sent++ % _nodes.All.Count], HttpMethod.Post, "/v1/batch", _sender, $$"""{ "batch": [{{batch}}] }""");
            Assert.True(status == HttpStatusCode.OK && !text.Contains("refused", StringComparison.Ordinal), text);
        }

        await _nodes.CaughtUpAsync();
    }

    string? _sender;
    int _sent;

    async Task<List<ContactId>> ContactsAsync()
    {
        var contacts = new List<ContactId>();
        for (var person = 0; person < People; person++)
            contacts.Add((await _nodes.Leader.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, $"person-{person}"), Cancellation))!.Value);
        return contacts;
    }

    async Task<(int Number, Outcome? Outcome)> OnlyAsync(int person)
    {
        var contact = await _nodes.Leader.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, $"person-{person}"), Cancellation);
        var enrolment = Assert.Single(await _nodes.Leader.Engine.Queries.EnrolmentsOfAsync(contact!.Value, 10, Cancellation));
        return (enrolment.Number, enrolment.Outcome);
    }

    Task<long> StartedAsync(string journey) => CountAsync(CounterKind.Started, journey, null);

    Task<long> EndedAsync(string journey, string? how = null) => CountAsync(CounterKind.Ended, journey, how);

    async Task<long> CountAsync(CounterKind kind, string journey, string? edge) =>
        (await _nodes.All[0].Engine.Queries.CountersAsync(kind, new(journey), Cancellation)).Where(counter => edge is null || counter.Key.Edge == edge).Sum(counter => counter.Value);

    async Task PublishAsync(string id, string points, string first, string reEntry = "never")
    {
        var catalogue = _nodes.Leader.Engine.Catalogue;
        Done(await catalogue.SaveJourneyAsync(new(id), Bytes($$"""{ "format": 1, "id": "{{id}}", "name": "Welcome", "settings": { "reEntry": { "kind": "{{reEntry}}" } }, "start": [{ "kind": "event", "id": "in", "events": ["signed_up"], "next": "{{first}}" }], "points": {{points}} }"""), 0, Cancellation));
        Done(await catalogue.PublishJourneyAsync(new(id), null, Cancellation));
    }

    static void Done(CatalogueAnswer answer) =>
        Assert.True(answer is CatalogueAnswer.Done, answer is CatalogueAnswer.Refused refused ? string.Join("\n", refused.Problems) : answer.ToString());

    static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
