using System.Collections.Frozen;
using HandlebarsDotNet;

namespace Parcours.Channels.Content;

/// <summary>A word that templates can call, with its values.</summary>
/// <param name="Name">The word.</param>
/// <param name="Signature">The values in words, for messages.</param>
/// <param name="ValuesMin">Fewest values.</param>
/// <param name="ValuesMax">Most values.</param>
/// <param name="Format">Says what is wrong with a literal last value, or null.</param>
/// <param name="Call">What it gives.</param>
sealed record TemplateHelper(string Name, string Signature, int ValuesMin, int ValuesMax, Func<object?, string?>? Format, Func<Arguments, object?> Call);

/// <summary>The helpers that templates have, in one place: docs/content.md lists the same, and a test compares.</summary>
static class TemplateHelpers
{
    static readonly FrozenDictionary<string, TemplateHelper> ByName = new TemplateHelper[]
    {
        new("default", "a value and a fall-back", 2, 2, null, Default),
        new("number", "a number and a form such as \"N2\"", 1, 2, NumberFormat, Number),
        new("money", "an amount and a currency such as \"EUR\"", 2, 2, Currency, Money),
        new("date", "a date and a form such as \"long\"", 1, 2, DateFormat, Date),
        new("eq", "two values", 2, 2, null, values => TemplateValues.AreEqual(values[0], values[1])),
        new("ne", "two values", 2, 2, null, values => !TemplateValues.AreEqual(values[0], values[1])),
        new("gt", "two values", 2, 2, null, values => TemplateValues.Compare(values[0], values[1]) > 0),
        new("lt", "two values", 2, 2, null, values => TemplateValues.Compare(values[0], values[1]) < 0),
    }.ToFrozenDictionary(helper => helper.Name);

    public static IEnumerable<TemplateHelper> All => ByName.Values;

    public static string Names { get; } = string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal));

    public static TemplateHelper? Find(string name) => ByName.GetValueOrDefault(name);

    static object? Default(Arguments values) =>
        TemplateValues.IsMissing(values[0]) || values[0] is string text && string.IsNullOrWhiteSpace(text) ? values[1] : values[0];

    // What is missing stays missing, with its name, so that {{default (number x) "…"}} can catch it and {{number x}} fails by it.
    static object? Number(Arguments values)
    {
        if (TemplateValues.IsMissing(values[0]))
            return values[0];
        var number = TemplateValues.AsNumber(values[0]) ?? throw Unfit("number", values[0]);
        return TemplateNumbers.Write(number, values.Length > 1 ? Text("number", values[1]) : "N0", RenderScope.Current.Culture);
    }

    static object? Money(Arguments values)
    {
        if (TemplateValues.IsMissing(values[0]))
            return values[0];
        if (TemplateValues.IsMissing(values[1]))
            return values[1];
        var amount = TemplateValues.AsNumber(values[0]) ?? throw Unfit("number", values[0]);
        return TemplateNumbers.WriteMoney(amount, Text("money", values[1]), RenderScope.Current.Culture);
    }

    static object? Date(Arguments values)
    {
        if (TemplateValues.IsMissing(values[0]))
            return values[0];
        var date = TemplateDates.Read(values[0]) ?? throw Unfit("date", values[0]);
        return TemplateDates.Write(date, values.Length > 1 ? Text("date", values[1]) : "long");
    }

    static string Text(string helper, object? value) =>
        value as string ?? throw new RenderException(RenderFailure.Value, (value as UndefinedBindingResult)?.Value, $"The last value of {helper} must be text.");

    static RenderException Unfit(string wanted, object? value) =>
        new(RenderFailure.Value, null, $"{(value is string ? "A text" : "A value")} was to be written as a {wanted}, and is none.");

    static string? NumberFormat(object? literal) =>
        literal is string text && TemplateNumbers.IsFormat(text) ? null : "The form of a number is N, F or P and how many decimals, in quotation marks: \"N2\".";

    static string? Currency(object? literal) =>
        literal is string text && TemplateNumbers.IsCurrency(text) ? null : "A currency is three capital letters in quotation marks: \"EUR\".";

    static string? DateFormat(object? literal) =>
        literal is string text && TemplateDates.Formats.Contains(text) ? null : $"The form of a date is one of {string.Join(", ", TemplateDates.Formats.Select(form => $"\"{form}\""))}.";
}
