using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Channels.Sandbox;
using Parcours.Channels.Tests.Content;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Tests.Sandbox;

public class SandboxChannelTests
{
    static readonly MessageKey Key = MessageKey.Of(EnrolmentId.Of(new JourneyId("welcome"), ContactId.Create(1, 0, 0), 1), "send", 1, "email");
    static readonly PublicLinkSigner Signer = new(new LinkKeyRing(1, [new LinkKey(1, new byte[32])]));
    static readonly SenderSettings Sender = new() { FromName = "The \"Tea\" Shop", FromAddress = "shop@mail.example.org", ReplyTo = "help@example.org" };

    sealed class OneContent(EmailContent content) : IContentSource
    {
        public ValueTask<LiveContent?> FindAsync(string name, CancellationToken cancellationToken) =>
            new(name == content.Name ? new LiveContent(7, CompiledContent.Compile(content)) : null);

        public ValueTask<LiveContent?> FindAsync(string name, int version, CancellationToken cancellationToken) =>
            new(name == content.Name && version == 3 ? new LiveContent(3, CompiledContent.Compile(content)) : null);
    }

    static OutgoingMessage Message(Contact contact, MessagePurpose purpose = MessagePurpose.Marketing, string? address = "ada@example.org", string content = "welcome") => new(
        new MessageRow(1, Key, contact.Id, null, new JourneyId("welcome"), 1, "send", 1, "email", content, "news", purpose, address, Mails.Monday9Am, Mails.Monday9Am,
            Mails.Monday9Am + Duration.FromHours(72), MessageStatus.Pending, null, Mails.Monday9Am, 1, null, null, default),
        contact, EventProperties.Parse("""{"total":12.5}"""), "Order Completed", "Welcome", Mails.Monday9Am);

    static async Task<SendResult> SendAsync(OutgoingMessage message, EmailContent? content = null) =>
        await new SandboxChannel(
            new MailComposer(new OneContent(content ?? Mails.Mail(html: "<p>Dear {{contact.first_name}}: {{money event.total \"GBP\"}} {{journey.name}}</p>", subject: "Hello {{contact.first_name}}", preheader: "Thanks")),
            new PublicAddresses(new Uri("https://example.org"), Signer), Sender)).SendAsync(message, TestContext.Current.CancellationToken);

    static Dictionary<string, string> HeadersOf(SandboxMail mail) => JsonSerializer.Deserialize<Dictionary<string, string>>(mail.HeadersJson)!;

    [Fact]
    public async Task A_mail_is_kept_as_its_recipient_would_see_it()
    {
        var result = await SendAsync(Message(Mails.Ada()));

        Assert.Equal((SendOutcome.Sent, 7), (result.Outcome, result.ContentVersion));
        var mail = result.Kept!;
        Assert.Equal(
            (Key, "\"The \\\"Tea\\\" Shop\" <shop@mail.example.org>", "ada@example.org", "Hello Ada", "Thanks"),
            (mail.Key, mail.From, mail.To, mail.Subject, mail.Preheader));
        Assert.Contains("Dear Ada: £12.50 Welcome", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Dear Ada: £12.50 Welcome", mail.Text, StringComparison.Ordinal);
        Assert.Equal(Mails.Monday9Am, mail.At);
    }

    [Fact]
    public async Task The_header_names_sender_recipient_time_and_key_and_marketing_mail_can_be_left_with_one_click()
    {
        var headers = HeadersOf((await SendAsync(Message(Mails.Ada()))).Kept!);

        Assert.Equal($"<{Key}@mail.example.org>", headers["Message-ID"]);
        Assert.Equal("Mon, 02 Mar 2026 09:00:00 +0000", headers["Date"]);
        Assert.Equal("help@example.org", headers["Reply-To"]);
        Assert.Equal("en", headers["Content-Language"]);
        Assert.Equal("List-Unsubscribe=One-Click", headers["List-Unsubscribe-Post"]);
        var token = headers["List-Unsubscribe"].Split('/')[^1].TrimEnd('>');
        Assert.Equal(
            new LinkVerdict.Valid(new PublicLink(LinkPurpose.Unsubscribe, Partition.Of(Mails.Ada().Id), Key)), Signer.Verify(token));
    }

    [Fact]
    public async Task Transactional_mail_carries_no_way_to_unsubscribe()
    {
        var mail = (await SendAsync(Message(Mails.Ada(), MessagePurpose.Transactional))).Kept!;

        Assert.DoesNotContain("List-Unsubscribe", mail.HeadersJson, StringComparison.Ordinal);
        Assert.DoesNotContain("/u/", mail.Html + mail.Text, StringComparison.Ordinal);
    }

    /// Semantics 5.4
    [Fact]
    public async Task The_same_key_gives_the_same_mail_so_that_it_is_kept_once() =>
        Assert.Equal((await SendAsync(Message(Mails.Ada()))).Kept, (await SendAsync(Message(Mails.Ada()))).Kept);

    /// Semantics 6.7
    [Fact]
    public async Task A_missing_field_fails_the_message_with_its_name_and_nothing_is_kept()
    {
        var result = await SendAsync(Message(Mails.Ada()), Mails.Mail(text: "Dear {{contact.last_name}}"));

        Assert.Equal((SendOutcome.Failed, (SandboxMail?)null), (result.Outcome, result.Kept));
        Assert.StartsWith("render: ", result.Why, StringComparison.Ordinal);
        Assert.Contains("contact.last_name", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_or_content_the_message_fails_with_why()
    {
        Assert.StartsWith("address: ", (await SendAsync(Message(Mails.Ada(), address: null))).Why, StringComparison.Ordinal);
        Assert.StartsWith("content: ", (await SendAsync(Message(Mails.Ada(), content: "gone"))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_follows_the_contact_s_language_and_time_zone()
    {
        var ada = Mails.Ada(("language", Value.Of("fr-CH")), ("timeZone", Value.Of("Asia/Tokyo")), ("seen", Value.Of(Instant.FromUtc(2026, 7, 1, 23, 0))));
        var content = new EmailContent
        {
            Name = "welcome",
            DefaultLanguage = "en",
            Texts = new Dictionary<string, EmailText> { ["en"] = new("Hello", Text: "x"), ["fr"] = new("Bonjour", Text: "{{date contact.seen \"long time\"}}") },
        };

        var mail = (await SendAsync(Message(ada, MessagePurpose.Transactional), content)).Kept!;

        Assert.Equal(("Bonjour", "2 juillet 2026 08:00", "fr"), (mail.Subject, mail.Text, HeadersOf(mail)["Content-Language"]));
    }

    [Fact]
    public void A_header_cannot_be_broken_out_of()
    {
        var headers = MailHeaders.Of(new(
            Key, Sender with { FromName = "a\r\nBcc: eve@example.org" }, "x@example.org\r\nBcc: y@example.org", Mails.Monday9Am, "s", "", "", "x", "en", 1, null));

        Assert.All(headers, header => Assert.DoesNotContain(header.Value, char.IsControl));
    }
}
