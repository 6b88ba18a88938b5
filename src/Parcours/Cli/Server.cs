using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using NodaTime;
using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Channels.Mime;
using Parcours.Channels.Sandbox;
using Parcours.Channels.Smtp;
using Parcours.Channels.Webhooks;
using Parcours.Configuration;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Engine.Time;
using Parcours.Http;
using Parcours.Nodes;
using Parcours.Notices;
using Parcours.Retention;
using Parcours.Security;
using Parcours.Storage.Postgres;
using Parcours.Telemetry;
using Parcours.Webhooks;

namespace Parcours.Cli;

/// <summary>The composition root: store, engine, channels and HTTP of one data folder. What <c>serve</c> and <c>demo</c> share.</summary>
sealed class Server : IAsyncDisposable
{
    readonly Settings _settings;
    readonly IStore _store;
    readonly WebApplication _app;
    readonly string _localToken;
    bool _listens;

    Server(Settings settings, IStore store, IEngine engine, WebApplication app, string localToken) =>
        (_settings, _store, Engine, _app, _localToken) = (settings, store, engine, app, localToken);

    public IEngine Engine { get; }

    /// <summary>Where people find it; with the port that was really bound once it listens.</summary>
    public string Address { get; private set; } = "";

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Opens the folder and starts the engine; nobody can reach it yet.</summary>
    /// <param name="testClock">Where virtual time begins; null: real time.</param>
    /// <param name="salt">For a new folder: what its contacts' ids begin with; null: a random number, so that two installations never share one.</param>
    /// <exception cref="StoreException">The folder cannot be opened.</exception>
    public static async Task<Server> OpenAsync(Settings settings, Instant? testClock, long? salt, CancellationToken cancellationToken)
    {
        var node = DataStore.Node(settings);
        // Beside one another: each is half of a start.
        var inside = new Inside();
        var token = Secrets.New();
        var building = Task.Run(() => Build(settings, inside, testClock, token, node), cancellationToken);
        IStore? store = null;
        JourneyEngine? engine = null;
        var log = new EngineLog(settings.LogLevel);
        try
        {
            store = await OpenStoreAsync(settings, salt, node, cancellationToken);
            LocalAddress.Remove(settings.Data);
            inside.Sealing = SealingKeys.Of(settings.SecretsKeyFile, settings.Data, ownFolder: settings.Database is null);
            var shut = await Sealing.RunAsync(store, inside.Sealing, cancellationToken);
            (inside.Links, var nodeToken) = await LinkKeys.OfAsync(store, cancellationToken);
            inside.Node = node is null ? null : new NodeKey(node.Id, nodeToken);
            (engine, inside.Composer) = await StartEngineAsync(store, settings, inside.Links, inside.Sealing, testClock, log, cancellationToken);
            inside.Engine = engine;
            var app = await building;
            log.Use(app.Services.GetRequiredService<ILoggerFactory>());
            if (shut > 0)
                log.Shut(shut);
            return new Server(settings, store, engine, app, token);
        }
        catch
        {
            if (engine is not null)
                await engine.DisposeAsync();
            if (store is not null)
                await store.DisposeAsync();
            await building.ContinueWith(static built => built.IsCompletedSuccessfully ? built.Result.DisposeAsync().AsTask() : Task.CompletedTask, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
            throw;
        }
    }

    /// <summary>Lets others in.</summary>
    /// <exception cref="CommandException">An address cannot be listened at.</exception>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException refused) when (refused.InnerException is AddressInUseException)
        {
            throw new CommandException($"Another program listens at {string.Join(" or ", _settings.Urls)} already. Stop it, or listen elsewhere with --urls.", cause: refused);
        }
        catch (Exception refused) when (refused is IOException or System.Net.Sockets.SocketException or InvalidOperationException or FormatException)
        {
            throw new CommandException($"It cannot listen at {string.Join(" or ", _settings.Urls)}: {refused.Message} Say another address with --urls.", cause: refused);
        }

        _listens = true;
        _ = Get<NodeMeter>();
        Address = _settings.PublicUrl ?? Reachable(_app.Urls.First());
        new LocalAddress(Reachable(_app.Urls.First()), _localToken).Leave(_settings.Data);
    }

