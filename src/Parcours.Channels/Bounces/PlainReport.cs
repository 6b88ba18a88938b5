using System.Text.RegularExpressions;

namespace Parcours.Channels.Bounces;

/// <summary>A report in words alone, as older servers write it: who sends it, and a status or a known phrase before the quoted mail, tell that it is one.</summary>
static partial class PlainReport
{
    public static (ReportVerdict Verdict, string? Status, string? Recipient, string Reason) Read(MailPart whole)
    {
        if (!IsFromAServer(whole.Header) && !Complaint().IsMatch(whole.Header["Subject"] ?? ""))
            return (ReportVerdict.None, null, null, "");
        // Before there was a format for complaints, one large provider sent the mail back under this name.
        if (whole.All().Select(part => part.Header["X-HmXmrOriginalRecipient"]).FirstOrDefault(reader => reader is not null) is { } reader)
            return (ReportVerdict.Complained, null, reader, "complaint");
        var (text, subject) = (TextOf(whole), whole.Header["Subject"] ?? "");
        var recipient = RecipientOf(whole, text);
        var (words, reason) = ReasonOf(text);
        if (StillTried().IsMatch(subject) || StillTried().IsMatch(text))
            return (ReportVerdict.Delayed, null, recipient, reason);
        var status = StatusCode.Find(words) is { Class: not 2 } found ? found : (StatusCode?)null;
        // Without a code of this kind, the first digit of the older one tells the class.
        if (status is null && Reply().Match(words) is { Success: true } reply)
            status = new(reply.Value[0] - '0', 0, 0);
        var verdict = FailureReason.Judge(status ?? new(5, 0, 0), words);
        if (status is null && verdict != ReportVerdict.Bounced && whole.Header["X-Failed-Recipients"] is null && !Failed().IsMatch(text) && !Failed().IsMatch(subject))
            return (ReportVerdict.None, null, null, "");
        return (verdict, status is { IsVague: false } exact ? exact.ToString() : null, recipient, reason);
    }

    static bool IsFromAServer(HeaderFields header) =>
        header["X-Failed-Recipients"] is not null ||
        (Daemon().IsMatch(header["From"] ?? "") || header["Return-Path"] is { } path && path.Trim() is "<>" or "<MAILER-DAEMON>") && !Vacation(header);

    // A program answers for a person: nothing failed (RFC 3834).
    static bool Vacation(HeaderFields header) =>
        header["Auto-Submitted"]?.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) is true && !Daemon().IsMatch(header["From"] ?? "");

    /// <summary>What it says itself, without the mail that it quotes.</summary>
    public static string TextOf(MailPart whole)
    {
        var part = whole.All().FirstOrDefault(part => part.Type == "text/plain" && part.Body.Length > 0) ?? whole.All().FirstOrDefault(part => part.Parts.Count == 0) ?? whole;
        var text = part.Text();
        if (Quoted().Match(text) is { Success: true, Index: > 0 } quoted)
            text = text[..quoted.Index];
        return text.Length <= TextLengthMax ? text : text[..TextLengthMax];
    }

    const int TextLengthMax = 16 * 1024;

    static string? RecipientOf(MailPart whole, string text) =>
        whole.Header["X-Failed-Recipients"]?.Split(',')[0].Trim() ?? (Address().Match(text) is { Success: true } found ? found.Groups[1].Value : null);

    /// <summary>The first line with a code, which goes on in the next two, and for judging the one before it; without a code, all of it may say why.</summary>
    static (string Words, string Reason) ReasonOf(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var first = Array.FindIndex(lines, line => StatusCode.Find(line) is not null || Reply().IsMatch(line));
        if (first < 0)
            return (text, "");
        var reason = string.Join(' ', lines.Skip(first).Take(3));
        return (first > 0 ? $"{lines[first - 1]} {reason}" : reason, reason);
    }

    [GeneratedRegex("^ *complaint about message from", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Complaint();

    [GeneratedRegex(@"(mailer[- ]?daemon|post-?master|mail\s+delivery\s+(sub)?system|mail\s+administrator|maildaemon|mail\s+system|no-?reply@.*bounce|bounce@|mailadmin)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Daemon();

    [GeneratedRegex(@"(delivery\s+(status\s+notification\s+\()?delay|warning:\s+(message\s+)?(could\s+not|still|not)|you\s+do\s+not\s+need\s+to\s+resend|will\s+(continue|keep)\s+(to\s+try|trying)|this\s+is\s+a\s+warning\s+message\s+only|has\s+not\s+yet\s+been\s+delivered)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StillTried();

    [GeneratedRegex(@"(could\s*n[o']t\s+be\s+delivered|could\s+not\s+be\s+delivered|undeliver|delivery\s+(to\s+.{1,80}\s+)?(has\s+)?failed|wasn't\s+able\s+to\s+deliver|unable\s+to\s+deliver|not\s+delivered|failed\s+permanently|cannot\s+be\s+delivered|fatal\s+error|error\s+occurred|unable\s+to\s+relay|error\s+(has\s+)?(occurred|delivering)|was\s+aborted|did\s+not\s+reach|undelivered)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Failed();

    /// <summary>A reply code of SMTP, where one can stand.</summary>
    [GeneratedRegex(@"(?<![\d.:\-/@\w])(4[0-5]\d|5[0-5]\d)(?=[\s\-#])(?!\s*(bytes|lines))", RegexOptions.CultureInvariant)]
    private static partial Regex Reply();

    [GeneratedRegex(@"<?([A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250}[A-Za-z0-9]))>?", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    /// <summary>Where the quoted mail begins.</summary>
    [GeneratedRegex(@"^([-=_ >*]{0,40}(below\s+this\s+line\s+is|this\s+is\s+a\s+copy\s+of|(the\s+)?(original|returned|unsent|failed)\s+(message|mail)(\s+(follows|headers?|text))?[\s\-:=*.]*$|message\s+headers?\s+follow|copy\s+of\s+(the|your)\s+message|header\s+of\s+the\s+original|message\s+header|included\s+is\s+a\s+copy|here\s+is\s+(a|the)\s+(copy|returned)|your\s+original\s+message|the\s+body\s+of\s+the\s+message)|(return-path|received|message-id):)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
