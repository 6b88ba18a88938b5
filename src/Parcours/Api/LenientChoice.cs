using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parcours.Api;

/// <summary>Reads what is stored, where a newer version may have written a choice that this one does not know: then it is the first.</summary>
sealed class LenientChoice<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } said && char.IsAsciiLetter(said[0]) && Enum.TryParse<T>(said, ignoreCase: true, out var known))
            return known;
        reader.Skip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
}
