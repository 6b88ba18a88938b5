using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Sandbox;

/// <summary>The header of a mail as its recipient gets it: names and values in order, values decoded, each one line.</summary>
public static class MailHeaders
{
    static readonly LocalDateTimePattern Date = LocalDateTimePattern.CreateWithInvariantCulture("ddd, dd MMM uuuu HH:mm:ss '+0000'");

    /// <param name="settings">By whom.</param>
    /// <param name="to">Whom to.</param>
    /// <param name="subject">One line.</param>
    /// <param name="language">The tag of the words.</param>
    /// <param name="key">Names the mail: the same key gives the same Message-ID (Semantics 5.4).</param>
    /// <param name="now">When.</param>
    /// <param name="unsubscribeLink">Set for marketing: the one-click link of RFC 8058.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Make(
        SenderSettings settings, string to, string subject, string language, MessageKey key, Instant now, string? unsubscribeLink)
    {
        var headers = new List<KeyValuePair<string, string>>();
        void Add(string name, string value) => headers.Add(new(name, OneLine(value)));

        Add("Date", Date.Format(now.InUtc().LocalDateTime));
        Add("From", Mailbox(settings.FromName, settings.FromAddress));
        if (settings.ReplyTo is { Length: > 0 } replyTo)
            Add("Reply-To", replyTo);
        Add("To", to);
        Add("Subject", subject);
        Add("Message-ID", MessageId(key, settings.FromAddress));
        Add("Content-Language", language);
        if (unsubscribeLink is not null)
        {
            Add("List-Unsubscribe", $"<{unsubscribeLink}>");
            Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return headers;
    }

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
