namespace Parcours.Channels.Smtp;

/// <summary>The line or the server failed: no connection, silence, a broken line, words that are no SMTP, a login refused. It says nothing about the mail.</summary>
#pragma warning disable CA1032 // Thrown here alone, always with its stage.
sealed class SmtpTrouble(SmtpStage stage, string message, Exception? cause = null) : Exception(message, cause)
{
    public SmtpStage Stage => stage;
}
