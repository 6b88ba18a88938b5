using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parcours.Intake;

/// <summary>Small rewritings of JSON objects that the parser has found sound.</summary>
static class JsonObjects
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The object and, where it has no such field itself, these texts; a null adds nothing.</summary>
    public static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> json, params ReadOnlySpan<(string Name, string? Text)> texts)
    {
        var fields = new OrderedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        Collect(json, "", flat: false, fields);
        foreach (var (name, text) in texts)
            if (text is not null)
                fields.TryAdd(name, JsonSerializer.SerializeToUtf8Bytes(text));
        return Write(fields);
    }

    public static ReadOnlyMemory<byte> Write(OrderedDictionary<string, ReadOnlyMemory<byte>> fields) => Write(writer =>
    {
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.Span, skipInputValidation: true);
        }
    });

    /// <summary>Adds the fields of an object in their order; the last of a name counts.</summary>
    /// <param name="prefix">Stands before every name.</param>
    /// <param name="flat">Objects inside become fields named by their path, such as <c>address.city</c>; empty ones vanish.</param>
    public static void Collect(ReadOnlyMemory<byte> json, string prefix, bool flat, OrderedDictionary<string, ReadOnlyMemory<byte>> fields)
    {
        if (json.IsEmpty)
            return;
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + reader.GetString();
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            var value = json[start..(int)reader.BytesConsumed];
            if (isObject && flat)
                Collect(value, name + ".", flat, fields);
            else
                fields[name] = value;
        }
    }
}
