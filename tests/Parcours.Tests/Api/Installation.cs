using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Channels.Sandbox;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>The real HTTP pipeline over an engine, in memory.</summary>
sealed class Installation : IAsyncDisposable
{
    public const string LocalToken = "local-token-of-this-test";
    readonly WebApplication _app;

    public static LinkKeyRing Ring { get; } = new(2, [new LinkKey(1, new byte[32], Revoked: true), new LinkKey(2, Enumerable.Repeat((byte)7, 32).ToArray())]);

    public static SealingKeys Sealing { get; } = new([[.. Enumerable.Repeat((byte)9, 32)]]);

    readonly IAsyncDisposable? _store;

    Installation(WebApplication app, IEngine engine, IAsyncDisposable? store) => (_app, Engine, _store) = (app, engine, store);

    public IEngine Engine { get; }
    public ManualTime Time => _app.Services.GetRequiredService<ManualTime>();
    public IServiceProvider Services => _app.Services;
    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();
    public PublicLinkSigner Links => Get<PublicLinkSigner>();

    public static async Task<Installation> StartAsync(IEngine engine, HttpSettings? settings = null, IAsyncDisposable? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(new Mishaps());
        var time = new ManualTime();
        builder.Services.AddSingleton(time).AddSingleton<TimeProvider>(time).AddSingleton(engine).AddSingleton<IContentCheck>(new StoredContentCheck());
        builder.Services.AddSingleton(new PublicLinkSigner(Ring)).AddSingleton(Sealing);
        builder.Services.AddSingleton(new MailComposer(
            new StoredContents(engine.Queries, () => engine.Current.Revision), new PublicAddresses(new Uri("http://localhost"), new PublicLinkSigner(Ring)),
            new SenderSettings { FromAddress = "shop@example.org", FromName = "Shop" }));
        // Whether the web application was built beside the tests plays no part, but where a test brings one of its own.
        builder.Services.AddParcoursHttp((settings ?? new HttpSettings()) with { LocalToken = LocalToken, WebFolder = settings?.WebFolder ?? Path.Combine(AppContext.BaseDirectory, "without-an-application") });
        var app = builder.Build();
        app.MapParcoursHttp();
        await app.StartAsync();
        return new(app, engine, store);
    }

    /// <summary>A client that brings this key; null: nobody.</summary>
    public Caller Client(string? bearer = LocalToken)
    {
        var client = _app.GetTestClient();
        if (bearer is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        return new(client);
    }

    /// <summary>A browser in which this user is signed in.</summary>
    public async Task<Caller> SignedInAsync(string email)
    {
        var user = await Get<Users>().ByEmailAsync(email, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"There is no user {email}.");
        var client = _app.GetTestClient();
        client.DefaultRequestHeaders.Add("Cookie", $"parcours={await Get<Sessions>().OpenAsync(user, TestContext.Current.CancellationToken)}");
        client.DefaultRequestHeaders.Add("Origin", "http://localhost");
        return new(client);
    }

    public async Task<string> KeyAsync(KeyScope scope) => (await Get<ApiKeys>().CreateAsync("test", scope, TestContext.Current.CancellationToken)).Secret;

    public async ValueTask DisposeAsync()
    {
        var mishaps = Services.GetServices<ILoggerProvider>().OfType<Mishaps>().SelectMany(log => log.Seen).ToList();
        await _app.DisposeAsync();
        await Engine.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        Assert.Empty(mishaps);
    }
}

/// <summary>Errors that the pipeline logged: no test may leave one behind unseen.</summary>
sealed class Mishaps : ILoggerProvider, ILogger
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Seen { get; } = new();
    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not Parcours.Engine.Ports.StoreException { Failure: Parcours.Engine.Ports.StoreFailure.DiskFull })
            Seen.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}

/// <summary>Real time, moved by hand.</summary>
sealed class ManualTime : TimeProvider
{
    DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;
    public override long GetTimestamp() => _now.UtcTicks;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public void Pass(TimeSpan by) => _now += by;
}

/// <summary>An answer, read.</summary>
sealed record Answer(int Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
    public string Code => Json.GetProperty("code").GetString()!;
    public string? ETag => Message.Headers.ETag?.ToString();
    public string Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
    public IEnumerable<string> ErrorCodes => Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()!);
    public IEnumerable<string> ErrorPaths => Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()!);
}

/// <summary>Calls, with what comes back already read.</summary>
sealed class Caller(HttpClient client) : IDisposable
{
    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);
    public Task<Answer> PostAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Of(json), headers);
    public Task<Answer> PutAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Of(json), headers);
    public Task<Answer> PatchAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, Of(json), headers);
    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>The client itself, for what is read piece by piece; disposed with the caller.</summary>
    public HttpClient Plain() => client;

    public static HttpContent Of(string json) => new StringContent(json, Encoding.UTF8, "application/json");

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content!.Headers.TryAddWithoutValidation(name, value);
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }

    public void Dispose() => client.Dispose();
}
