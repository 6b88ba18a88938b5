using Parcours.Channels.Links;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Web;

namespace Parcours.Tests.Api;

/// <summary>What readers do while the engine takes nothing. Semantics 10.9, 16.3</summary>
public sealed class FeedbackIntakeTests
{
    const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    static readonly PublicLinkSigner Signer = new(Installation.Ring);
    static readonly MessageKey Message = new(Guid.Parse("12345678-1234-1234-1234-123456789abc"));

    [Fact]
    public async Task Whoever_opens_or_clicks_gets_the_answer_and_it_is_told_when_the_engine_can_take_it()
    {
        var engine = new FakeEngine { Fails = new OverloadedException("full", NodaTime.Duration.FromMilliseconds(10)) };
        await using var installation = await Installation.StartAsync(engine);
        using var reader = installation.Client(null);
        var target = Signer.Seal(new LinkTarget("sale", "https://shop.example.org/", 7), null);

        var click = await reader.GetAsync($"/c/{Signer.Sign(new(LinkPurpose.Click, new Partition(0), Message))}/{target}", ("User-Agent", Browser));
        Assert.Equal((302, "https://shop.example.org/"), (click.Status, click.Header("Location")));
        Assert.Equal(200, (await reader.GetAsync($"/o/{Signer.Sign(new(LinkPurpose.Open, new Partition(0), Message))}", ("User-Agent", Browser))).Status);
        Assert.Empty(engine.Submitted);

        engine.Fails = null;
        // The next answer waits for it, and what stood before it comes first.
        await installation.Get<FeedbackIntake>().TakeAsync(new SubmissionBody.Feedback(Message, FeedbackKind.Replied), null);
        for (var waited = 0; engine.Submitted.Count < 2 && waited < 100; waited++)
            await installation.Get<FeedbackIntake>().TakeAsync(new SubmissionBody.Feedback(new(Guid.Empty), FeedbackKind.Replied), null);
        Assert.Equal(FeedbackKind.Opened, Assert.IsType<SubmissionBody.Feedback>(engine.Submitted[0].Body).Kind);
    }
}
