using System.Collections;
using System.Globalization;
using System.Text.Json;
using HandlebarsDotNet;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Channels.Content;

/// <summary>An object as templates see it: named values, and where it was found.</summary>
sealed class TemplateObject(TemplateFields fields, string path)
{
    public object? this[string name] => TemplateValues.From(fields.Find(name), path.Length == 0 ? name : $"{path}.{name}");

    public IEnumerable<string> Names => fields.Names;

    public string Path => path;
}

/// <summary>A list as templates see it. Each step through it is taken from the render's allowance.</summary>
sealed class TemplateList(IReadOnlyList<object?> items, string path) : IEnumerable<object?>
{
    public object? At(int index) =>
        index >= 0 && index < items.Count ? TemplateValues.From(items[index], $"{path}[{index}]") : UndefinedBindingResult.Create($"{path}[{index}]");

    public int Count => items.Count;

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < items.Count; i++)
        {
            RenderScope.Current.TakeSteps(1);
            yield return At(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>
/// Turns what fields hold into the few kinds of value that templates know: text, decimal, boolean, date, instant, list, object.
/// What is not there is Handlebars' "undefined" with the field's name, so that it counts as false, can be given a fall-back, and fails when written.
/// </summary>
static class TemplateValues
{
    public static object From(object? raw, string path) => raw switch
    {
        null => UndefinedBindingResult.Create(path),
        string or decimal or bool or LocalDate or Instant => raw,
        Value value => From(value, path),
        JsonElement json => From(json, path),
        int or long or short or byte or uint => Convert.ToDecimal(raw, CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e28 => (decimal)number,
        IReadOnlyDictionary<string, object?> fields => new TemplateObject(TemplateFields.Of(fields), path),
        TemplateFields fields => new TemplateObject(fields, path),
        IReadOnlyList<object?> items => new TemplateList(items, path),
        // Anything else could lead into the program; it is as good as absent.
        _ => UndefinedBindingResult.Create(path),
    };

    static object From(Value value, string path) => value.Kind switch
    {
        ValueKind.Text => value.AsText,
        ValueKind.Number => value.AsNumber,
        ValueKind.Boolean => value.AsBoolean,
        ValueKind.Date => value.AsDate,
        ValueKind.DateTime => value.AsInstant,
        ValueKind.Texts => new TemplateList(value.AsTexts, path),
        _ => UndefinedBindingResult.Create(path),
    };

    static object From(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.String => Text(json) ?? (object)UndefinedBindingResult.Create(path),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? number : json.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => new TemplateList(json.EnumerateArray().Select(item => (object?)item).ToArray(), path),
        JsonValueKind.Object => new TemplateObject(new FieldsOfJson(json), path),
        _ => UndefinedBindingResult.Create(path),
    };

    /// <summary>Half a surrogate pair is valid JSON and no text: as good as absent.</summary>
    static string? Text(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    sealed class FieldsOfJson(JsonElement json) : TemplateFields
    {
        public override object? Find(string name) => json.TryGetProperty(name, out var value) ? value : null;

        public override IEnumerable<string> Names => json.EnumerateObject().Select(property => property.Name);
    }

    /// <summary>A number from a number, or from text that is one (independent of culture); null if it is none.</summary>
    public static decimal? AsNumber(object? value) => value switch
    {
        decimal number => number,
        int number => number,
        long number => number,
        double number when Math.Abs(number) < 1e28 => (decimal)number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Equality as authors mean it: numbers by size, however written; dates and text by what they say; what is not there equals nothing.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        if (IsMissing(left) || IsMissing(right))
            return false;
        return Compare(left, right) is { } order ? order == 0 : string.Equals(Plain(left), Plain(right), StringComparison.Ordinal);
    }

    /// <summary>The order of two values; null where they have none.</summary>
    public static int? Compare(object? left, object? right)
    {
        if (IsMissing(left) || IsMissing(right))
            return null;
        // One of them must be a number: the texts "1.0" and "1" are different texts.
        if (left is not string || right is not string)
            if (AsNumber(left) is { } a && AsNumber(right) is { } b)
                return a.CompareTo(b);
        if ((left is LocalDate or Instant || right is LocalDate or Instant)
            && TemplateDates.Read(left) is { } from && TemplateDates.Read(right) is { } to)
            return from.CompareTo(to);
        return left is string text && right is string other ? string.CompareOrdinal(text, other) : null;
    }

    public static bool IsMissing(object? value) => value is null or UndefinedBindingResult;

    static string? Plain(object? value) => value switch
    {
        bool yes => yes ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };
}
