using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Definitions.Json;

/// <summary>ISO 8601 with <c>Z</c> or an offset; written as <c>Z</c>, cut to the microsecond.</summary>
public sealed class InstantConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = Texts.Read(ref reader, "a date-time such as 2026-01-31T09:00:00Z");
        var read = OffsetDateTimePattern.ExtendedIso.Parse(text);
        return read.Success ? read.Value.ToInstant().Truncate() : throw new JsonException($"'{text}' is no date-time; write it as 2026-01-31T09:00:00Z or with an offset.");
    }

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
}

/// <summary><c>yyyy-MM-dd</c>.</summary>
public sealed class LocalDateConverter : JsonConverter<LocalDate>
{
    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = Texts.Read(ref reader, "a date such as 2026-01-31");
        var read = LocalDatePattern.Iso.Parse(text);
        return read.Success ? read.Value : throw new JsonException($"'{text}' is no date; write it as 2026-01-31.");
    }

    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) => writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
}

/// <summary><c>HH:mm</c>, or <c>HH:mm:ss</c> where seconds are meant.</summary>
public sealed class LocalTimeConverter : JsonConverter<LocalTime>
{
    static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    static readonly LocalTimePattern Seconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    public override LocalTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = Texts.Read(ref reader, "a time of day such as 09:00");
        var read = (text.Length > 5 ? Seconds : Minutes).Parse(text);
        return read.Success ? read.Value : throw new JsonException($"'{text}' is no time of day; write it as 09:00.");
    }

    public override void Write(Utf8JsonWriter writer, LocalTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue((value.Second == 0 ? Minutes : Seconds).Format(value));
}

/// <summary>ISO 8601 as <see cref="IsoDuration"/> reads it.</summary>
public sealed class DurationConverter : JsonConverter<Duration>
{
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = Texts.Read(ref reader, "a duration such as P30D or PT2H30M");
        return IsoDuration.TryParse(text, out var duration)
            ? duration
            : throw new JsonException($"'{text}' is no duration; write it in weeks, days, hours, minutes and seconds, such as P30D or PT2H30M.");
    }

    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(IsoDuration.Format(value));
}

static class Texts
{
    internal static string Read(ref Utf8JsonReader reader, string what) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"Here belongs {what}.");
}
