using System.Text;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Storage.Postgres;
using Parcours.Testing;

namespace Parcours.Engine.Tests;

/// <summary>Somebody sets the clocks of the machines, or they jump by themselves, while nodes work: they go by the database's clock (Semantics 1.9).</summary>
public sealed class ClockJumpTests : IAsyncLifetime
{
    const int People = 40;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A machine's clock as somebody has set it; what passes there passes as everywhere.</summary>
    sealed class SetClock(TimeSpan by) : TimeProvider
    {
        long _ticks = by.Ticks;

        public void Set(TimeSpan by) => Volatile.Write(ref _ticks, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _ticks));
    }

    const string Steps = """
        {
          "format": 1, "id": "steps", "name": "Steps", "settings": { "reEntry": { "kind": "never" }, "email": { "topic": "shop-news" } },
          "start": [ { "kind": "event", "id": "start", "events": ["started"], "next": "short" } ],
          "points": {
            "short": { "kind": "delay", "for": "PT2S", "next": "mail" },
            "mail": { "kind": "sendEmail", "content": "hello", "next": "long" },
            "long": { "kind": "delay", "for": "P1D", "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    // One is a day ahead from the start.
    readonly SetClock[] _clocks = [new(TimeSpan.Zero), new(TimeSpan.FromDays(1))];
    readonly List<PostgresStore> _stores = [];
    readonly List<JourneyEngine> _engines = [];
    readonly TestChannel _mail = new();
    string _database = "";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    IStoreQueries Queries => _engines[0].Queries;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresServer.CreateDatabaseAsync();
        foreach (var clock in _clocks)
        {
            _stores.Add(await PostgresStore.OpenAsync(_database, new() { Time = clock, Connections = 6, Node = new(Guid.CreateVersion7(), $"node {_stores.Count}", "http://localhost", "1") }, Token));
            _engines.Add(await JourneyEngine.StartAsync(_stores[^1], new() { StandsBy = true }, [_mail], _stores[^1].Clock, null, Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
            await engine.DisposeAsync();
        foreach (var store in _stores)
            await store.DisposeAsync();
        if (_database.Length > 0)
            await PostgresServer.DropAsync(_database);
    }

    public static TheoryData<int> Times => [.. Faults.Times];

    /// <summary>Waits, windows, what is known of messages, and who owns what.</summary>
    [Theory]
    [MemberData(nameof(Times))]
    public async Task Clocks_that_jump_by_days_fire_nothing_early_keep_nothing_back_and_move_nothing(int time)
    {
        Assert.True(time > 0);
        await UntilAsync("The partitions are not shared", async () => (await Queries.NodesAsync(Token)).Count(node => node.Owned.Size == 32) == 2 && _engines.Count(engine => engine.WorkedOnBy is null) == 1);
        var leader = _engines.Single(engine => engine.WorkedOnBy is null);
        await FurnishAsync(leader);
        var epochs = await EpochsAsync();
        var began = leader.Now;
        await SendAsync("started", SubmissionOutcome.Accepted);

        _clocks[0].Set(TimeSpan.FromDays(2));
        _clocks[1].Set(TimeSpan.FromDays(-2));
        await SendAsync("started", SubmissionOutcome.Duplicate);
        await UntilAsync("Somebody still waits for two seconds", async () => await EnrolmentsAsync() is var all && all.Count == People && all.All(enrolment => enrolment.Point == "long"));
        await MeasuredAsync();
        await SendAsync("visited", SubmissionOutcome.Accepted);
        await UntilAsync("A window of two seconds is still open", async () => await MembersAsync(leader, "fresh") == 0);

        var enrolments = await EnrolmentsAsync();
        Assert.Equal(People, enrolments.Count);
        Assert.All(enrolments, enrolment => Assert.Equal((1, "long", null), (enrolment.Number, enrolment.Point, enrolment.Outcome)));
        Assert.All(enrolments, enrolment => Assert.InRange(enrolment.Due!.Value, began + Duration.FromDays(1), leader.Now + Duration.FromDays(1)));
        Assert.Equal(People, await MembersAsync(leader, "recent"));
        Assert.Equal(People, _mail.Sent.Select(message => message.Row.Key).Distinct().Count());
        Assert.Equal(People, _mail.Sent.Count);
        Assert.Equal(epochs, await EpochsAsync());

        // Back again: nobody waits until the day that was never there.
        _clocks[0].Set(TimeSpan.Zero);
        _clocks[1].Set(TimeSpan.Zero);
        await SendAsync("visited again", SubmissionOutcome.Accepted);
        await UntilAsync("Some entries still wait", async () => (await Queries.StatesAsync(Token)).All(state => state.Cursor >= state.Tail));
        Assert.All(_engines, engine => Assert.InRange((engine.Now - Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())).TotalSeconds, -5, 5));
    }

    async Task FurnishAsync(JourneyEngine leader)
    {
        World.Done(await leader.Catalogue.SaveAsync("topic", "shop-news", """{"name":"shop-news","whenUnknown":"unlessRefused"}"""u8.ToArray(), null, Token));
        World.Done(await leader.Catalogue.SaveAsync("content", "hello", """{"subject":"Hello","text":"Hello"}"""u8.ToArray(), null, Token));
        foreach (var (name, window) in ((string, string)[])[("fresh", "PT2S"), ("recent", "PT12H")])
            World.Done(await leader.Catalogue.SaveSegmentAsync(name, Encoding.UTF8.GetBytes($$$$"""{"name":"{{{{name}}}}","condition":{"kind":"event","events":["started"],"is":"did","window":{"last":"{{{{window}}}}"}}}"""), null, Token));
        World.Done(await leader.Catalogue.SaveJourneyAsync(new("steps"), Encoding.UTF8.GetBytes(Steps), null, Token));
        World.Done(await leader.Catalogue.PublishJourneyAsync(new("steps"), null, Token));
        await UntilAsync("A segment is not filled", async () => await leader.Catalogue.SegmentAsync("recent", Token) is { Filling: false } && await leader.Catalogue.SegmentAsync("fresh", Token) is { Filling: false });
    }

    /// <summary>Half of the people at each node, under message ids that are the same each time.</summary>
    async Task SendAsync(string @event, SubmissionOutcome expected)
    {
        for (var node = 0; node < _engines.Count; node++)
        {
            var results = await _engines[node].IntakeAsync([.. Enumerable.Range(0, People).Where(person => person % _engines.Count == node).Select(person => new Submission
            {
                Identities = [new(IdentityKind.UserId, $"u{person}")],
                Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes($$"""{"email":"u{{person}}@example.org"}"""), @event, "{}"u8.ToArray()),
                MessageId = $"{@event}-{person}",
            })], Token);
            Assert.All(results, result => Assert.Equal(expected, result.Outcome));
        }
    }

    /// <summary>Each node has asked the database for the time again since.</summary>
    async Task MeasuredAsync()
    {
        var before = (await Queries.NodesAsync(Token)).ToDictionary(node => node.Id, node => node.SeenAt);
        await UntilAsync("A node says nothing", async () => (await Queries.NodesAsync(Token)).All(node => node.SeenAt - before[node.Id] > Duration.FromSeconds(1)));
    }

    async Task<List<EnrolmentRow>> EnrolmentsAsync()
    {
        var all = new List<EnrolmentRow>();
        for (var person = 0; person < People; person++)
            all.AddRange(await Queries.EnrolmentsOfAsync((await Queries.ContactByIdentityAsync(new(IdentityKind.UserId, $"u{person}"), Token))!.Value, 10, Token));
        return all;
    }

    async Task<List<long>> EpochsAsync() => [.. (await Queries.StatesAsync(Token)).Select(state => (long)state.Epoch)];

    static async Task<long> MembersAsync(JourneyEngine leader, string segment) => (await leader.Catalogue.SegmentAsync(segment, Token))!.Members;

    static async Task UntilAsync(string otherwise, Func<Task<bool>> holds)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !await holds(); await Task.Delay(20, Token))
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"{otherwise} after {Patience.TotalSeconds:0} s.");
    }
}
