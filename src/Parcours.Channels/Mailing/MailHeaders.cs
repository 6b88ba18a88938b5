using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Mailing;

/// <summary>The header of a mail as its recipient gets it: names and values in order, values decoded, each one line.</summary>
public static class MailHeaders
{
    static readonly LocalDateTimePattern Date = LocalDateTimePattern.CreateWithInvariantCulture("ddd, dd MMM uuuu HH:mm:ss '+0000'");

    /// <summary>The whole header of a mail: the same key gives the same Message-ID (Semantics 5.4).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(ComposedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var headers = new List<KeyValuePair<string, string>>(10);
        void Add(string name, string value) => headers.Add(new(name, OneLine(value)));

        Add("Date", DateOf(mail.Date));
        Add("From", Mailbox(mail.Sender.FromName, mail.Sender.FromAddress));
        if (mail.Sender.ReplyTo is { Length: > 0 } replyTo)
            Add("Reply-To", replyTo);
        Add("To", mail.To);
        Add("Subject", mail.Subject);
        Add("Message-ID", mail.MessageId);
        Add("Content-Language", mail.Language);
        if (mail.UnsubscribeLink is not null)
        {
            Add("List-Unsubscribe", $"<{mail.UnsubscribeLink}>");
            Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return headers;
    }

    /// <summary>As RFC 5322 section 3.3 writes it, in UTC.</summary>
    public static string DateOf(Instant at) => Date.Format(at.InUtc().LocalDateTime);

    public static string MessageId(MessageKey key, string fromAddress) =>
        string.Create(CultureInfo.InvariantCulture, $"<{key}@{fromAddress[(fromAddress.LastIndexOf('@') + 1)..]}>");

    /// <summary>A name and an address as RFC 5322 section 3.4 writes them.</summary>
    public static string Mailbox(string name, string address) =>
        name.Length == 0 ? address : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{address}>";

    /// <summary>One JSON object, in the header's order.</summary>
    public static string ToJson(IEnumerable<KeyValuePair<string, string>> headers)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in headers)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    static string OneLine(string value) => value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0 ? value : string.Concat(value.Where(c => c is not ('\r' or '\n' or '\0')));
}
