using System.Diagnostics;
using NodaTime;
using Parcours.Channels.Mailing;
using Parcours.Channels.Mime;
using Parcours.Engine.Ports;

namespace Parcours.Channels.Smtp;

/// <summary>Makes of claimed messages the mails that the senders hand over, and of the server's verdicts what the outbox keeps.</summary>
/// <param name="domains">Null: no domain is held back.</param>
sealed class SmtpChannelSource(MailComposer composer, IHandOver handOver, SmtpDomainPaces? domains = null) : ISmtpSource
{
    /// <summary>A message in a sender's hands; the version of its content once it is composed.</summary>
    sealed record Held(OutgoingMessage Message)
    {
        public int? ContentVersion { get; set; }
    }

    public bool Take(SmtpMail mail, TimeSpan patience)
    {
        while (handOver.Take(patience) is { } message)
        {
            if (domains is null || message.Row.Address is not { } address || domains.TryPass(address, message.Row.Why == DomainIsBusy, out var wait))
            {
                mail.Tag = new Held(message);
                return true;
            }
            // It comes back when its time has come, and the reason with it: then it has its time already.
            handOver.Settle(message, new(SendOutcome.TryLater, DomainIsBusy, Duration.FromTimeSpan(wait)));
        }
        return false;
    }

    internal const string DomainIsBusy = "rate: its domain has had as many mails as smtp-domain-rate allows";

    public bool Compose(SmtpMail mail, SmtpOffer offer)
    {
        var held = (Held)mail.Tag!;
        try
        {
            // It waits only where the content's version changed; the thread may.
            var composing = composer.ComposeAsync(held.Message, CancellationToken.None);
            var composition = composing.IsCompleted ? composing.Result : composing.AsTask().GetAwaiter().GetResult();
            held.ContentVersion = composition switch
            {
                ComposedMail composed => composed.ContentVersion,
                UncomposedMail none => none.ContentVersion,
                _ => throw new UnreachableException($"{composition.GetType().Name} is no composition."),
            };
            if (composition is not ComposedMail whole)
                return Settled(held, SendOutcome.Failed, ((UncomposedMail)composition).Why);
            if (MimeOf(whole) is not { } mime)
                return Settled(held, SendOutcome.Failed, "address: no mail can be sent to it");
            // The envelope's sender alone may be another: an ASCII one, checked where it is set.
            mail.From = whole.Sender.BounceAddress is null ? mime.From.Address.Text : whole.EnvelopeFrom;
            mail.To = mime.To.Address.Text;
            mail.NeedsUtf8 = mime.NeedsUtf8;
            mail.IsEightBit = mail.Writer.Write(mime, offer.EightBit, mail.Content);
            return true;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            return Settled(held, SendOutcome.TryLater, failure.Message);
        }
    }

    public void Settle(SmtpMail mail, SmtpVerdict verdict)
    {
        var outcome = verdict.Outcome switch
        {
            SmtpOutcome.Taken => SendOutcome.Sent,
            SmtpOutcome.Refused => SendOutcome.Failed,
            SmtpOutcome.Later => SendOutcome.TryLater,
            _ => SendOutcome.InDoubt,
        };
        Settled((Held)mail.Tag!, outcome, Without(verdict.Why, mail.To), verdict.RetryAfter is { } wait ? Duration.FromTimeSpan(wait) : null);
    }

    bool Settled(Held held, SendOutcome outcome, string? why, Duration? retryAfter = null)
    {
        handOver.Settle(held.Message, new SendResult(outcome, why, retryAfter, ContentVersion: held.ContentVersion));
        return false;
    }

    // Servers like to repeat the address. The reason outlives the contact's erasure, so it must not hold it (Semantics 11.4).
    static string? Without(string? why, string address) => address.Length == 0 ? why : why?.Replace(address, "…", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null: the recipient's address cannot be written to.</summary>
    static MimeMessage? MimeOf(ComposedMail mail)
    {
        if (!MailAddress.TryParse(mail.To, out var to))
            return null;
        if (!MailAddress.TryParse(mail.Sender.FromAddress, out var from))
            throw new InvalidOperationException($"smtp: the sender's address '{mail.Sender.FromAddress}' is none");
        return new MimeMessage
        {
            From = new(mail.Sender.FromName, from),
            To = new("", to),
            ReplyTo = MailAddress.TryParse(mail.Sender.ReplyTo, out var replyTo) ? new("", replyTo) : null,
            Subject = mail.Subject,
            MessageId = $"<{mail.Key}@{from.Domain}>",
            Date = mail.Date,
            Key = mail.Key.ToString(),
            Text = mail.Text,
            Html = mail.Html,
            Language = mail.Language,
            More = mail.UnsubscribeLink is { } link ? [new("List-Unsubscribe", $"<{link}>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] : [],
        };
    }
}
