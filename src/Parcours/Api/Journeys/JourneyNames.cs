using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parcours.Api;

/// <summary>Names and ids of journeys and what belongs to them, made unique.</summary>
static class JourneyNames
{
    const int IdLengthMax = 64;

    /// <summary>An id of a name: its letters without their accents, in lower case, and hyphens.</summary>
    public static string IdOf(string name)
    {
        var id = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(character))
                id.Append(char.ToLowerInvariant(character));
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark && id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }

        var trimmed = id.ToString().Trim('-');
        return trimmed.Length == 0 ? "journey" : trimmed.Length <= IdLengthMax ? trimmed : trimmed[..IdLengthMax].Trim('-');
    }

    /// <summary>The text itself, or with the first number behind it that makes it nobody else's.</summary>
    public static string Free(string wanted, Func<string, bool> isTaken, string between = "-", int lengthMax = IdLengthMax)
    {
        if (!isTaken(wanted))
            return wanted;
        for (var number = 2; ; number++)
        {
            var end = between + number.ToString(CultureInfo.InvariantCulture);
            var tried = (wanted.Length + end.Length > lengthMax ? wanted[..(lengthMax - end.Length)] : wanted) + end;
            if (!isTaken(tried))
                return tried;
        }
    }

    /// <summary>The definition under another id and name.</summary>
    public static byte[] Renamed(ReadOnlyMemory<byte> definition, string id, string name)
    {
        var json = JsonNode.Parse(definition.Span, documentOptions: new() { MaxDepth = 256 })!.AsObject();
        var before = (string?)json["id"];
        (json["id"], json["name"]) = (id, name);
        // What an experiment measures of "this journey" names it: the copy measures its own.
        foreach (var (_, point) in json["points"] as JsonObject ?? [])
            if ((point as JsonObject)?["goal"] is JsonObject goal && goal["where"] is JsonObject where && (string?)where["name"] == "journey" && where["value"] is JsonValue value && value.TryGetValue<string>(out var meant) && meant == before)
                where["value"] = id;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
