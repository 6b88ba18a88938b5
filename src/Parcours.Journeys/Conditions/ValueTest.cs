using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Conditions;

/// <summary>One comparison, ready to be asked of values.</summary>
/// <param name="ofEvent">Whether it is asked of what events tell: there several values are those of an array, and one that meets it is enough (Semantics 7.11).</param>
/// <remarks>Hot path: bench/StepBench. No allocation.</remarks>
sealed class ValueTest(Comparison comparison, Value? value, IReadOnlyList<Value>? values, Duration? duration, bool ignoreCase, bool ofEvent = false)
{
    readonly Value _value = value ?? (values is { Count: > 0 } ? values[0] : Value.None);
    readonly Value _highest = values is { Count: > 0 } ? values[^1] : Value.None;
    readonly Value[] _values = [.. values ?? []];
    readonly long _duration = duration is { } length ? WindowAggregate.Microseconds(length) : 0;
    readonly StringComparison _case = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    internal bool Holds(in Value actual, Instant now, DateTimeZone? zone)
    {
        if (ofEvent && actual.Kind == ValueKind.Texts && _value.Kind != ValueKind.Texts && OfItems(comparison))
            return AnyHolds(actual.AsTexts, now, zone);
        switch (comparison)
        {
            case Comparison.Equals:
                return Same(actual, _value, zone);
            case Comparison.NotEquals:
                return !Same(actual, _value, zone);
            case Comparison.In:
                return OneOf(actual, zone);
            case Comparison.NotIn:
                return !OneOf(actual, zone);
            case Comparison.Contains:
                return Contains(actual);
            case Comparison.NotContains:
                return !Contains(actual);
            case Comparison.StartsWith:
                return actual.Kind == ValueKind.Text && _value.Kind == ValueKind.Text && actual.AsText.StartsWith(_value.AsText, _case);
            case Comparison.EndsWith:
                return actual.Kind == ValueKind.Text && _value.Kind == ValueKind.Text && actual.AsText.EndsWith(_value.AsText, _case);
            case Comparison.LessThan or Comparison.Before:
                return Order(actual, _value, zone) is < 0;
            case Comparison.AtMost:
                return Order(actual, _value, zone) is <= 0;
            case Comparison.GreaterThan or Comparison.After:
                return Order(actual, _value, zone) is > 0;
            case Comparison.AtLeast:
                return Order(actual, _value, zone) is >= 0;
            case Comparison.Between:
                return Order(actual, _value, zone) is >= 0 && Order(actual, _highest, zone) is <= 0;
            case Comparison.Known:
                return !actual.IsNone;
            case Comparison.Unknown:
                return actual.IsNone;
            case Comparison.WithinLast or Comparison.WithinNext or Comparison.LongerAgoThan:
                return Times.TryMicroseconds(actual, zone, out var at) && Relative(at, now.ToMicroseconds());
            case Comparison.Anniversary:
                return Times.TryDate(actual, zone, out var date) && IsAnniversary(date, Today(now, zone));
            case Comparison.AnniversaryWithinNext:
                return Times.TryDate(actual, zone, out var round) && ComesRound(round, now, zone) <= now.ToMicroseconds() + _duration;
            default:
                throw new UnreachableException($"{comparison} compares no value.");
        }
    }

    /// <summary>What is asked of each item; the others ask for the array as a whole, or for a time, and an array is none.</summary>
    static bool OfItems(Comparison comparison) =>
        comparison is not (Comparison.Contains or Comparison.NotContains or Comparison.Known or Comparison.Unknown or Comparison.Anniversary) && !TakesDuration(comparison);

    /// <summary>One of them is enough, and of what denies, none is.</summary>
    bool AnyHolds(IReadOnlyList<string> texts, Instant now, DateTimeZone? zone)
    {
        var denies = comparison is Comparison.NotEquals or Comparison.NotIn;
        for (var index = 0; index < texts.Count; index++)
            if (Holds(Item(texts[index]), now, zone) != denies)
                return !denies;
        return denies;
    }

    // Arrays keep no types: a text is what it is compared with.
    Value Item(string text) =>
        _value.Kind == ValueKind.Number && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Value.Of(number)
        : _value.Kind == ValueKind.Boolean && bool.TryParse(text, out var yes) ? Value.Of(yes) : Value.Of(text);

    /// <summary>When the answer changes by itself with the value as it is; null: never.</summary>
    internal Instant? NextFlip(in Value actual, Instant now, DateTimeZone? zone)
    {
        if (comparison is Comparison.Anniversary or Comparison.AnniversaryWithinNext)
            return Times.TryDate(actual, zone, out var date) ? NextRound(date, now, zone) : null;
        if (!IsRelative(comparison) || !Times.TryMicroseconds(actual, zone, out var at))
            return null;
        var clock = now.ToMicroseconds();
        var (one, other) = comparison switch
        {
            Comparison.WithinLast => ((long?)at, ValueText.Moved(at, _duration)),
            Comparison.WithinNext => (ValueText.Moved(at, -_duration), at),
            _ => (null, ValueText.Moved(at, _duration)),
        };
        var next = one > clock ? one : other > clock ? other : null;
        return next is { } flip ? Microseconds.ToInstant(flip) : null;
    }

