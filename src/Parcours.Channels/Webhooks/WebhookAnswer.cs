using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parcours.Channels.Webhooks;

/// <summary>What came back, as journey data keeps it.</summary>
static class WebhookAnswer
{
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="body">JSON becomes the object or value that it is, anything else a text; null: there was none, or more than is read.</param>
    public static ReadOnlyMemory<byte> Of(int status, ReadOnlyMemory<byte>? body)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var to = new Utf8JsonWriter(buffer, Relaxed))
        {
            to.WriteStartObject();
            to.WriteNumber("status", status);
            if (body is { IsEmpty: false } said)
            {
                to.WritePropertyName("body");
                Write(said, to);
            }

            to.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    static void Write(ReadOnlyMemory<byte> said, Utf8JsonWriter to)
    {
        try
        {
            using var json = JsonDocument.Parse(said, new() { MaxDepth = 32 });
            json.RootElement.WriteTo(to);
        }
        catch (JsonException)
        {
            to.WriteStringValue(Encoding.UTF8.GetString(said.Span));
        }
    }

    /// <summary>Reads as much as is kept.</summary>
    /// <returns>Null: it was more.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > WebhookSettings.AnswerBytesMax)
            return null;
        await using var from = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[WebhookSettings.AnswerBytesMax + 1];
        var length = await from.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > WebhookSettings.AnswerBytesMax ? null : buffer.AsMemory(0, length);
    }
}
