using NodaTime;
using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Channels.Sandbox;
using Parcours.Engine;
using Parcours.Engine.Time;
using Parcours.Storage.Sqlite;

namespace Parcours.Tests.Api;

/// <summary>The real engine over a SQLite store in a folder of its own, on virtual time, with the sandbox for mail.</summary>
static class RealEngine
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static async Task<Installation> InstallAsync(string folder, Parcours.Http.HttpSettings? settings = null)
    {
        var store = SqliteStore.Open(folder);
        JourneyEngine? engine = null;
        var contents = new StoredContents(store.Queries, () => engine?.Current.Revision ?? 0);
        var addresses = new PublicAddresses(new Uri("http://localhost"), new PublicLinkSigner(Installation.Ring));
        engine = await JourneyEngine.StartAsync(
            store, new EngineOptions(), [new SandboxChannel(new MailComposer(contents, addresses, new SenderSettings { FromAddress = "shop@example.org", FromName = "Shop" }))],
            new VirtualClock(Start), new StoredContentCheck(), TestContext.Current.CancellationToken);
        return await Installation.StartAsync(engine, settings, store);
    }
}

/// <summary>A folder that is gone afterwards.</summary>
sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parcours-api-").FullName;
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
