using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Parcours.Journeys.Contacts;

/// <summary>What a value of a contact's or an event's property can be. The numbers are stored: never change them.</summary>
public enum ValueKind : byte
{
    /// <summary>Nothing: the property is not set, or was cleared.</summary>
    None = 0,
    Text = 1,
    /// <summary>A decimal: sums must be associative (Semantics 7.1).</summary>
    Number = 2,
    Boolean = 3,
    /// <summary>A calendar date without a time zone.</summary>
    Date = 4,
    /// <summary>An instant, to the microsecond.</summary>
    DateTime = 5,
    /// <summary>Several choices, in the order given.</summary>
    Texts = 6,
}

/// <summary>One value of a property. Immutable; compares by kind and content.</summary>
public readonly struct Value : IEquatable<Value>
{
    readonly object? _text;
    readonly decimal _number;

    Value(ValueKind kind, object? text, decimal number) => (Kind, _text, _number) = (kind, text, number);

    public ValueKind Kind { get; }
    public static Value None => default;
    public bool IsNone => Kind == ValueKind.None;

    public static Value Of(string text) => new(ValueKind.Text, text, 0);
    public static Value Of(decimal number) => new(ValueKind.Number, null, number);
    public static Value Of(bool yes) => new(ValueKind.Boolean, null, yes ? 1 : 0);
    public static Value Of(LocalDate date) => new(ValueKind.Date, null, Period.DaysBetween(new LocalDate(1970, 1, 1), date));
    public static Value Of(Instant instant) => new(ValueKind.DateTime, null, instant.ToMicroseconds());
    public static Value Of(IReadOnlyList<string> texts) => new(ValueKind.Texts, texts.ToArray(), 0);

    /// <summary>The text. Throws if it is none.</summary>
    public string AsText => Kind == ValueKind.Text ? (string)_text! : throw Wrong(ValueKind.Text);
    public decimal AsNumber => Kind == ValueKind.Number ? _number : throw Wrong(ValueKind.Number);
    public bool AsBoolean => Kind == ValueKind.Boolean ? _number != 0 : throw Wrong(ValueKind.Boolean);
    public LocalDate AsDate => Kind == ValueKind.Date ? new LocalDate(1970, 1, 1).PlusDays((int)_number) : throw Wrong(ValueKind.Date);
    public Instant AsInstant => Kind == ValueKind.DateTime ? Microseconds.ToInstant((long)_number) : throw Wrong(ValueKind.DateTime);
    public IReadOnlyList<string> AsTexts => Kind == ValueKind.Texts ? (string[])_text! : throw Wrong(ValueKind.Texts);

    InvalidOperationException Wrong(ValueKind wanted) => new($"A value of kind {Kind} was read as {wanted}.");

    public bool Equals(Value other) =>
        Kind == other.Kind && _number == other._number && Kind switch
        {
            ValueKind.Text => string.Equals((string)_text!, (string)other._text!, StringComparison.Ordinal),
            ValueKind.Texts => ((string[])_text!).AsSpan().SequenceEqual((string[])other._text!),
            _ => true,
        };

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        ValueKind.Text => StringComparer.Ordinal.GetHashCode((string)_text!),
        ValueKind.Texts => AsTexts.Aggregate(17, (hash, text) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(text))),
        _ => HashCode.Combine(Kind, _number),
    };

    public static bool operator ==(Value left, Value right) => left.Equals(right);
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>The value as text, independent of culture: what an explanation and an export show.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.None => "",
        ValueKind.Text => AsText,
        ValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        ValueKind.Boolean => AsBoolean ? "true" : "false",
        ValueKind.Date => LocalDatePattern.Iso.Format(AsDate),
        ValueKind.DateTime => InstantPattern.ExtendedIso.Format(AsInstant),
        _ => string.Join(", ", AsTexts),
    };
}
