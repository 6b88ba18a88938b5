namespace Parcours.Channels.Smtp;

/// <summary>What became of a mail.</summary>
public enum SmtpOutcome
{
    /// <summary>The server has it and answers for it.</summary>
    Taken = 0,
    /// <summary>For good: the address, or this mail, will not be taken.</summary>
    Refused = 1,
    /// <summary>It was not taken; it may be, later.</summary>
    Later = 2,
    /// <summary>All of it was sent, and the line broke before the answer.</summary>
    InDoubt = 3,
}

/// <param name="Why">Null when taken; else it begins with <c>smtp:</c>, and holds the server's code and words.</param>
/// <param name="Code">The server's three digits; 0: it did not answer.</param>
/// <param name="Status">The enhanced status code (RFC 3463); null: none.</param>
/// <param name="RetryAfter">Set where no line could be had: nothing was said of the mail, and no line is tried before.</param>
public readonly record struct SmtpVerdict(SmtpOutcome Outcome, string? Why, int Code = 0, string? Status = null, TimeSpan? RetryAfter = null)
{
    internal static SmtpVerdict Taken(int code) => new(SmtpOutcome.Taken, null, code);

    internal static SmtpVerdict Of(SmtpReply reply, SmtpStage stage) => new(
        reply.IsTemporary || IsAboutTheProvider(reply, stage) ? SmtpOutcome.Later : SmtpOutcome.Refused, $"smtp: {reply} (to {stage.Words()})", reply.Code, reply.Status);

    internal static SmtpVerdict Of(SmtpTrouble trouble, bool handed) => new(handed ? SmtpOutcome.InDoubt : SmtpOutcome.Later, "smtp: " + trouble.Message);

    // A refusal that every mail would meet alike is a matter of how the provider is set up: the mails wait until somebody has seen to it, and are not lost.
    static bool IsAboutTheProvider(SmtpReply reply, SmtpStage stage) => stage switch
    {
        // The sender is refused; unless it is said that the mail is too large.
        SmtpStage.Mail => reply.Code != 552 && reply.Status is not ("5.3.4" or "5.2.3" or "5.6.7"),
        // 501 is a recipient that cannot be read; 550 and the like one that is not there. The others speak of the dialogue or of the login, and 5.7.x (RFC 3463: security or policy) mostly of who may send.
        SmtpStage.Recipient => reply.Code is 500 or 502 or 503 or 504 or 530 or 534 or 535 or 538 || reply.Status is { } status && status.StartsWith("5.7.", StringComparison.Ordinal),
        SmtpStage.Data => reply.Code is >= 500 and <= 504 or 530 or 534 or 535 or 538,
        _ => false,
    };
}
