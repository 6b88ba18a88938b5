using System.Globalization;
using System.Text.Json;

namespace Parcours.Hooks;

/// <summary>A place in a JSON document: a pointer (RFC 6901), <c>/order/items/0/id</c>, or a path with dots, <c>order.items[0].id</c>. Empty, the whole.</summary>
sealed class JsonPath
{
    public const int LengthMax = 500;
    readonly string[] _parts;

    JsonPath(string[] parts) => _parts = parts;

    /// <returns>Null: it is neither.</returns>
    public static JsonPath? TryParse(string? text)
    {
        if (text is null || text.Length > LengthMax)
            return null;
        if (text.Length == 0)
            return new([]);
        if (text[0] == '/')
        {
            var parts = text[1..].Split('/');
            // A tilde stands for itself only as ~0.
            if (parts.Any(part => part.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal).Contains('~', StringComparison.Ordinal)))
                return null;
            return new([.. parts.Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);
        }

        var dotted = (text.StartsWith("$.", StringComparison.Ordinal) ? text[2..] : text).Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        return dotted.Any(part => part.Length == 0) ? null : new(dotted);
    }

    /// <returns>What stands there; null: nothing, or null.</returns>
    public JsonElement? Find(JsonElement body)
    {
        foreach (var part in _parts)
        {
            if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty(part, out var field))
                body = field;
            else if (body.ValueKind == JsonValueKind.Array && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < body.GetArrayLength())
                body = body[index];
            else
                return null;
        }

        return body.ValueKind == JsonValueKind.Null ? null : body;
    }

    /// <returns>A text, or a number or truth value as one; null: something else.</returns>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
