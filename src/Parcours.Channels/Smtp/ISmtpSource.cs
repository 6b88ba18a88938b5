namespace Parcours.Channels.Smtp;

/// <summary>Where senders get their mails from, and tell what became of them. Called by all of a pool's threads at once; it must not throw.</summary>
public interface ISmtpSource
{
    /// <summary>Waits for the next mail and says which it is (<see cref="SmtpMail.Tag"/>); false: none came, or there will be no more.</summary>
    /// <param name="patience">Zero: do not wait.</param>
    bool Take(SmtpMail mail, TimeSpan patience);

    /// <summary>Writes envelope and content, late: there is a connection now. Called again for the same mail if that connection breaks before the mail was handed over.</summary>
    /// <returns>False: there is nothing to send, and the source has settled that itself.</returns>
    bool Compose(SmtpMail mail, SmtpOffer offer);

    /// <summary>Once for each mail that was composed, and for each that was taken when no connection could be had.</summary>
    void Settle(SmtpMail mail, SmtpVerdict verdict);
}
