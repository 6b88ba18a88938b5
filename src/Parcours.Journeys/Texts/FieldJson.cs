using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Texts;

/// <summary>A JSON document whose texts may hold fields. A text that is one field and nothing else becomes its value: a number stays a number, and what is not there is null.</summary>
/// <remarks>So whatever a contact's properties hold, the result is JSON of the author's shape.</remarks>
public sealed class FieldJson
{
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly JsonElement _template;
    readonly Dictionary<string, FieldText> _texts = new(StringComparer.Ordinal);

    FieldJson(JsonElement template) => _template = template;

    /// <param name="problem">What is wrong with a text in it; null when it was read.</param>
    public static FieldJson? TryParse(JsonElement template, out string? problem) => TryParse(template, "event", out problem);

    /// <param name="data">How fields of the data begin.</param>
    internal static FieldJson? TryParse(JsonElement template, string data, out string? problem)
    {
        var json = new FieldJson(template.Clone());
        problem = json.Read(json._template, data);
        return problem is null ? json : null;
    }

    string? Read(JsonElement element, string data)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in element.EnumerateObject())
                    if (Read(field.Value, data) is { } inside)
                        return inside;
                return null;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    if (Read(item, data) is { } inside)
                        return inside;
                return null;
            case JsonValueKind.String when element.GetString()! is var text && text.Contains("{{", StringComparison.Ordinal):
                if (FieldText.TryParse(text, data, out var problem) is not { } read)
                    return problem;
                _texts[text] = read;
                return null;
            default:
                return null;
        }
    }

    /// <summary>Whether any text in it has a field.</summary>
    public bool HasFields => _texts.Count > 0;

    /// <summary>The texts in it that have fields.</summary>
    internal IEnumerable<FieldText> Texts => _texts.Values;

    /// <returns>UTF-8.</returns>
    public ReadOnlyMemory<byte> Fill(in FieldValues values)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var to = new Utf8JsonWriter(buffer, Relaxed))
            Write(_template, values, to);
        return buffer.WrittenMemory;
    }

    void Write(JsonElement element, in FieldValues values, Utf8JsonWriter to)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                to.WriteStartObject();
                foreach (var field in element.EnumerateObject())
                {
                    to.WritePropertyName(field.Name);
                    Write(field.Value, values, to);
                }
                to.WriteEndObject();
                break;
            case JsonValueKind.Array:
                to.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(item, values, to);
                to.WriteEndArray();
                break;
            case JsonValueKind.String when _texts.TryGetValue(element.GetString()!, out var text):
                if (text.IsOneField)
                    Write(text.Only(values), to);
                else
                    to.WriteStringValue(text.Fill(values));
                break;
            default:
                element.WriteTo(to);
                break;
        }
    }

    /// <summary>A value as JSON has it.</summary>
    public static void Write(Value value, Utf8JsonWriter to)
    {
        switch (value.Kind)
        {
            case ValueKind.None: to.WriteNullValue(); break;
            case ValueKind.Number: to.WriteNumberValue(value.AsNumber); break;
            case ValueKind.Boolean: to.WriteBooleanValue(value.AsBoolean); break;
            case ValueKind.Texts:
                to.WriteStartArray();
                foreach (var text in value.AsTexts)
                    to.WriteStringValue(text);
                to.WriteEndArray();
                break;
            default: to.WriteStringValue(value.ToString()); break;
        }
    }
}
