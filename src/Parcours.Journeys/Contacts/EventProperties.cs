using System.Text;
using System.Text.Json;

namespace Parcours.Journeys.Contacts;

/// <summary>The properties of an event: the JSON object as it was sent, parsed when first asked.</summary>
/// <remarks>Most events are asked for no property, or one; so nothing is parsed before. Safe to read from several threads.</remarks>
public sealed class EventProperties
{
    Dictionary<string, Value>? _values;

    public EventProperties(ReadOnlyMemory<byte> json) => Json = json.IsEmpty ? "{}"u8.ToArray() : json;

    public static EventProperties Empty { get; } = new(default);
    public static EventProperties Parse(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>UTF-8 JSON of one object.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The value at a path such as <c>total</c> or <c>cart.currency</c>; <see cref="Value.None"/> where there is none, it is null, or it is an object.</summary>
    /// <remarks>Numbers are decimals (a number that no decimal holds is text), arrays of texts are <see cref="ValueKind.Texts"/>; dates stay text here and are read as dates by the condition that compares them.</remarks>
    public Value this[string path] => (_values ??= Read(Json.Span)).GetValueOrDefault(path);

    /// <summary>The same with one more property, or with another value of it.</summary>
    /// <param name="value">UTF-8 JSON.</param>
    public EventProperties With(string name, ReadOnlySpan<byte> value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(Json.Length + value.Length + name.Length + 8);
        using (var to = new Utf8JsonWriter(buffer))
        {
            to.WriteStartObject();
            using (var held = JsonDocument.Parse(Json, new() { MaxDepth = 256 }))
                foreach (var property in held.RootElement.EnumerateObject())
                    if (property.Name != name)
                        property.WriteTo(to);
            to.WritePropertyName(name);
            to.WriteRawValue(value);
            to.WriteEndObject();
        }

        return new(buffer.WrittenMemory.ToArray());
    }

    static Dictionary<string, Value> Read(ReadOnlySpan<byte> json)
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader, "", values);
        return values;
    }

    static void ReadObject(ref Utf8JsonReader reader, string prefix, Dictionary<string, Value> values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var path = prefix + reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadObject(ref reader, path + ".", values);
            else if (reader.TokenType == JsonTokenType.StartArray)
                values[path] = ReadTexts(ref reader);
            else if (Scalar(ref reader) is { IsNone: false } value)
                values[path] = value;
        }
    }

    static Value ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                reader.Skip();
            else if (Scalar(ref reader) is { IsNone: false } value)
                texts.Add(value.ToString());
        return Value.Of(texts);
    }

    static Value Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Value.Of(reader.GetString() ?? ""),
        JsonTokenType.Number => reader.TryGetDecimal(out var number) ? Value.Of(number) : Value.Of(Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.True => Value.Of(true),
        JsonTokenType.False => Value.Of(false),
        _ => Value.None,
    };
}
