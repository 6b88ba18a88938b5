using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Time;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Testing;

namespace Parcours.Engine.Tests;

/// <summary>A whole engine over a real store of its own (SQLite, or PostgreSQL where the run says so), on a virtual clock; stories are told in the words of the domain.</summary>
sealed class World : IAsyncDisposable
{
    public static readonly Instant Monday9 = Instant.FromUtc(2026, 3, 2, 9, 0);

    readonly string _folder = Directory.CreateTempSubdirectory("parcours-world-").FullName;
    IStore _store = null!;

    string Data => Path.Combine(_folder, "data");

    /// <summary>Opens the store for what another program does there while this one is down.</summary>
    public Task<IStore> OpenStoreAsync() => TestStore.OpenAsync(Data, Clock);
    int _messages;

    public VirtualClock Clock { get; private set; } = new(Monday9);
    public TestChannel Mail { get; } = new();
    public TestChannel Hooks { get; } = new("webhook");
    public JourneyEngine Engine { get; private set; } = null!;
    public EngineOptions Options { get; set; } = new();
    public CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<World> StartAsync(EngineOptions? options = null)
    {
        var world = new World { Options = options ?? new() };
        await world.OpenAsync();
        return world;
    }

    async Task OpenAsync()
    {
        _store = await OpenStoreAsync();
        Engine = await JourneyEngine.StartAsync(_store, Options, [Mail, Hooks], Clock, null, Token);
    }

    /// <summary>Stops and starts again on the same folder: what is not durable is gone.</summary>
    public async Task RestartAsync()
    {
        await CrashAsync(() => { });
    }

    /// <summary>What the engine told the log of its faults, where a test listens.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Told { get; set; } = new();

    /// <summary>The process dies where it stands; then it starts again on the same folder.</summary>
    public Task CrashAsync(Action between) => CrashAsync(() =>
    {
        between();
        return Task.CompletedTask;
    });

    public async Task CrashAsync(Func<Task> between)
    {
        await Engine.DisposeAsync();
        await _store.DisposeAsync();
        await between();
        Clock = new(Clock.Now);
        await OpenAsync();
    }

    public async Task<SubmissionResult> DoAsync(string user, string @event, string properties = "{}", string traits = "", string? messageId = null, Instant? at = null, Origin origin = Origin.Live)
    {
        var results = await Engine.SubmitAsync([Event(user, @event, properties, traits, messageId, at) with { Origin = origin }], Token);
        await Engine.SettleAsync(Token);
        return results[0];
    }

