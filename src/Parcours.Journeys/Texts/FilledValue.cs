using System.Globalization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Texts;

/// <summary>A text with fields as a value of a type.</summary>
static class FilledValue
{
    /// <summary>There is nothing to make a value of.</summary>
    public const string Nothing = "nothing";
    /// <summary>The filled text is no value of the type.</summary>
    public const string WrongType = "wrong-type";

    public static ValueKind KindOf(ValueOf? type) => type switch
    {
        ValueOf.Number => ValueKind.Number,
        ValueOf.Boolean => ValueKind.Boolean,
        ValueOf.Date => ValueKind.Date,
        ValueOf.DateTime => ValueKind.DateTime,
        ValueOf.Texts => ValueKind.Texts,
        _ => ValueKind.Text,
    };

    /// <summary>Fills the text and reads it. A text that is one field and nothing else keeps what the field holds where that is of the type.</summary>
    /// <param name="zone">In which a moment has its day, and a day its beginning.</param>
    /// <param name="why">Why there is no value; null where there is one.</param>
    public static Value Read(FieldText text, in FieldValues fields, ValueOf? type, DateTimeZone zone, out string? why)
    {
        why = null;
        var held = text.IsOneField ? text.Only(fields) : Value.Of(text.Fill(fields).Trim());
        if (held.IsNone || held is { Kind: ValueKind.Text, AsText: "" })
        {
            why = Nothing;
            return Value.None;
        }

        var wanted = KindOf(type);
        var value = held.Kind == wanted ? held : wanted switch
        {
            ValueKind.Text => Value.Of(held.ToString()),
            ValueKind.Number => Number(held) is { } number ? Value.Of(number) : Value.None,
            ValueKind.Boolean => bool.TryParse(held.ToString(), out var yes) ? Value.Of(yes) : Value.None,
            ValueKind.Date => Times.TryDate(held, zone, out var date) ? Value.Of(date) : Value.None,
            ValueKind.DateTime => Times.TryMicroseconds(held, zone, out var at) ? Value.Of(Microseconds.ToInstant(at)) : Value.None,
            _ => Value.Of(held.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        };
        why = value.IsNone ? WrongType : null;
        return value;
    }

    /// <summary>A number, or a text that is one.</summary>
    public static decimal? Number(Value value) => value.Kind switch
    {
        ValueKind.Number => value.AsNumber,
        ValueKind.Text when decimal.TryParse(value.AsText, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
