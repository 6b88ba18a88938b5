using Parcours.Channels.Mime;

namespace Parcours.Channels.Smtp;

/// <summary>Sends a mail that is no message to a contact, on a line of its own that is closed after it: few, and each waited for.</summary>
public sealed class SmtpPost(SmtpSettings settings, TimeProvider time)
{
    /// <returns>What became of it; it does not throw.</returns>
    public async Task<SmtpVerdict> SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        var only = new One(mail);
        var lane = new SmtpLane(settings, only, new SmtpPace(null, time), new SmtpHealth(time, null), time, CancellationToken.None);
        await using (cancellationToken.Register(lane.Abort))
            await Task.Run(lane.DeliverOne, CancellationToken.None);
        lane.Close();
        return only.Verdict;
    }

    sealed class One(MimeMessage mime) : ISmtpSource
    {
        int _taken;

        public SmtpVerdict Verdict { get; private set; } = new(SmtpOutcome.Later, "smtp: nothing was sent");

        public bool Take(SmtpMail mail, TimeSpan patience) => Interlocked.Exchange(ref _taken, 1) == 0;

        public bool Compose(SmtpMail mail, SmtpOffer offer)
        {
            (mail.From, mail.To, mail.NeedsUtf8) = (mime.From.Address.Text, mime.To.Address.Text, mime.NeedsUtf8);
            mail.IsEightBit = mail.Writer.Write(mime, offer.EightBit, mail.Content);
            return true;
        }

        public void Settle(SmtpMail mail, SmtpVerdict verdict) => Verdict = verdict;
    }
}
