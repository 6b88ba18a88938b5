using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;

namespace Parcours.Journeys.Definitions;

/// <summary>Compares a JSON document with the types it is to become, and tells every difference, where deserialising stops at the first.</summary>
/// <remarks>A walk over the serialiser's own metadata: what it calls a field, the document must call so too, and a new point needs nothing here.</remarks>
sealed class ShapeCheck(JsonSerializerOptions options)
{
    const string Discriminator = "kind";

    public List<Problem> Problems { get; } = [];

    public void Walk(JsonElement element, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                WalkObject(element, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                // Metadata of an enumerable names its items' type.
                var items = options.GetTypeInfo(type.ElementType!);
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    WalkItem(item, items, $"{path}/{index++}");
                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object:
                var values = options.GetTypeInfo(type.ElementType!);
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                    if (seen.Add(property.Name))
                        WalkItem(property.Value, values, $"{path}/{Pointer.Escape(property.Name)}");
                    else
                        Duplicate(path, property.Name);
                break;
            case JsonTypeInfoKind.Enumerable:
                WrongType(path, "array", element);
                break;
            case JsonTypeInfoKind.Dictionary:
                WrongType(path, "object", element);
                break;
            default:
                WalkValue(element, type, path);
                break;
        }
    }

    void WalkItem(JsonElement item, JsonTypeInfo type, string path)
    {
        if (item.ValueKind == JsonValueKind.Null)
            Tell(ProblemCodes.FieldType, path, "Here belongs something; null says nothing.", ("actual", "null"));
        else
            Walk(item, type, path);
    }

    void WalkObject(JsonElement element, JsonTypeInfo type, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            WrongType(path, "object", element);
            return;
        }
        var polymorphic = type.PolymorphismOptions is not null;
        if (polymorphic)
        {
            if (Derived(element, type, path) is not { } derived)
                return;
            type = options.GetTypeInfo(derived);
        }
        var known = type.Properties.Where(IsRead).ToDictionary(property => property.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                Duplicate(path, property.Name);
            else if (polymorphic && property.Name == Discriminator)
                continue;
            else if (!known.TryGetValue(property.Name, out var field))
                Unknown(path, property.Name, known.Keys, polymorphic);
            else if (property.Value.ValueKind != JsonValueKind.Null)
                Walk(property.Value, options.GetTypeInfo(field.PropertyType), $"{path}/{field.Name}");
            else if (IsRequired(field) || !field.IsSetNullable)
                Tell(ProblemCodes.FieldType, $"{path}/{field.Name}", $"'{field.Name}' cannot be null.", ("actual", "null"));
        }
        foreach (var field in known.Values)
            if (IsRequired(field) && !seen.Contains(field.Name))
                Tell(ProblemCodes.FieldMissing, path, $"The field '{field.Name}' is missing.", ("field", field.Name));
    }

    /// <summary>Whether a document can have this field: a computed property is none.</summary>
    internal static bool IsRead(JsonPropertyInfo field) => field.Set is not null || field.AssociatedParameter is not null;

    internal static bool IsRequired(JsonPropertyInfo field) =>
        field.IsRequired || field.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };

    Type? Derived(JsonElement element, JsonTypeInfo type, string path)
    {
        // Only called for polymorphic types.
        var kinds = type.PolymorphismOptions!.DerivedTypes.ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType, StringComparer.Ordinal);
        var names = string.Join(", ", kinds.Keys);
        if (!element.TryGetProperty(Discriminator, out var named))
            Tell(ProblemCodes.KindMissing, path, $"The field 'kind' is missing; there are {names}.", ("known", names));
        else if (named.ValueKind != JsonValueKind.String || !kinds.TryGetValue(named.GetString()!, out var derived))
            Tell(ProblemCodes.KindUnknown, $"{path}/{Discriminator}", $"There is no kind '{named}' here; there are {names}.", ("kind", named.ToString()), ("known", names));
        else
            return derived;
        return null;
    }

    void WalkValue(JsonElement element, JsonTypeInfo type, string path)
    {
        var clr = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (clr.IsEnum)
        {
            WalkChoice(element, clr, path);
            return;
        }
        try
        {
            element.Deserialize(type);
        }
        catch (JsonException wrong)
        {
            if (Expected(clr) is { } expected && element.ValueKind.ToString().ToLowerInvariant() is var actual && !Fits(expected, element))
                WrongType(path, expected, element);
            else
                Tell(ProblemCodes.FieldUnreadable, path, Own(wrong.Message) ?? $"'{Short(element)}' cannot stand here.", ("value", Short(element)));
        }
    }

    void WalkChoice(JsonElement element, Type choice, string path)
    {
        var names = Choices(choice);
        if (element.ValueKind == JsonValueKind.String && names.Contains(element.GetString()!))
            return;
        var known = string.Join(", ", names);
        Tell(ProblemCodes.FieldUnreadable, path, $"'{Short(element)}' is none of {known}.", ("value", Short(element)), ("known", known));
    }

    // A weekday that is none is NodaTime's way to say nothing; definitions leave the field out.
    internal static IReadOnlyList<string> Choices(Type choice) =>
        [.. Enum.GetNames(choice).Select(JsonNamingPolicy.CamelCase.ConvertName).Where(name => choice != typeof(IsoDayOfWeek) || name != "none")];

    static string? Expected(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "whole number"
        : type == typeof(decimal) ? "number"
        : type == typeof(Duration) || type == typeof(Instant) || type == typeof(LocalDate) || type == typeof(LocalTime) ? "text"
        : null;

    static bool Fits(string expected, JsonElement element) => expected == "text" && element.ValueKind == JsonValueKind.String;

    /// <summary>What our converters say themselves; the serialiser's own sentences speak of types.</summary>
    static string? Own(string message) => message.StartsWith("The JSON value", StringComparison.Ordinal) ? null : message;

    static string Short(JsonElement element)
    {
        var text = element.ToString();
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    void WrongType(string path, string expected, JsonElement element)
    {
        var actual = element.ValueKind switch
        {
            JsonValueKind.String => "text",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            var kind => kind.ToString().ToLowerInvariant(),
        };
        Tell(ProblemCodes.FieldType, path, $"Here belongs {(expected[0] is 'a' or 'o' ? "an" : "a")} {expected}, not {actual}.", ("expected", expected), ("actual", actual));
    }

    void Duplicate(string path, string name) =>
        Tell(ProblemCodes.FieldDuplicate, $"{path}/{Pointer.Escape(name)}", $"'{name}' stands here twice; remove one.", ("field", name));

    void Unknown(string path, string name, IEnumerable<string> known, bool polymorphic)
    {
        var names = string.Join(", ", polymorphic ? known.Prepend(Discriminator) : known);
        Tell(ProblemCodes.FieldUnknown, $"{path}/{Pointer.Escape(name)}", $"There is no field '{name}' here; there are {names}.", ("field", name), ("known", names));
    }

    void Tell(string code, string path, string text, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var named = new Dictionary<string, string>();
        foreach (var (name, value) in arguments)
            named[name] = value;
        Problems.Add(new(Severity.Error, code, path, Pointer.PointOf(path), text, named));
    }
}

/// <summary>JSON pointers (RFC 6901).</summary>
static class Pointer
{
    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    internal static string[] Parts(string path) =>
        [.. path.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    /// <summary>The id of the point that a place belongs to; null elsewhere.</summary>
    internal static string? PointOf(string path) => Parts(path) is ["points", var id, ..] ? id : null;
}
