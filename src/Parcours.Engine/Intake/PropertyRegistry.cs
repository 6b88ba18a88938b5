using System.Collections.Frozen;
using System.Text.Json;
using NodaTime.Text;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Intake;

/// <summary>The type of a contact's property, as declared; <see cref="Any"/> for one that was only seen.</summary>
public enum PropertyType
{
    Any = 0,
    Text = 1,
    Number = 2,
    Boolean = 3,
    Date = 4,
    DateTime = 5,
    Choice = 6,
    Choices = 7,
}

/// <param name="Public">Whether keys that ship in web pages may set it (Semantics 4.3).</param>
/// <param name="Unique">Whether a value is an identity.</param>
public sealed record PropertyDefinition(string Name, PropertyType Type, IReadOnlyList<string> Choices, bool Public, bool Unique)
{
    /// <summary>Whether its values are masked for whoever may only read (Semantics 11.4).</summary>
    public bool Sensitive { get; init; }
}

/// <summary>The properties that the installation knows, and how a value that arrives becomes one of them. Immutable.</summary>
public sealed class PropertyRegistry(IEnumerable<PropertyDefinition> definitions)
{
    /// <summary>Names an installation (Semantics 16.2); further ones stay in the event.</summary>
    public const int NamesMax = 2_000;
    public const int NameLengthMax = 100;

    readonly FrozenDictionary<string, PropertyDefinition> _definitions = definitions.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    public static PropertyRegistry Empty { get; } = new([]);
    public IReadOnlyDictionary<string, PropertyDefinition> Definitions => _definitions;
    /// <summary>The names of the sensitive ones, whatever their case (Semantics 11.4).</summary>
    public IReadOnlySet<string> Sensitive { get; } = definitions.Where(definition => definition.Sensitive).Select(definition => definition.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Types a JSON value for a property: what is declared is enforced, what is not is taken as JSON has it.</summary>
    /// <returns>Null when it is taken; else what is wrong and what to send.</returns>
    public string? Read(string name, JsonElement json, out Value value)
    {
        value = default;
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        var definition = _definitions.GetValueOrDefault(name);
        var type = definition?.Type ?? PropertyType.Any;
        if (type == PropertyType.Any)
            return ReadAny(json, out value);
        value = Coerce(definition!, json);
        return value.IsNone ? $"Property '{name}' takes {Expected(definition!)}; {Shown(json)} is none." : null;
    }

    static string? ReadAny(JsonElement json, out Value value)
    {
        value = json.ValueKind switch
        {
            JsonValueKind.String => Value.Of(json.GetString() ?? ""),
            JsonValueKind.Number => json.TryGetDecimal(out var number) ? Value.Of(number) : Value.Of(json.GetRawText()),
            JsonValueKind.True or JsonValueKind.False => Value.Of(json.GetBoolean()),
            JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) =>
                Value.Of([.. json.EnumerateArray().Select(Text)]),
            // Objects inside arrays and objects are not flattened here: the sender's traits are flattened before.
            _ => Value.Of(json.GetRawText()),
        };
        return null;
    }

    static string Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() ?? "" : json.GetRawText();

    static Value Coerce(PropertyDefinition definition, JsonElement json)
    {
        var isText = json.ValueKind == JsonValueKind.String;
        var text = isText ? json.GetString()! : "";
        switch (definition.Type)
        {
            case PropertyType.Text:
                return json.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? Value.Of(Text(json)) : default;
            case PropertyType.Number:
                if (json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var number))
                    return Value.Of(number);
                return isText && decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? Value.Of(parsed) : default;
            case PropertyType.Boolean:
                if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
                    return Value.Of(json.GetBoolean());
                return isText && bool.TryParse(text, out var yes) ? Value.Of(yes) : default;
            case PropertyType.Date:
                if (isText && LocalDatePattern.Iso.Parse(text.Length > 10 && text[10] == 'T' ? text[..10] : text) is { Success: true } date)
                    return Value.Of(date.Value);
                return default;
            case PropertyType.DateTime:
                if (isText && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } instant)
                    return Value.Of(instant.Value.ToInstant().Truncate());
                if (isText && LocalDatePattern.Iso.Parse(text) is { Success: true } day)
                    return Value.Of(day.Value.AtMidnight().InUtc().ToInstant());
                return default;
            case PropertyType.Choice:
                return isText && definition.Choices.Contains(text) ? Value.Of(text) : default;
            case PropertyType.Choices:
                if (isText && definition.Choices.Contains(text))
                    return Value.Of([text]);
                return json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && definition.Choices.Contains(item.GetString()!))
                    ? Value.Of([.. json.EnumerateArray().Select(item => item.GetString()!)])
                    : default;
            default:
                throw new System.Diagnostics.UnreachableException($"No way to read a property of type {definition.Type}.");
        }
    }

    static string Expected(PropertyDefinition definition) => definition.Type switch
    {
        PropertyType.Text => "a text",
        PropertyType.Number => "a number",
        PropertyType.Boolean => "true or false",
        PropertyType.Date => "a date such as 2026-11-22 that the calendar has",
        PropertyType.DateTime => "a date and time such as 2026-11-22T09:30:00Z",
        PropertyType.Choice => $"one of {string.Join(", ", definition.Choices)}",
        _ => $"any of {string.Join(", ", definition.Choices)}",
    };

    static string Shown(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length > 60 ? text[..60] + "…" : text;
    }
}