    /// <summary>Until the token is cancelled or the host stops by itself.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _app.Lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(Timeout.Infinite, either.Token);
        }
        catch (OperationCanceledException)
        {
            // That is what was waited for.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listens)
        {
            // Before the door closes: a command that comes now waits for the folder instead of for an answer.
            LocalAddress.Remove(_settings.Data);
            await _app.StopAsync(CancellationToken.None);
        }
        await _app.DisposeAsync();
        await Engine.DisposeAsync();
        await _store.DisposeAsync();
    }

    static async Task<IStore> OpenStoreAsync(Settings settings, long? salt, NodeName? node, CancellationToken cancellationToken)
    {
        // A process that stops, or a command that makes a key, has the folder for a moment more.
        for (var triesLeft = 20; ; triesLeft--)
        {
            try
            {
                return await DataStore.OpenAsync(settings, salt, node, cancellationToken);
            }
            catch (StoreException held) when (held.Failure == StoreFailure.InUse && triesLeft > 0)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <summary>An engine for a command that takes data in while nobody serves: all happens that falls due, but what is to be sent waits for <c>serve</c>, which knows how.</summary>
    public static Task<JourneyEngine> StartQuietEngineAsync(IStore store, Settings settings, CancellationToken cancellationToken) => JourneyEngine.StartAsync(
        store,
        new EngineOptions { Zone = settings.TimeZone, DiskFree = settings is { DiskFreeMin: > 0, Database: null } ? () => FreeShare(settings.Data) : null, DiskFreeMin = settings.DiskFreeMin, MessagesInFlight = 0 },
        [],
        settings.TestClock is { } start ? new VirtualClock(start) : ClockOf(store),
        new StoredContentCheck(),
        cancellationToken);

    static async Task<(JourneyEngine Engine, MailComposer Composer)> StartEngineAsync(IStore store, Settings settings, PublicLinkSigner signer, SealingKeys sealing, Instant? testClock, EngineLog log, CancellationToken cancellationToken)
    {
        JourneyEngine? engine = null;
        var contents = new StoredContents(store.Queries, () => engine?.Current.Revision ?? 0);
        var links = new PublicAddresses(new Uri(settings.PublicUrl ?? Reachable(settings.Urls[0])), signer);
        // By a test clock nothing is sent to anybody, and neither by the demo, which runs on one.
        var smtp = testClock is null ? settings.Smtp.Value : null;
        var sender = new SenderSettings { FromAddress = settings.MailFrom.Address, FromName = settings.MailFrom.DisplayName, BounceAddress = settings.BounceAddress, Zone = settings.TimeZone, TrackOpens = settings.TrackOpens, TrackClicks = settings.TrackClicks };
        var composer = new MailComposer(contents, links, sender);
        var secrets = await StoredSecrets.OfAsync(store, sealing, cancellationToken);
        engine = await JourneyEngine.StartAsync(
            store,
            new EngineOptions { StandsBy = true, ContactCache = ContactsKept(settings), Faulted = log.Faulted, StoodBy = log.StoodBy, Zone = settings.TimeZone, DiskFree = settings is { DiskFreeMin: > 0, Database: null } ? () => FreeShare(settings.Data) : null, DiskFreeMin = settings.DiskFreeMin, MessagesInFlight = InFlight(smtp) },
            [Channel(composer, smtp, log), testClock is null ? new WebhookChannel(settings.Webhooks, secrets, TimeProvider.System) : new WebhookSandbox()],
            testClock is { } start ? new VirtualClock(start) : ClockOf(store),
            new StoredContentCheck(),
            cancellationToken);
        return (engine, composer);
    }

    /// <summary>How users are told things by mail: over the same server as contacts, and by a test clock not at all.</summary>
    static NoticeSettings Notices(Settings settings, Instant? testClock) => new()
    {
        Post = testClock is null && settings.Smtp.Value is { } smtp ? new SmtpPost(smtp, TimeProvider.System).SendAsync : null,
        From = MailAddress.TryParse(settings.MailFrom.Address, out var from) ? new(settings.MailFrom.DisplayName, from) : default,
        Base = new Uri(settings.PublicUrl ?? Reachable(settings.Urls[0])),
        Zone = settings.TimeZone,
    };

    /// <summary>Nodes of one database go by its clock (Semantics 1.9).</summary>
    static TimeProvider ClockOf(IStore store) => store is PostgresStore postgres ? postgres.Clock : TimeProvider.System;

    static IChannel Channel(MailComposer composer, SmtpSettings? smtp, EngineLog log) =>
        smtp is null ? new SandboxChannel(composer) : new SmtpChannel(composer, smtp, TimeProvider.System, log.MailServer);

    /// <summary>What a database's server is asked for costs more than to keep it for the second until its next timer or its mail's end; a file in the same process is asked sooner.</summary>
    static int ContactsKept(Settings settings) => settings.Database is null ? new EngineOptions().ContactCache : 10_000;

    /// <summary>No more mails than may go within a second: a claim is good for two (Semantics 10.3).</summary>
    static int InFlight(SmtpSettings? smtp)
    {
        var usual = new EngineOptions().MessagesInFlight;
        return smtp?.MessagesPerSecond is { } rate ? Math.Clamp((int)rate, 1, usual) : usual;
    }

    /// <summary>What of the data's disk is free, 0 to 1.</summary>
    static double FreeShare(string folder)
    {
        var disk = new DriveInfo(folder);
        return disk.TotalSize == 0 ? 1 : disk.AvailableFreeSpace / (double)disk.TotalSize;
    }

    /// <summary>What HTTP serves: there before anybody is let in.</summary>
    sealed class Inside
    {
        public IEngine? Engine { get; set; }
        public PublicLinkSigner? Links { get; set; }
        public MailComposer? Composer { get; set; }
        public SealingKeys? Sealing { get; set; }
        /// <summary>Null: there are no other nodes.</summary>
        public NodeKey? Node { get; set; }
    }

    static WebApplication Build(Settings settings, Inside inside, Instant? testClock, string localToken, NodeName? node)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ApplicationName = typeof(Server).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        if (settings.LogsJson)
            builder.Logging.AddJsonConsole(console => (console.TimestampFormat, console.UseUtcTimestamp) = ("yyyy-MM-ddTHH:mm:ss.fffZ", true));
        else
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // A start that fails is told once, by whoever asked for it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        // Its keys seal nothing here: that they are not kept concerns nobody.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // ASP.NET Core's line for every request has the query in it: "?email=…" (Semantics 11.4).
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", (LogLevel)Math.Max((int)settings.LogLevel, (int)LogLevel.Warning));
        builder.WebHost.UseUrls([.. settings.Urls, .. settings.MetricsUrl is { } metrics ? [metrics] : Array.Empty<string>()]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(_ => inside.Engine ?? throw new InvalidOperationException("The engine is not there yet."));
        builder.Services.AddSingleton(_ => inside.Links ?? throw new InvalidOperationException("The links are not there yet."));
        builder.Services.AddSingleton(_ => inside.Composer ?? throw new InvalidOperationException("The composer is not there yet."));
        builder.Services.AddSingleton(_ => inside.Sealing ?? throw new InvalidOperationException("The keys are not there yet."));
        builder.Services.AddSingleton<IContentCheck, StoredContentCheck>();
        builder.Services.AddSingleton<LocalOrders>();
        builder.Services.AddSingleton(Notices(settings, testClock));
        builder.Services.AddParcoursHttp(new HttpSettings
        {
            PublicBase = settings.PublicUrl is { } address ? new Uri(address) : null,
            BelieveForwardedHeaders = settings.TrustProxy,
            LocalToken = localToken,
            ImportFolder = Path.Combine(settings.Data, "imports"),
            NodesShare = settings.Database is not null,
            GalleryFolder = Path.Combine(settings.Data, "gallery"),
            ImportBytesMax = settings.ImportBytesMax,
            TimeZone = settings.TimeZone,
            DiskFree = settings.Database is null ? () => FreeShare(settings.Data) : null,
        });
        builder.Services.AddSingleton(_ => new Observability(node?.Id.ToString() ?? Environment.MachineName, DataStore.Version));
        builder.Services.AddSingleton(settings.Retention).AddSingleton<RetentionService>().AddHostedService(services => services.GetRequiredService<RetentionService>());
        builder.Services.AddHostedService<ApiWarmUp>();
        builder.Services.AddSingleton(services => new Forwarding(services.GetRequiredService<IEngine>(), inside.Node ?? throw new InvalidOperationException("This is no node."), localToken));
        var app = builder.Build();
        app.Services.GetRequiredService<Observability>().Use(app, settings.MetricsUrl is { } url ? Settings.PortOf(url) : null);
        if (settings.Database is not null)
            app.Use((context, next) => app.Services.GetRequiredService<Forwarding>().InvokeAsync(context, next));
        app.UseLocalControl(localToken);
        app.UseLocalImports(localToken);
        app.MapParcoursHttp();
        return app;
    }

    /// <summary>An address that this machine can call: of one that stands for all, this machine's own.</summary>
    static string Reachable(string url)
    {
        var plain = url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal);
        var uri = new UriBuilder(plain);
        if (uri.Host is "0.0.0.0" or "[::]")
            uri.Host = "localhost";
        return uri.Uri.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Signals are the command line's.</summary>
    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
