using System.Globalization;
using System.Text.Json;

namespace Parcours.Journeys.Plans;

/// <summary>What an action gives back.</summary>
/// <param name="From">Where it stands in the JSON of the answer: a pointer (RFC 6901).</param>
public sealed record ActionOutput(string Name, string From)
{
    public static bool IsPointer(string from) => from.Length == 0 || from[0] == '/';

    internal JsonElement? Find(JsonElement body)
    {
        if (From.Length == 0)
            return body;
        foreach (var part in From[1..].Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var field))
                body = field;
            else if (body.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < body.GetArrayLength())
                body = body[index];
            else
                return null;
        }

        return body.ValueKind == JsonValueKind.Null ? null : body;
    }
}
