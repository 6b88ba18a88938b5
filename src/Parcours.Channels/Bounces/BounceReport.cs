using Parcours.Journeys.Machine;

namespace Parcours.Channels.Bounces;

/// <summary>What a mail that came back says of one that was sent.</summary>
public enum ReportVerdict
{
    /// <summary>Nothing: it is no report, or one that changes nothing.</summary>
    None = 0,
    Delivered,
    /// <summary>It is still tried; who tries will say how it ended.</summary>
    Delayed,
    /// <summary>It has not arrived, and the address may be good: a full mailbox, a refusal for what the mail is or who sends it, a server that was not to be reached.</summary>
    SoftBounced,
    /// <summary>It has not arrived, and no other will: there is no such mailbox, or no such domain.</summary>
    Bounced,
    /// <summary>The reader called it spam.</summary>
    Complained,
    /// <summary>The reader wants no more of them.</summary>
    Unsubscribed,
}

/// <param name="Status">The enhanced status code (RFC 3463) that decided, e.g. <c>5.1.1</c>; null: none was said.</param>
/// <param name="Recipient">Of whom it speaks, where it says so.</param>
/// <param name="Reason">In the reporter's words, one line; empty if it gives none.</param>
/// <param name="Keys">Of which messages it may speak, the likeliest first: by the address to which it came, by the Message-ID of what came back, by any other that stands in it.</param>
public sealed record BounceReport(ReportVerdict Verdict, string? Status, string? Recipient, string Reason, IReadOnlyList<MessageKey> Keys);