    public Submission Event(string user, string @event, string properties = "{}", string traits = "", string? messageId = null, Instant? at = null) => new()
    {
        Identities = [new(IdentityKind.UserId, user)],
        Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes(traits), @event, Encoding.UTF8.GetBytes(properties)),
        MessageId = messageId ?? $"m-{++_messages}",
        Timestamp = at,
    };

    public async Task<SubmissionResult> EditAsync(string user, params ContactEdit[] edits)
    {
        var results = await Engine.SubmitAsync([new Submission
        {
            Identities = [new(IdentityKind.UserId, user)],
            Body = new SubmissionBody.Received([.. edits], default, null, default),
            Origin = Origin.Person,
        }], Token);
        await Engine.SettleAsync(Token);
        return results[0];
    }

    public async Task IdentifyAsync(string user, string traits, params Identity[] more)
    {
        await Engine.SubmitAsync([new Submission
        {
            Identities = [new(IdentityKind.UserId, user), .. more],
            Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes(traits), null, default),
        }], Token);
        await Engine.SettleAsync(Token);
    }

    public async Task<SubmissionResult> SubmitAsync(Submission submission)
    {
        var results = await Engine.SubmitAsync([submission], Token);
        await Engine.SettleAsync(Token);
        return results[0];
    }

    public async Task AdvanceAsync(Duration by) => await Engine.AdvanceToAsync(Clock.Now + by, Token);
    public async Task AdvanceToAsync(Instant to) => await Engine.AdvanceToAsync(to, Token);

    /// <summary>Saves and publishes; every problem is in the failure's text.</summary>
    public async Task PublishAsync(string journey)
    {
        var id = new JourneyId(JsonDocument.Parse(journey).RootElement.GetProperty("id").GetString()!);
        Done(await Engine.Catalogue.SaveJourneyAsync(id, Encoding.UTF8.GetBytes(journey), null, Token));
        Done(await Engine.Catalogue.PublishJourneyAsync(id, null, Token));
        await Engine.SettleAsync(Token);
    }

    public async Task SegmentAsync(string name, string condition)
    {
        Done(await Engine.Catalogue.SaveSegmentAsync(name, Encoding.UTF8.GetBytes($$"""{"name":"{{name}}","condition":{{condition}}}"""), null, Token));
        await Engine.SettleAsync(Token);
    }

    public async Task ShopNewsAsync()
    {
        Done(await Engine.Catalogue.SaveAsync("topic", "shop-news", """{"name":"shop-news","whenUnknown":"unlessRefused"}"""u8.ToArray(), null, Token));
        foreach (var content in new[] { "hello", "reminder" })
            Done(await Engine.Catalogue.SaveAsync("content", content, """{"subject":"Hello","text":"Hello"}"""u8.ToArray(), null, Token));
    }

    public static void Done(CatalogueAnswer answer)
    {
        if (answer is CatalogueAnswer.Refused refused)
            Assert.Fail(string.Join("\n", refused.Problems.Select(problem => $"{problem.Code} {problem.Path}: {problem.Text}")));
        Assert.IsType<CatalogueAnswer.Done>(answer);
    }

    public async Task<Contact> ContactAsync(string user) =>
        await Engine.ContactAsync((await Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, user), Token))!.Value, Token) ?? throw new InvalidOperationException($"There is no contact {user}.");

    public async Task<IReadOnlyList<EnrolmentRow>> EnrolmentsAsync(string user) =>
        await Engine.Queries.EnrolmentsOfAsync((await ContactAsync(user)).Id, 100, Token);

    public async Task<Figures> FiguresAsync(string journey)
    {
        var counters = await Engine.Queries.CountersAsync(null, new(journey), Token);
        return new(counters);
    }

    public async Task<long> MembersAsync(string segment) => (await Engine.Catalogue.SegmentAsync(segment, Token))!.Members;

    public static Instant At(string iso) => InstantPattern.ExtendedIso.Parse(iso).GetValueOrThrow();

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _store.DisposeAsync();
        await TestStore.DropAsync(Data);
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The counters of one journey (Semantics 11.1).</summary>
sealed record Figures(IReadOnlyDictionary<CounterKey, long> Counters)
{
    public long Started => Sum(CounterKind.Started);
    public long Ended => Sum(CounterKind.Ended);
    public long InProgress => Started - Ended;
    public long By(Outcome outcome) => Counters.Where(pair => pair.Key.Kind == CounterKind.Ended && string.Equals(pair.Key.Edge, outcome.ToString(), StringComparison.OrdinalIgnoreCase)).Sum(pair => pair.Value);
    public long Arrived(string point) => Counters.Where(pair => pair.Key.Kind == CounterKind.Arrived && pair.Key.Point == point).Sum(pair => pair.Value);
    public long Left(string point) => Counters.Where(pair => pair.Key.Kind == CounterKind.Left && pair.Key.Point == point).Sum(pair => pair.Value);
    public long Settled(string edge) => Counters.Where(pair => pair.Key.Kind == CounterKind.MessageSettled && pair.Key.Edge == edge).Sum(pair => pair.Value);
    public long Decided => Sum(CounterKind.MessageDecided);
    long Sum(CounterKind kind) => Counters.Where(pair => pair.Key.Kind == kind).Sum(pair => pair.Value);
}
