using System.Diagnostics;
using Parcours.Channels.Mailing;
using Parcours.Engine.Ports;

namespace Parcours.Channels.Sandbox;

/// <summary>
/// The e-mail channel that sends nothing: what would have gone out is rendered to the last header and kept, in the commit that settles the message.
/// It is the default, so that nothing leaves by accident.
/// </summary>
public sealed class SandboxChannel(MailComposer composer) : IChannel
{
    public string Name => "email";

    /// <summary>A mail is kept under its key: rendered twice, it is there once.</summary>
    public bool IsIdempotent => true;

    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        await composer.ComposeAsync(message, cancellationToken) switch
        {
            ComposedMail mail => new SendResult(SendOutcome.Sent, Kept: Keep(message, mail), ContentVersion: mail.ContentVersion),
            UncomposedMail none => new SendResult(SendOutcome.Failed, none.Why, ContentVersion: none.ContentVersion),
            var other => throw new UnreachableException($"{other.GetType().Name} is no composition."),
        };

    static SandboxMail Keep(OutgoingMessage message, ComposedMail mail) => new(
        mail.Key, message.Row.Contact, mail.Date, MailHeaders.Mailbox(mail.Sender.FromName, mail.Sender.FromAddress), mail.To,
        mail.Subject, mail.Preheader, mail.Html, mail.Text, MailHeaders.ToJson(mail.Headers()));
}
