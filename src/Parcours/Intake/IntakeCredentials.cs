using System.Text;
using System.Text.Json;

namespace Parcours.Intake;

/// <summary>The key that a request of the intake brings, whichever way its library sends it.</summary>
/// <param name="Key">As it was issued: <c>key</c>, or <c>id:secret</c>.</param>
public sealed record IntakeCredentials(string Key)
{
    /// <summary>
    /// Takes the key from the <c>Authorization</c> header, else from <c>writeKey</c> in the body. Understood are <c>Basic</c> with the key
    /// as user name (with or without the colon, with an empty password, or as <c>id:secret</c>), <c>Bearer</c>, and a bare key. A header
    /// that is there decides: the body is then not asked.
    /// </summary>
    /// <param name="authorization">The header as it came; null where there was none.</param>
    /// <param name="body">The decompressed body.</param>
    /// <returns>Null where there is no key in a form that can be read.</returns>
    public static IntakeCredentials? From(string? authorization, ReadOnlySpan<byte> body) =>
        string.IsNullOrWhiteSpace(authorization) ? Of(WriteKeyIn(body)) : FromHeader(authorization);

    /// <summary>The header alone; for whoever refuses a wrong key before reading the body.</summary>
    public static IntakeCredentials? FromHeader(string? authorization)
    {
        var text = authorization?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        var parts = text.Split(' ', 2, StringSplitOptions.TrimEntries);
        return (parts[0].ToLowerInvariant(), parts) switch
        {
            ("bearer", [_, var token]) => Of(token),
            ("basic", [_, var token]) => Of(UserOf(token)),
            ("bearer" or "basic", _) => null,
            (_, [var bare]) => Of(bare),
            _ => null,
        };
    }

    static IntakeCredentials? Of(string? key) => string.IsNullOrWhiteSpace(key) ? null : new IntakeCredentials(key.Trim());

    // "key:", "key", "id:secret"; and "id:secret:", where a library adds its colon to a key of two parts.
    static string? UserOf(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token.PadRight((token.Length + 3) / 4 * 4, '='), bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.EndsWith(':') ? text[..^1] : text;
    }

    // Only what stands at the top: an event may carry a field of that name among its properties.
    static string? WriteKeyIn(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(IntakeText.WithoutMark(body), new JsonReaderOptions { MaxDepth = Math.Max(1, body.Length) });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("writeKey"u8);
                reader.Read();
                if (found)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What is no JSON, or no text, holds no key.
            return null;
        }
    }
}
