using NodaTime;
using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Channels.Sandbox;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.Time;
using Parcours.Testing;

namespace Parcours.Tests.Api;

/// <summary>The real engine over a store of its own, on virtual time, with the sandbox for mail.</summary>
static class RealEngine
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static async Task<Installation> InstallAsync(string folder, Parcours.Http.HttpSettings? settings = null, Func<MailComposer, IChannel>? channel = null)
    {
        var clock = new VirtualClock(Start);
        var store = await TestStore.OpenAsync(folder, clock);
        JourneyEngine? engine = null;
        var contents = new StoredContents(store.Queries, () => engine?.Current.Revision ?? 0);
        var addresses = new PublicAddresses(new Uri("http://localhost"), new PublicLinkSigner(Installation.Ring));
        var composer = new MailComposer(contents, addresses, new SenderSettings { FromAddress = "shop@example.org", FromName = "Shop" });
        engine = await JourneyEngine.StartAsync(
            store, new EngineOptions(), [channel?.Invoke(composer) ?? new SandboxChannel(composer)],
            clock, new StoredContentCheck(), TestContext.Current.CancellationToken);
        return await Installation.StartAsync(engine, settings, store);
    }
}

/// <summary>A folder that is gone afterwards.</summary>
sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parcours-api-").FullName;
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
