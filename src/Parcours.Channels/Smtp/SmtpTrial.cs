namespace Parcours.Channels.Smtp;

/// <summary>Asks a mail server whether mail could be handed to it, and hands it none.</summary>
public static class SmtpTrial
{
    /// <returns>What it offers, and whether the line was encrypted; or why it cannot be used.</returns>
    public static (SmtpOffer? Offer, bool IsEncrypted, string? Why) Run(SmtpSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            var session = SmtpSession.Open(settings, time, static _ => { });
            var answer = (session.Offer, session.Line.IsEncrypted, (string?)null);
            session.Quit();
            return answer;
        }
        catch (SmtpTrouble trouble)
        {
            return (null, false, trouble.Message);
        }
    }
}
