using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parcours.Engine.Ports;

/// <summary>Texts by name as they are stored: a JSON object.</summary>
public static class NamedTexts
{
    /// <returns>Null for none.</returns>
    public static string? Write(params IEnumerable<(string Name, string Value)> texts)
    {
        var named = texts.ToDictionary(text => text.Name, text => text.Value, StringComparer.Ordinal);
        return named.Count == 0 ? null : JsonSerializer.Serialize(named, NamedTextsJson.Default.DictionaryStringString);
    }

    public static IReadOnlyDictionary<string, string> Read(string? json) =>
        json is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize(json, NamedTextsJson.Default.DictionaryStringString) ?? [];
}

[JsonSerializable(typeof(Dictionary<string, string>))]
sealed partial class NamedTextsJson : JsonSerializerContext;
