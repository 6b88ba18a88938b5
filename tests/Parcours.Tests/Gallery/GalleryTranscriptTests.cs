using System.Globalization;
using System.Text;
using NodaTime;
using Parcours.Tests.Api;
using Parcours.Tests.HouseRules;

namespace Parcours.Tests.Gallery;

/// <summary>Every ready-made journey as a table that people can read: its main paths in virtual time, those of time-outs and of bad ends too.</summary>
public sealed class GalleryTranscriptTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    static readonly Duration Hour = Duration.FromHours(1), Day = Duration.FromDays(1);

    /// <summary>By journey: what somebody does, and how that is called.</summary>
    static readonly Dictionary<string, (string Title, Func<Walker, Task> Walk)[]> Walks = new()
    {
        ["welcome"] =
        [
            ("Opens the first mail", async ada => { await ada.JoinsAsync("newsletter"); await ada.PassAsync(Day); await ada.FeedsBackAsync("opened"); await ada.PassAsync(3 * Day); }),
            ("Opens nothing", async ada => { await ada.JoinsAsync("newsletter"); await ada.PassAsync(4 * Day); }),
        ],
        ["abandoned-cart"] =
        [
            ("Orders after the first mail", async ada => { await ada.DoesAsync("Product Added"); await ada.PassAsync(5 * Hour); await ada.DoesAsync("Order Completed"); }),
            ("Orders after the last call", async ada => { await ada.DoesAsync("Product Added"); await ada.PassAsync(30 * Hour); await ada.DoesAsync("Order Completed"); }),
            ("Never orders", async ada => { await ada.DoesAsync("Product Added"); await ada.PassAsync(5 * Day); }),
            ("Orders in time: nothing begins", async ada => { await ada.DoesAsync("Product Added"); await ada.PassAsync(Hour); await ada.DoesAsync("Order Completed"); await ada.PassAsync(5 * Day); }),
        ],
        ["win-back"] =
        [
            ("Comes back after the friendly word", async ada => { await ada.DoesAsync("Order Completed"); await ada.PassAsync(95 * Day); await ada.DoesAsync("Order Completed"); }),
            ("Comes back with the voucher", async ada => { await ada.DoesAsync("Order Completed"); await ada.PassAsync(115 * Day); await ada.DoesAsync("Order Completed"); }),
            ("Does not come back", async ada => { await ada.DoesAsync("Order Completed"); await ada.PassAsync(145 * Day); }),
        ],
        ["re-engage"] =
        [
            ("Opens at once", async ada => { await ada.JoinsAsync("newsletter"); await ada.DoesAsync("email_opened"); await ada.PassAsync(91 * Day); await ada.DoesAsync("email_opened"); }),
            ("Opens the goodbye", async ada => { await ada.JoinsAsync("newsletter"); await ada.DoesAsync("email_opened"); await ada.PassAsync(99 * Day); await ada.DoesAsync("email_clicked"); }),
            ("Opens nothing and is taken off the list", async ada => { await ada.JoinsAsync("newsletter"); await ada.DoesAsync("email_opened"); await ada.PassAsync(106 * Day); }),
        ],
        ["review-request"] =
        [
            ("Reviews when asked", async ada => { await ada.DoesAsync("Order Delivered"); await ada.PassAsync(9 * Day); await ada.DoesAsync("Product Reviewed"); }),
            ("Reviews when reminded", async ada => { await ada.DoesAsync("Order Delivered"); await ada.PassAsync(14 * Day); await ada.DoesAsync("Product Reviewed"); }),
            ("Says nothing", async ada => { await ada.DoesAsync("Order Delivered"); await ada.PassAsync(21 * Day); }),
        ],
        ["organise-by-interest"] =
        [
            ("Follows the link to tips", async ada => { await ada.JoinsAsync("newsletter"); await ada.PassAsync(2 * Hour); await ada.FeedsBackAsync("clicked", "tips"); }),
            ("Follows the link to offers", async ada => { await ada.JoinsAsync("newsletter"); await ada.PassAsync(2 * Hour); await ada.FeedsBackAsync("clicked", "offers"); }),
            ("Follows no link", async ada => { await ada.JoinsAsync("newsletter"); await ada.PassAsync(11 * Day); }),
        ],
        ["birthday"] =
        [
            ("Uses the voucher", async ada => { await ada.SetsAsync("birthday", ada.DateAfter(2, yearsAgo: 30)); await ada.PassAsync(3 * Day); await ada.DoesAsync("Order Completed"); }),
            ("Uses it when reminded", async ada => { await ada.SetsAsync("birthday", ada.DateAfter(2, yearsAgo: 30)); await ada.PassAsync(11 * Day); await ada.DoesAsync("Order Completed"); }),
            ("Does not use it", async ada => { await ada.SetsAsync("birthday", ada.DateAfter(2, yearsAgo: 30)); await ada.PassAsync(25 * Day); }),
        ],
        ["renewal"] =
        [
            ("Renews at the first mail", async ada => { await ada.SetsAsync("contract_ends", ada.DateAfter(40) + "T10:00:00Z"); await ada.PassAsync(15 * Day); await ada.DoesAsync("Contract Renewed"); }),
            ("Renews after the call", async ada => { await ada.SetsAsync("contract_ends", ada.DateAfter(40) + "T10:00:00Z"); await ada.PassAsync(36 * Day); await ada.DoesAsync("Contract Renewed"); }),
            ("Does not renew", async ada => { await ada.SetsAsync("contract_ends", ada.DateAfter(40) + "T10:00:00Z"); await ada.PassAsync(50 * Day); }),
        ],
        ["onboarding"] =
        [
            ("Sets up at once", async ada => { await ada.DoesAsync("Signed Up"); await ada.PassAsync(Day); await ada.DoesAsync("Setup Completed"); }),
            ("Sets up with help", async ada => { await ada.DoesAsync("Signed Up"); await ada.PassAsync(4 * Day); await ada.DoesAsync("Setup Completed"); }),
            ("Sets up after somebody has offered help", async ada => { await ada.DoesAsync("Signed Up"); await ada.PassAsync(12 * Day); await ada.DoesAsync("Setup Completed"); }),
            ("Never sets up", async ada => { await ada.DoesAsync("Signed Up"); await ada.PassAsync(32 * Day); }),
        ],
        ["event-invitation"] =
        [
            ("Registers at the first invitation, and comes", async ada => { await ada.SetsAsync("event_date", ada.DateAfter(20)); await ada.TaggedAsync("invited"); await ada.PassAsync(2 * Day); await ada.DoesAsync("Event Registered"); await ada.PassAsync(20 * Day); }),
            ("Registers at the second", async ada => { await ada.SetsAsync("event_date", ada.DateAfter(20)); await ada.TaggedAsync("invited"); await ada.PassAsync(9 * Day); await ada.DoesAsync("Event Registered"); await ada.PassAsync(14 * Day); }),
            ("Does not answer", async ada => { await ada.SetsAsync("event_date", ada.DateAfter(20)); await ada.TaggedAsync("invited"); await ada.PassAsync(16 * Day); }),
        ],
        ["cross-sell"] =
        [
            ("Buys at the first idea", async ada => { await ada.DoesAsync("Order Completed"); await ada.PassAsync(15 * Day); await ada.DoesAsync("Order Completed"); }),
            ("Looks, and buys at the second", async ada => { await ada.DoesAsync("Order Completed"); await ada.PassAsync(15 * Day); await ada.FeedsBackAsync("clicked", "ideas"); await ada.PassAsync(8 * Day); await ada.DoesAsync("Order Completed"); }),
            ("Looks, and does not buy", async ada => { await ada.DoesAsync("Order Completed"); await ada.PassAsync(15 * Day); await ada.FeedsBackAsync("clicked", "ideas"); await ada.PassAsync(22 * Day); }),
            ("Does not look", async ada => { await ada.DoesAsync("Order Completed"); await ada.PassAsync(22 * Day); }),
        ],
        ["lead-nurturing"] =
        [
            ("Follows the link, talks, and is won", async ada => { await ada.SetsAsync("deal_stage", "lead"); await ada.PassAsync(Day); await ada.FeedsBackAsync("clicked", "call"); await ada.PassAsync(Day); await ada.SetsAsync("deal_stage", "talks"); await ada.PassAsync(15 * Day); await ada.SetsAsync("deal_stage", "won"); }),
            ("Is silent, and is lost", async ada => { await ada.SetsAsync("deal_stage", "lead"); await ada.PassAsync(8 * Day); await ada.SetsAsync("deal_stage", "lost"); }),
            ("Is won from the first stage", async ada => { await ada.SetsAsync("deal_stage", "lead"); await ada.PassAsync(2 * Day); await ada.SetsAsync("deal_stage", "won"); }),
        ],
    };

    public static TheoryData<string> Ids => [.. Parcours.Demo.Samples.In("gallery").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    /// <summary>To approve a change: run with PARCOURS_APPROVE=1 and read the difference.</summary>
    [Theory, MemberData(nameof(Ids))]
    public async Task A_ready_made_journey_goes_its_ways_as_was_approved(string id)
    {
        var used = await _api.PostAsync($"/api/v1/gallery/{id}/use", "{}");
        Assert.True(used.Status == 201, used.Text);
        var journey = used.Json;
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var published = await _api.PostAsync($"/api/v1/journeys/{journey.GetProperty("id").GetString()}/publish", "");
        Assert.True(published.Status == 200, published.Text);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var told = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"# {journey.GetProperty("name").GetString()}\n"));
        foreach (var (title, walk) in Walks[id])
        {
            var walker = await Walker.ComeAsync(_installation, _api, $"walker-{told.Length}");
            await walk(walker);
            told.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{await walker.TellAsync(journey)}");
        }

        var file = Repository.PathOf($"tests/Parcours.Tests/Gallery/transcripts/{id}.txt");
        if (Environment.GetEnvironmentVariable("PARCOURS_APPROVE") == "1")
            await File.WriteAllTextAsync(file, told.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), told.ToString());
    }
}
