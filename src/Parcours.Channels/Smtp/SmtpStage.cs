namespace Parcours.Channels.Smtp;

/// <summary>Where in the dialogue.</summary>
public enum SmtpStage
{
    Connect = 0,
    Greeting = 1,
    Hello = 2,
    StartTls = 3,
    Login = 4,
    Mail = 5,
    Recipient = 6,
    Data = 7,
    /// <summary>The mail itself, up to the answer to the final dot.</summary>
    Content = 8,
    Reset = 9,
}

static class SmtpStages
{
    public static string Words(this SmtpStage stage) => stage switch
    {
        SmtpStage.Connect => "connecting",
        SmtpStage.Greeting => "the greeting",
        SmtpStage.Hello => "EHLO",
        SmtpStage.StartTls => "STARTTLS",
        SmtpStage.Login => "AUTH",
        SmtpStage.Mail => "MAIL FROM",
        SmtpStage.Recipient => "RCPT TO",
        SmtpStage.Data => "DATA",
        SmtpStage.Content => "the end of the mail",
        _ => "RSET",
    };
}
