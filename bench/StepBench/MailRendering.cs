using NodaTime;
using Parcours.Bench.Reference;
using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace StepBench;

/// <summary>The reference journey's mail: filled in, with its signed links.</summary>
static class MailRendering
{
    sealed class OneContent : IContentSource
    {
        readonly LiveContent _live = new(1, CompiledContent.Compile(ContentDocument.Read("welcome", Documents.Content, [])!));
        public ValueTask<LiveContent?> FindAsync(string name, CancellationToken cancellationToken) => new(_live);
        public ValueTask<LiveContent?> FindAsync(string name, int version, CancellationToken cancellationToken) => new(_live);
    }

    public static void Run()
    {
        var links = new PublicLinkSigner(new LinkKeyRing(1, [new LinkKey(1, new byte[LinkKey.SecretBytesMin])]));
        var composer = new MailComposer(new OneContent(), new PublicAddresses(new Uri("https://journeys.example.org"), links), new SenderSettings { FromAddress = "news@example.test" });
        var journey = new JourneyId("reference");
        var key = MessageKey.Of(EnrolmentId.Of(journey, Ada.Id, 1), "mail", 1, "email");
        var row = new MessageRow(
            1, key, Ada.Id, null, journey, 1, "mail", 1, "email", "welcome", "bench", MessagePurpose.Marketing, People.AddressOf(12), Ada.Monday9, Ada.Monday9,
            Ada.Monday9 + Duration.FromHours(72), MessageStatus.Pending, null, Ada.Monday9, 1, null, null, default);
        var message = new OutgoingMessage(row, Ada.Known("pro"), EventProperties.Empty, People.SignedUp, "Reference journey", Ada.Monday9);
        // The content is at hand, so it completes at once.
        MailComposition Compose() => composer.ComposeAsync(message, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        if (Compose() is not ComposedMail { Subject: "Welcome First12" })
            throw new InvalidOperationException("The mail is not what it should be.");
        Measure.Step("mail: filled in, with its links", Compose);
    }
}