    Instant NextRound(LocalDate date, Instant now, DateTimeZone? zone)
    {
        if (comparison == Comparison.Anniversary && Today(now, zone) is var today && IsAnniversary(date, today))
            return Microseconds.ToInstant(Times.StartOfDay(today.PlusDays(1), zone));
        var comes = ComesRound(date, now, zone);
        var begins = ValueText.Moved(comes, -_duration);
        return Microseconds.ToInstant(comparison == Comparison.AnniversaryWithinNext && begins > now.ToMicroseconds() ? begins.Value : comes);
    }

    static LocalDate Today(Instant now, DateTimeZone? zone) => now.InZone(zone ?? DateTimeZone.Utc).Date;
    static bool IsAnniversary(LocalDate date, LocalDate today) => today.Year > date.Year && Anniversaries.In(date, today.Year) == today;

    /// <summary>When the next of its anniversaries begins, later than now.</summary>
    static long ComesRound(LocalDate date, Instant now, DateTimeZone? zone) => Times.StartOfDay(Anniversaries.Next(date, Today(now, zone).PlusDays(1)), zone);

    bool Relative(long at, long now) => comparison switch
    {
        Comparison.WithinLast => at <= now && at > now - _duration,
        Comparison.WithinNext => at > now && at <= now + _duration,
        _ => at <= now - _duration,
    };

    /// <summary>Whether the answer hangs on the time at which it is asked.</summary>
    internal static bool IsRelative(Comparison comparison) => comparison == Comparison.Anniversary || TakesDuration(comparison);

    internal static bool TakesDuration(Comparison comparison) =>
        comparison is Comparison.WithinLast or Comparison.WithinNext or Comparison.LongerAgoThan or Comparison.AnniversaryWithinNext;

    bool OneOf(in Value actual, DateTimeZone? zone)
    {
        foreach (var wanted in _values)
            if (actual.Kind == ValueKind.Texts && wanted.Kind == ValueKind.Text ? Includes(actual, wanted.AsText) : Same(actual, wanted, zone))
                return true;
        return false;
    }

    bool Contains(in Value actual) => _value.Kind == ValueKind.Text && actual.Kind switch
    {
        ValueKind.Text => actual.AsText.Contains(_value.AsText, _case),
        ValueKind.Texts => Includes(actual, _value.AsText),
        _ => false,
    };

    bool Includes(in Value choices, string text)
    {
        var all = choices.AsTexts;
        for (var index = 0; index < all.Count; index++)
            if (string.Equals(all[index], text, _case))
                return true;
        return false;
    }

    bool Same(in Value actual, in Value wanted, DateTimeZone? zone)
    {
        switch (wanted.Kind)
        {
            case ValueKind.Text:
                return actual.Kind == ValueKind.Text && string.Equals(actual.AsText, wanted.AsText, _case);
            case ValueKind.Boolean:
                return actual.Kind == ValueKind.Boolean && actual.AsBoolean == wanted.AsBoolean;
            case ValueKind.Texts:
                return actual.Kind == ValueKind.Texts && EachIn(actual, wanted) && EachIn(wanted, actual);
            default:
                return Order(actual, wanted, zone) == 0;
        }
    }

    // The order of choices says nothing.
    bool EachIn(in Value these, in Value those)
    {
        var all = these.AsTexts;
        for (var index = 0; index < all.Count; index++)
            if (!Includes(those, all[index]))
                return false;
        return true;
    }

    /// <summary>Below, at or above; null where the two cannot be ordered.</summary>
    static int? Order(in Value actual, in Value wanted, DateTimeZone? zone) => wanted.Kind switch
    {
        ValueKind.Number => actual.Kind == ValueKind.Number ? actual.AsNumber.CompareTo(wanted.AsNumber) : null,
        ValueKind.Date => Times.TryDate(actual, zone, out var date) ? date.CompareTo(wanted.AsDate) : null,
        ValueKind.DateTime => Times.TryMicroseconds(actual, zone, out var at) ? at.CompareTo(wanted.AsInstant.ToMicroseconds()) : null,
        _ => null,
    };

    /// <summary>The comparison in a form independent of language, e.g. <c>greaterThan 100</c>.</summary>
    public override string ToString() => (Named.Of(comparison), comparison) switch
    {
        (var name, Comparison.Known or Comparison.Unknown or Comparison.Anniversary) => name,
        (var name, _) when TakesDuration(comparison) => $"{name} {IsoDuration.Format(duration ?? Duration.Zero)}",
        (var name, Comparison.Between) => $"{name} {_value} {_highest}",
        (var name, Comparison.In or Comparison.NotIn) => $"{name} {string.Join(", ", _values.Select(wanted => wanted.ToString()))}",
        (var name, _) => $"{name} {_value}",
    };
}
