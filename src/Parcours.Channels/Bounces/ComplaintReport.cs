using System.Text;

namespace Parcours.Channels.Bounces;

/// <summary>What a mailbox provider tells of a reader who complained: the Abuse Reporting Format (RFC 5965).</summary>
static class ComplaintReport
{
    public static (ReportVerdict Verdict, string? Status, string? Recipient, string Reason) Read(MailPart report)
    {
        var (fields, _) = HeaderFields.Read(report.Decoded());
        // Some send it base64 or with an empty line in front of the fields.
        if (fields.IsEmpty)
            (fields, _) = HeaderFields.Read(Encoding.UTF8.GetBytes(report.Text().TrimStart()));
        var type = fields["Feedback-Type"]?.Trim().ToLowerInvariant() ?? "";
        var verdict = type switch
        {
            "abuse" or "fraud" or "virus" or "other" or "miscategorized" or "complaint" => ReportVerdict.Complained,
            "opt-out" or "opt-out-list" or "unsubscribe" => ReportVerdict.Unsubscribed,
            // "not-spam" takes nothing back that others said; the others are about signatures, for whoever runs the domain.
            _ => ReportVerdict.None,
        };
        var recipient = fields["Original-Rcpt-To"] ?? fields["Removal-Recipient"];
        return (verdict, null, recipient?.Trim('<', '>', ' '), $"{type}{(fields["User-Agent"] is { } agent ? $" ({agent})" : "")}");
    }
}
