using System.Text.Json;
using Parcours.Journeys.Contacts;

namespace Parcours.Channels.Content;

/// <summary>Where a template's fields come from: looked up by name when asked, so that nothing is copied that no template names.</summary>
/// <remarks>
/// A value is null (not there), text, a number, true or false, a NodaTime date or instant, a <see cref="Value"/>, a <see cref="JsonElement"/>,
/// or dictionaries and lists of these. Nothing else is shown to a template: it cannot reach into objects of the program.
/// </remarks>
public abstract class TemplateFields
{
    /// <summary>No fields at all.</summary>
    public static TemplateFields None { get; } = new FieldsOfDictionary(new Dictionary<string, object?>());

    /// <summary>The value of a field; null if there is none.</summary>
    public abstract object? Find(string name);

    /// <summary>The names of all fields, in a stable order.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>Fields of a dictionary; names are exact.</summary>
    public static TemplateFields Of(IReadOnlyDictionary<string, object?> values) => new FieldsOfDictionary(values);

    /// <summary>
    /// A contact's properties, and <c>email</c>, <c>phone</c>, <c>user_id</c>. Names are exact first; failing that, capitals, spaces, <c>_</c> and <c>-</c>
    /// do not count, so <c>contact.firstName</c> finds <c>first_name</c>.
    /// </summary>
    public static TemplateFields Of(Contact contact) => new FieldsOfContact(contact);

    /// <summary>An event's properties, as they were sent, with lists and objects. Parsed when the first is asked.</summary>
    public static TemplateFields Of(EventProperties properties) => new FieldsOfEvent(properties);

    sealed class FieldsOfDictionary(IReadOnlyDictionary<string, object?> values) : TemplateFields
    {
        public override object? Find(string name) => values.GetValueOrDefault(name);

        public override IEnumerable<string> Names => values.Keys;
    }

    sealed class FieldsOfEvent(EventProperties properties) : TemplateFields
    {
        JsonElement? _root;

        JsonElement Root => _root ??= Parse(properties.Json);

        public override object? Find(string name) =>
            Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out var value) ? value : null;

        public override IEnumerable<string> Names => Root.ValueKind == JsonValueKind.Object ? Root.EnumerateObject().Select(property => property.Name) : [];

        static JsonElement Parse(ReadOnlyMemory<byte> json)
        {
            var reader = new Utf8JsonReader(json.Span);
            return JsonElement.ParseValue(ref reader);
        }
    }
}
