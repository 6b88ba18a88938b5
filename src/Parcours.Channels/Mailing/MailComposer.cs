using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Channels.Mailing;

/// <summary>Makes of a claimed message the mail that its recipient gets: the content, filled in, and its links signed. Every e-mail channel hands over what comes from here.</summary>
/// <remarks>Hot path: no parsing and no encoding happens here; content is compiled once a version. Safe on any thread.</remarks>
public sealed class MailComposer(IContentSource contents, PublicAddresses addresses, SenderSettings settings)
{
    /// <summary>The topic by which contacts say whether their opens and clicks may be noticed.</summary>
    public const string TrackingTopic = "tracking";

    /// <summary>Composes; never throws for what is the message's, the content's or the contact's fault. It waits only where the content's version changed.</summary>
    public async ValueTask<MailComposition> ComposeAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var row = message.Row;
        if (row.Address is not { Length: > 0 } address)
            return new UncomposedMail("address: the contact has no e-mail address", null);
        var content = message.ContentVersion is { } pinned ? await contents.FindAsync(row.Content, pinned, cancellationToken) : await contents.FindAsync(row.Content, cancellationToken);
        return content is not null
            ? Compose(message, address, content)
            : new UncomposedMail($"content: there is no content named ‘{row.Content}’{(message.ContentVersion is { } version ? $" of version {version}" : "")}", null);
    }

    /// <summary>What the installation and the contact let be noticed.</summary>
    MessageTracking Allowed(Contact contact, string channel)
    {
        if (settings is { TrackOpens: TrackingWish.No, TrackClicks: TrackingWish.No })
            return MessageTracking.None;
        var consent = contact.Consent(channel, TrackingTopic);
        return new(Holds(settings.TrackOpens), Holds(settings.TrackClicks));

        bool Holds(TrackingWish wish) => wish switch
        {
            TrackingWish.Yes => consent != ConsentState.Refused,
            TrackingWish.Consented => consent == ConsentState.Given,
            _ => false,
        };
    }

    MailComposition Compose(OutgoingMessage message, string address, LiveContent live)
    {
        var row = message.Row;
        var isMarketing = row.Purpose == MessagePurpose.Marketing;
        var partition = Partition.Of(row.Contact);
        var unsubscribe = addresses.Unsubscribe(partition, row.Key);
        var noticed = message.Tracking & live.Content.Tracking & Allowed(message.Contact, row.Channel);
        var outcome = live.Content.Render(new MailFields
        {
            Contact = TemplateFields.Of(message.Contact),
            Event = TemplateFields.Of(message.Data),
            JourneyName = message.JourneyName,
            UnsubscribeLink = unsubscribe,
            ViewLink = live.Content.NamesViewLink ? addresses.View(partition, row.Key) : null,
            Language = ContactLocale.LanguageOf(message.Contact),
            Zone = ContactLocale.ZoneOf(message.Contact, settings.Zone),
            Marketing = isMarketing,
            Tracking = noticed == MessageTracking.None ? null : new MailTracking(
                row.Key, live.Content.Mark, addresses, noticed.Opens ? addresses.Open(partition, row.Key) : null, noticed.Clicks ? addresses.BeforeTarget(partition, row.Key) : null),
        });
        return outcome switch
        {
            RenderOutcome.Mail mail => new ComposedMail(
                row.Key, settings, address, message.Now, mail.Subject, mail.Preheader, mail.Html, mail.Text, mail.Language, live.Version, isMarketing ? unsubscribe : null),
            RenderOutcome.Failed failed => new UncomposedMail($"render: {failed.Why}", live.Version),
            _ => throw new System.Diagnostics.UnreachableException($"{outcome.GetType().Name} is no outcome of rendering."),
        };
    }
}
