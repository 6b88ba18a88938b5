using System.Collections.Immutable;
using System.Text;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Texts;

/// <summary>What a text is filled with.</summary>
/// <param name="Data">Journey data: the properties of the event that started the enrolment.</param>
public readonly record struct FieldValues(Contact Contact, EventProperties Data, string JourneyName);

/// <summary>A short plain text with fields in double braces, as contents write them: <c>Call {{default contact.first_name "them"}} about {{event.total}}</c>.</summary>
/// <remarks>
/// The part of the contents' language that a task, a notification or a webhook's body needs: fields and fall-backs, no conditions, loops or formats, which need a culture and are not the machine's.
/// A field that is not there and has no fall-back is empty: a task without the name is better than none.
/// </remarks>
public sealed class FieldText
{
    readonly ImmutableArray<Part> _parts;

    FieldText(ImmutableArray<Part> parts) => _parts = parts;

    /// <param name="Field">Null: <paramref name="Text"/> stands as it is; else the fall-back, null without one.</param>
    readonly record struct Part(string? Text, Field? Field);

    enum Root { Contact, Event, JourneyName }

    sealed record Field(Root Root, string Name);

    /// <summary>Reads a text of which the check found no error.</summary>
    /// <exception cref="InvalidOperationException">It has one.</exception>
    public static FieldText Parse(string text) => TryParse(text, out var problem) ?? throw new InvalidOperationException(problem);

    /// <summary>Reads a text.</summary>
    /// <param name="problem">What is wrong with it and what to do, as the tail of a sentence; null when it was read.</param>
    public static FieldText? TryParse(string text, out string? problem) => TryParse(text, "event", out problem);

    /// <param name="data">How fields of the data begin: <c>event</c>, but in the declaration of an action.</param>
    internal static FieldText? TryParse(string text, string data, out string? problem)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        for (var at = 0; at < text.Length;)
        {
            var opens = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (opens < 0)
                opens = text.Length;
            if (opens > at)
                parts.Add(new(text[at..opens], null));
            if (opens == text.Length)
                break;
            var closes = text.IndexOf("}}", opens, StringComparison.Ordinal);
            if (closes < 0)
            {
                problem = "Two opening braces are not closed: a field stands in {{ and }}.";
                return null;
            }
            if (Read(text[(opens + 2)..closes].Trim(), data) is not { } part)
            {
                problem = $"'{text[opens..(closes + 2)]}' is no field; write {{{{contact.first_name}}}}, {{{{{data}.total}}}}, {{{{journey.name}}}} or, with a fall-back, {{{{default contact.first_name \"you\"}}}}.";
                return null;
            }
            parts.Add(part);
            at = closes + 2;
        }
        problem = null;
        return new(parts.ToImmutable());
    }

    static Part? Read(string inside, string data)
    {
        string? fallback = null;
        if (inside.StartsWith("default ", StringComparison.Ordinal))
        {
            var quote = inside[^1];
            var opens = quote is '"' or '\'' ? inside.IndexOf(quote, StringComparison.Ordinal) : -1;
            if (opens < 0 || opens == inside.Length - 1)
                return null;
            (fallback, inside) = (inside[(opens + 1)..^1], inside["default ".Length..opens].Trim());
            if (fallback.Contains(quote, StringComparison.Ordinal))
                return null;
        }
        return FieldOf(inside, data) is { } field ? new(fallback, field) : null;
    }

    static Field? FieldOf(string path, string data)
    {
        if (path == "journey.name")
            return new(Root.JourneyName, "");
        var (root, name) = path.StartsWith("contact.", StringComparison.Ordinal) ? (Root.Contact, path["contact.".Length..])
            : path.StartsWith(data + ".", StringComparison.Ordinal) ? (Root.Event, path[(data.Length + 1)..]) : (Root.JourneyName, "");
        if (name is ['[', _, .., ']'])
            return new(root, name[1..^1]);
        return name.Length > 0 && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.') ? new(root, name) : null;
    }

    public string Fill(in FieldValues values) => Fill(values, static value => value);

    /// <param name="write">How a field's value is written, where the text around it gives some characters a meaning.</param>
    public string Fill(in FieldValues values, Func<string, string> write)
    {
        if (_parts is [{ Field: null, Text: { } only }])
            return only;
        var filled = new StringBuilder();
        foreach (var part in _parts)
            filled.Append(part.Field is { } field ? write(Find(field, part.Text, values).ToString()) : part.Text);
        return filled.ToString();
    }

    /// <summary>The contact properties that it shows, by the names that its author wrote.</summary>
    internal IEnumerable<string> Properties => _parts.Where(part => part.Field is { Root: Root.Contact, Name: not ("email" or "phone" or "user_id" or "userId") }).Select(part => part.Field!.Name);

    /// <summary>The text with each field standing for something, for whoever looks at its form alone.</summary>
    public string With(string something) => string.Concat(_parts.Select(part => part.Field is null ? part.Text : something));

    /// <summary>Whether the text has a field at all.</summary>
    public bool HasFields => _parts.Any(part => part.Field is not null);

    /// <summary>Whether the text is one field and nothing else, so that its value can stand with its own type.</summary>
    public bool IsOneField => _parts is [{ Field: not null }];

    /// <summary>The value of the one field; <see cref="Value.None"/> if there is none.</summary>
    public Value Only(in FieldValues values) => Find(_parts[0].Field!, _parts[0].Text, values);

    static Value Find(Field field, string? fallback, in FieldValues values)
    {
        var found = field.Root switch
        {
            Root.Contact => ContactFields.Find(values.Contact, field.Name),
            Root.Event => values.Data[field.Name],
            _ => Value.Of(values.JourneyName),
        };
        // As in contents: an empty text counts as missing where there is a fall-back.
        return fallback is not null && (found.IsNone || found is { Kind: ValueKind.Text, AsText: "" }) ? Value.Of(fallback) : found;
    }
}
