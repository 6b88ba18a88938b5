using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Definitions.Json;

/// <summary>A typed value: <c>"text"</c>, <c>12.5</c>, <c>true</c>, <c>["one", "two"]</c>, <c>{ "date": "2026-01-31" }</c>, <c>{ "dateTime": "2026-01-31T09:00:00Z" }</c>.</summary>
/// <remarks>Equal values have equal texts: numbers are written without trailing zeros.</remarks>
public sealed class ValueConverter : JsonConverter<Value>
{
    static readonly InstantConverter Instants = new();
    static readonly LocalDateConverter Dates = new();

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Value.Of(reader.GetString()!),
        JsonTokenType.Number => reader.TryGetDecimal(out var number) ? Value.Of(number) : throw new JsonException("The number is too large: 28 digits at most."),
        JsonTokenType.True => Value.Of(true),
        JsonTokenType.False => Value.Of(false),
        JsonTokenType.StartArray => ReadTexts(ref reader),
        JsonTokenType.StartObject => ReadTyped(ref reader, options),
        _ => throw new JsonException("Here belongs a value: a text, a number, true, false, a list of texts, {\"date\": …} or {\"dateTime\": …}."),
    };

    static Value ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A value with several choices holds texts only."));
        return Value.Of(texts);
    }

    static Value ReadTyped(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        reader.Read();
        var type = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : "";
        reader.Read();
        var value = type switch
        {
            "date" => Value.Of(Dates.Read(ref reader, typeof(LocalDate), options)),
            "dateTime" => Value.Of(Instants.Read(ref reader, typeof(Instant), options)),
            _ => throw new JsonException($"'{type}' is no type of a value; there are text, number, boolean, list of texts, {{\"date\": …}} and {{\"dateTime\": …}}."),
        };
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject ? value : throw new JsonException($"A value has one type; '{reader.GetString()}' is one too many.");
    }

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            case ValueKind.None:
                writer.WriteNullValue();
                break;
            case ValueKind.Text:
                writer.WriteStringValue(value.AsText);
                break;
            case ValueKind.Number:
                // Dividing by a one of full scale drops trailing zeros: 1.50 and 1.5 are one value and one text.
                writer.WriteNumberValue(value.AsNumber / 1.0000000000000000000000000000m);
                break;
            case ValueKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            case ValueKind.Texts:
                writer.WriteStartArray();
                foreach (var text in value.AsTexts)
                    writer.WriteStringValue(text);
                writer.WriteEndArray();
                break;
            case ValueKind.Date:
                writer.WriteStartObject();
                writer.WriteString("date", LocalDatePattern.Iso.Format(value.AsDate));
                writer.WriteEndObject();
                break;
            case ValueKind.DateTime:
                writer.WriteStartObject();
                writer.WriteString("dateTime", InstantPattern.ExtendedIso.Format(value.AsInstant));
                writer.WriteEndObject();
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"{value.Kind} is no kind of value.");
        }
    }
}
