using System.Text;
using System.Text.Json;

namespace Parcours.Journeys.Contacts;

/// <summary>The properties of an event: the JSON object as it was sent, parsed when first asked.</summary>
/// <remarks>Most events are asked for no property, or one; so nothing is parsed before, and items of arrays only for a path that leads to nothing else. Safe to read from several threads.</remarks>
public sealed class EventProperties
{
    static readonly Dictionary<string, Value> NoItems = [];

    Dictionary<string, Value>? _values;
    Dictionary<string, Value>? _items;

    public EventProperties(ReadOnlyMemory<byte> json) => Json = json.IsEmpty ? "{}"u8.ToArray() : json;

    public static EventProperties Empty { get; } = new(default);
    public static EventProperties Parse(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>UTF-8 JSON of one object.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The value at a path such as <c>total</c> or <c>cart.currency</c>; <see cref="Value.None"/> where there is none, it is null, or it is an object.</summary>
    /// <remarks>
    /// Numbers are decimals (a number that no decimal holds is text), arrays of texts are <see cref="ValueKind.Texts"/>; dates stay text here and are read as dates by the condition that compares them.
    /// A path that leads through an array, such as <c>products.product_id</c>, is what all of its items have there, as texts in their order (Semantics 7.11); an event's size bounds how many (16.1).
    /// </remarks>
    public Value this[string path] =>
        (_values ??= Read()).TryGetValue(path, out var value) ? value
        : path.Contains('.', StringComparison.Ordinal) ? (_items ??= ReadItems()).GetValueOrDefault(path) : Value.None;

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

    Dictionary<string, Value> Read()
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Json.Span);
        var hasItems = false;
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader, "", values, ref hasItems);
        if (!hasItems)
            _items = NoItems;
        return values;
    }

    static void ReadObject(ref Utf8JsonReader reader, string prefix, Dictionary<string, Value> values, ref bool hasItems)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var path = prefix + reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadObject(ref reader, path + ".", values, ref hasItems);
            else if (reader.TokenType == JsonTokenType.StartArray)
                values[path] = ReadTexts(ref reader, ref hasItems);
            else if (Scalar(ref reader) is { IsNone: false } value)
                values[path] = value;
        }
    }

    static Value ReadTexts(ref Utf8JsonReader reader, ref bool hasItems)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                hasItems = true;
                reader.Skip();
            }
            else if (Scalar(ref reader) is { IsNone: false } value)
                texts.Add(value.ToString());
        return Value.Of(texts);
    }

    Dictionary<string, Value> ReadItems()
    {
        var gathered = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Json.Span);
        reader.Read();
        ReadItems(ref reader, "", false, gathered);
        var items = new Dictionary<string, Value>(gathered.Count, StringComparer.Ordinal);
        foreach (var (path, texts) in gathered)
            items[path] = Value.Of(texts);
        return items;
    }

    /// <summary>Reads on from the beginning of an object or an array to its end.</summary>
    /// <param name="inside">Whether this lies in an item of an array.</param>
    static void ReadItems(ref Utf8JsonReader reader, string path, bool inside, Dictionary<string, List<string>> gathered)
    {
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            var at = path;
            if (!isArray)
            {
                at = path.Length == 0 ? reader.GetString()! : $"{path}.{reader.GetString()}";
                reader.Read();
            }
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                ReadItems(ref reader, at, inside || isArray, gathered);
            else if ((inside || isArray) && Scalar(ref reader) is { IsNone: false } value)
            {
                if (!gathered.TryGetValue(at, out var texts))
                    gathered[at] = texts = [];
                texts.Add(value.ToString());
            }
        }
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
