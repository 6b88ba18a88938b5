using System.Text;
using System.Text.RegularExpressions;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Bounces;

/// <summary>Reads the mails that come back: reports on delivery (RFC 3464), on complaints (RFC 5965), and those of servers that follow neither. Pure: bytes in, a verdict out.</summary>
public static partial class BounceReader
{
    /// <summary>A larger one is no report: they quote headers, or a mail at most.</summary>
    public const int BytesMax = 2 * 1024 * 1024;

    const int KeysMax = 8, ReasonLengthMax = 400;

    /// <param name="mail">A whole mail with any line ends. Whatever it holds, this does not throw.</param>
    public static BounceReport Read(ReadOnlyMemory<byte> mail)
    {
        var whole = MailPart.Read(mail);
        var parts = whole.All().ToList();
        var (verdict, status, recipient, reason) =
            parts.Find(part => part.Type is "message/feedback-report") is { } complaint ? ComplaintReport.Read(complaint)
            : parts.Find(part => part.Type is "message/delivery-status" or "message/global-delivery-status") is { } delivery ? DeliveryReport.Read(delivery, whole)
            : PlainReport.Read(whole);
        return new(verdict, status, recipient, OneLine(reason), Keys(whole, mail.Span));
    }

    /// <summary>Where a mail server says to whom it was sent: bounces go to an address that names the message.</summary>
    static readonly string[] Addressees = ["Delivered-To", "X-Original-To", "Envelope-To", "To"];

    static List<MessageKey> Keys(MailPart whole, ReadOnlySpan<byte> bytes)
    {
        var keys = new List<MessageKey>();
        foreach (var field in Addressees)
            Take(whole.Header[field]);
        foreach (var part in whole.All().Skip(1))
            Take(part.Header["Message-ID"]);
        // What is quoted without being a part, and what refers to it: In-Reply-To, References, text.
        Take(Encoding.Latin1.GetString(bytes));
        return keys;

        void Take(string? text)
        {
            if (text is null || keys.Count >= KeysMax)
                return;
            foreach (var match in Key().EnumerateMatches(text))
                if (keys.Count < KeysMax && new MessageKey(Guid.ParseExact(text.AsSpan(match.Index, match.Length), "N")) is var key && !keys.Contains(key))
                    keys.Add(key);
        }
    }

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9a-f]{32}(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    static string OneLine(string reason)
    {
        var line = string.Join(' ', reason.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ReasonLengthMax ? line : line[..ReasonLengthMax];
    }
}
