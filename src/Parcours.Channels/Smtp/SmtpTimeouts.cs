namespace Parcours.Channels.Smtp;

/// <summary>How long each stage of the dialogue may take.</summary>
public sealed record SmtpTimeouts
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Greeting, hello, TLS and login, each.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>MAIL, RCPT and DATA, each; and each block that is written.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The answer to the final dot. Long, as RFC 5321 section 4.5.3.2.6 asks: who hangs up before it does not know whether the mail was taken.</summary>
    public TimeSpan Content { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A line that nobody uses is closed after this.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>When the program stops, so long for what has been begun.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(5);
}
