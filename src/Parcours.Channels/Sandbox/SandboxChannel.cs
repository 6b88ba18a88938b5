using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Sandbox;

/// <summary>
/// The e-mail channel that sends nothing: what would have gone out is rendered to the last header and kept, in the commit that settles the message.
/// It is the default, so that nothing leaves by accident.
/// </summary>
public sealed class SandboxChannel(IContentSource contents, PublicAddresses addresses, SenderSettings settings) : IChannel
{
    public string Name => "email";

    /// <summary>A mail is kept under its key: rendered twice, it is there once.</summary>
    public bool IsIdempotent => true;

    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var row = message.Row;
        if (row.Address is not { Length: > 0 } address)
            return new SendResult(SendOutcome.Failed, "address: the contact has no e-mail address");
        if (await contents.FindAsync(row.Content, cancellationToken) is not { } live)
            return new SendResult(SendOutcome.Failed, $"content: there is no content named ‘{row.Content}’");

        var partition = Partition.Of(row.Contact);
        var unsubscribe = addresses.Unsubscribe(partition, row.Key);
        var outcome = live.Content.Render(new MailFields
        {
            Contact = TemplateFields.Of(message.Contact),
            Event = TemplateFields.Of(message.Data),
            JourneyName = message.JourneyName,
            UnsubscribeLink = unsubscribe,
            ViewLink = addresses.View(partition, row.Key),
            Language = ContactLocale.LanguageOf(message.Contact),
            Zone = ContactLocale.ZoneOf(message.Contact, settings.Zone),
            Marketing = row.Purpose == MessagePurpose.Marketing,
        });
        if (outcome is not RenderOutcome.Mail mail)
            return new SendResult(SendOutcome.Failed, $"render: {((RenderOutcome.Failed)outcome).Why}", ContentVersion: live.Version);

        var headers = MailHeaders.Make(settings, address, mail.Subject, mail.Language, row.Key, message.Now, row.Purpose == MessagePurpose.Marketing ? unsubscribe : null);
        var kept = new SandboxMail(
            row.Key, row.Contact, message.Now, MailHeaders.Mailbox(settings.FromName, settings.FromAddress), address,
            mail.Subject, mail.Preheader, mail.Html, mail.Text, MailHeaders.ToJson(headers));
        return new SendResult(SendOutcome.Sent, Kept: kept, ContentVersion: live.Version);
    }
}
