using System.Globalization;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

sealed partial class ConditionCheck
{
    readonly record struct Comparing(Comparison Is, Value? Value, IReadOnlyList<Value>? Values, Duration? Duration, bool? IgnoreCase);

    /// <summary>Whether the comparison has what it needs, nothing that it does not, and of a type that it can compare.</summary>
    /// <param name="actual">The type of what is compared, where it is known.</param>
    void Compare(Comparing comparing, string path, ValueKind? actual)
    {
        var comparison = comparing.Is;
        if (comparison is Comparison.Did or Comparison.DidNot)
        {
            Error("condition.comparison", path + "/is", $"{Named.Of(comparison)} is said of events only.", ("is", Named.Of(comparison)));
            return;
        }
        if (!Enum.IsDefined(comparison))
        {
            Error("condition.comparison", path + "/is", "There is no such comparison.");
            return;
        }
        var relative = ValueTest.IsRelative(comparison);
        var several = comparison is Comparison.In or Comparison.NotIn or Comparison.Between;
        var single = !relative && !several && comparison is not (Comparison.Known or Comparison.Unknown);
        Unused(comparing, path, single, several, ValueTest.TakesDuration(comparison));
        if (relative)
            Relative(comparing, path, actual);
        if (single && comparing.Value is null or { IsNone: true })
            Missing(path + "/value", "value");
        if (several && comparing.Values is not { Count: > 0 })
            Missing(path + "/values", "values");
        if (single && comparing.Value is { IsNone: false } value)
            Type(comparison, value, path + "/value", actual);
        if (several && comparing.Values is { } values)
            Several(comparison, values, path, actual);
    }

    void Relative(Comparing comparing, string path, ValueKind? actual)
    {
        if (comparing.Duration is { } duration)
            Length(duration, path + "/duration");
        else if (ValueTest.TakesDuration(comparing.Is))
            Missing(path + "/duration", "duration");
        if (actual is not (null or ValueKind.Date or ValueKind.DateTime or ValueKind.Text))
            Error("condition.type", path + "/is", $"{Named.Of(comparing.Is)} compares times, and this is a {TypeName(actual.Value)}.", ("type", TypeName(actual.Value)));
        // Semantics 7.6: whoever has the same date turns at the same midnight.
        if (actual is ValueKind.Date && comparing.Is is not (Comparison.Anniversary or Comparison.AnniversaryWithinNext))
            Warning("condition.flipsTogether", path, "All contacts with the same date change at the same midnight. A date-time spreads them.");
    }

    void Several(Comparison comparison, IReadOnlyList<Value> values, string path, ValueKind? actual)
    {
        for (var index = 0; index < values.Count; index++)
            if (!values[index].IsNone)
                Type(comparison, values[index], $"{path}/values/{index.ToString(CultureInfo.InvariantCulture)}", actual);
            else
                Missing($"{path}/values/{index.ToString(CultureInfo.InvariantCulture)}", "value");
        if (comparison != Comparison.Between || values.Count == 0)
            return;
        if (values.Count != 2 || values[0].Kind != values[^1].Kind)
            Error("condition.values", path + "/values", "Between takes two values of one type, the lowest and the highest.");
        else if (Ordered(values[0]) is { } low && Ordered(values[1]) is { } high && low > high)
            Error("condition.contradiction", path + "/values", "The highest value is below the lowest, so this never holds. Swap them.");
    }

    void Type(Comparison comparison, Value value, string path, ValueKind? actual)
    {
        var fits = comparison switch
        {
            Comparison.Contains or Comparison.NotContains or Comparison.StartsWith or Comparison.EndsWith => value.Kind == ValueKind.Text,
            Comparison.LessThan or Comparison.AtMost or Comparison.GreaterThan or Comparison.AtLeast or Comparison.Between => value.Kind is ValueKind.Number or ValueKind.Date or ValueKind.DateTime,
            Comparison.Before or Comparison.After => value.Kind is ValueKind.Date or ValueKind.DateTime,
            _ => true,
        };
        if (!fits)
        {
            Error("condition.type", path, $"{Named.Of(comparison)} cannot compare with a {TypeName(value.Kind)}.", ("is", Named.Of(comparison)), ("type", TypeName(value.Kind)));
            return;
        }
        if (actual is { } kind && !Comparable(comparison, kind, value.Kind))
            Error("condition.type", path, $"This is a {TypeName(kind)} and is compared with a {TypeName(value.Kind)}, so it never matches.", ("type", TypeName(kind)), ("value", TypeName(value.Kind)));
    }

    // Texts may hold dates: events and older imports bring them so.
    static bool Comparable(Comparison comparison, ValueKind actual, ValueKind value) => value switch
    {
        ValueKind.Text => actual == ValueKind.Text || (actual == ValueKind.Texts && comparison is Comparison.Contains or Comparison.NotContains or Comparison.In or Comparison.NotIn),
        ValueKind.Date or ValueKind.DateTime => actual is ValueKind.Date or ValueKind.DateTime or ValueKind.Text,
        _ => actual == value,
    };

    void Unused(Comparing comparing, string path, bool takesValue, bool takesValues, bool takesDuration)
    {
        void Extra(bool here, string field)
        {
            if (here)
                Error("condition.unused", $"{path}/{field}", $"{Named.Of(comparing.Is)} takes no {field}. Remove it.", ("is", Named.Of(comparing.Is)), ("field", field));
        }

        Extra(!takesValue && comparing.Value is not null, "value");
        Extra(!takesValues && comparing.Values is not null, "values");
        Extra(!takesDuration && comparing.Duration is not null, "duration");
    }

    void Missing(string path, string field) => Error("condition.value", path, $"A {field} is missing here.", ("field", field));

    static string TypeName(ValueKind kind) => kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Number => "number",
        ValueKind.Boolean => "yes-or-no value",
        ValueKind.Date => "date",
        ValueKind.DateTime => "date-time",
        ValueKind.Texts => "list of choices",
        _ => "value of no type",
    };

    /// <summary>Where a value stands among those of its type; null for types without an order.</summary>
    static decimal? Ordered(Value value) => value.Kind switch
    {
        ValueKind.Number => value.AsNumber,
        ValueKind.Date => Period.DaysBetween(new LocalDate(1970, 1, 1), value.AsDate),
        ValueKind.DateTime => value.AsInstant.ToMicroseconds(),
        _ => null,
    };
}
