namespace Parcours.Channels.Bounces;

/// <summary>A delivery status notification (RFC 3464): a block on the mail, then one for each recipient.</summary>
static class DeliveryReport
{
    public static (ReportVerdict Verdict, string? Status, string? Recipient, string Reason) Read(MailPart report, MailPart whole)
    {
        (ReportVerdict Verdict, string? Status, string? Recipient, string Reason) worst = (ReportVerdict.None, null, null, "");
        var recipients = 0;
        var bytes = report.Decoded();
        while (!bytes.IsEmpty)
        {
            var (block, end) = HeaderFields.Read(bytes);
            bytes = bytes[(end > 0 ? end : Math.Max(1, NextLine(bytes)))..];
            if (block["Action"] is null && block["Status"] is null && block["Diagnostic-Code"] is null)
                continue;
            recipients++;
            if (Of(block, whole) is var told && told.Verdict > worst.Verdict)
                worst = told;
        }
        // Some say it to people only.
        return recipients == 0 ? PlainReport.Read(whole) : worst;
    }

    static int NextLine(ReadOnlySpan<byte> bytes)
    {
        Lines.Next(bytes, 0, out var next);
        return next;
    }

    static (ReportVerdict Verdict, string? Status, string? Recipient, string Reason) Of(HeaderFields block, MailPart whole)
    {
        var recipient = AddressOf(block["Original-Recipient"]) ?? AddressOf(block["Final-Recipient"]);
        var diagnostic = AfterType(block["Diagnostic-Code"]) ?? "";
        var action = block["Action"]?.Split(' ', ';')[0].Trim().ToLowerInvariant() ?? "failed";
        var said = StatusCode.Find(block["Status"]);
        if (action is "delivered")
            return (ReportVerdict.Delivered, said?.ToString(), recipient, diagnostic);
        // "relayed" and "expanded" say only that somebody else has it now.
        if (action is not ("failed" or "delayed" or "failure"))
            return (ReportVerdict.None, said?.ToString(), recipient, diagnostic);
        var status = StatusCode.MoreExact(said, StatusCode.Find(diagnostic));
        if (action is "delayed")
            return (ReportVerdict.Delayed, status?.ToString(), recipient, diagnostic);
        // Where the block gives no reason, people's part may.
        var words = diagnostic.Length > 0 ? diagnostic : PlainReport.TextOf(whole);
        return (FailureReason.Judge(status, words), status?.ToString(), recipient, diagnostic.Length > 0 ? diagnostic : status?.ToString() ?? "");
    }

    static string? AddressOf(string? typed) => AfterType(typed)?.Trim().Trim('<', '>') is { Length: > 0 } address ? address : null;

    /// <summary>Both kinds of fields name a type first: <c>rfc822; ada@example.org</c>, <c>smtp; 550 5.1.1 …</c>.</summary>
    static string? AfterType(string? field) =>
        field is null ? null : field.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? field[(end + 1)..].Trim() : field.Trim();
}
