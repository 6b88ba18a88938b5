using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Parcours.Journeys.Definitions;

/// <summary>
/// What of a document can be read by a type, without the fields that nobody knows and the values that cannot stand where they do: so that what is wrong with the meaning of the rest is told at the same time as those.
/// </summary>
/// <remarks>
/// As little as possible is left out: a field that is not needed alone, a needed text, number or answer is empty (what is said of it then is about what was left out), anything else takes the object with it that
/// needs it. Items that are left out of a list move those behind them: <see cref="Told(string)"/> gives places of the document as it was sent.
/// </remarks>
public sealed class ReadableJson
{
    const string Discriminator = "kind";

    readonly JsonSerializerOptions _options;
    readonly List<string> _lost = [];
    readonly Dictionary<string, List<int>> _kept = new(StringComparer.Ordinal);

    ReadableJson(JsonElement json, JsonTypeInfo type)
    {
        _options = type.Options;
        if (TryRead(json, type, "", "", out var document))
            Document = document;
    }

    /// <exception cref="InvalidOperationException">A text in it is no Unicode.</exception>
    public static ReadableJson Of(JsonElement json, JsonTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new(json, type);
    }

    /// <summary>What can be read; null: too little.</summary>
    public JsonNode? Document { get; }

    /// <summary>Whether all that the type knows could be read: only fields that nobody knows are missing.</summary>
    public bool IsWhole => _lost.Count == 0;

    /// <summary>The place, in the document as it was sent, of a problem at <paramref name="path"/> of <see cref="Document"/>; null: it only follows from what was left out, and is not worth telling.</summary>
    /// <param name="path">A JSON pointer.</param>
    public string? Told(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (from, to) = ("", "");
        foreach (var part in path.Split('/').Skip(1))
        {
            var index = _kept.TryGetValue(to, out var kept) && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < kept.Count ? kept[at].ToString(CultureInfo.InvariantCulture) : part;
            (from, to) = ($"{from}/{index}", $"{to}/{part}");
        }

        return _lost.Exists(lost => from == lost || from.StartsWith(lost + "/", StringComparison.Ordinal) || from == lost[..Math.Max(0, lost.LastIndexOf('/'))]) ? null : from;
    }

    internal IEnumerable<Problem> Told(IEnumerable<Problem> problems) =>
        from problem in problems
        let place = Told(problem.Path)
        where place is not null
        select problem with { Path = place };

    bool TryRead(JsonElement element, JsonTypeInfo type, string from, string to, out JsonNode? read)
    {
        read = null;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                return element.ValueKind == JsonValueKind.Object && TryReadObject(element, type, from, to, out read);
            case JsonTypeInfoKind.Enumerable:
                if (element.ValueKind != JsonValueKind.Array)
                    return false;
                read = Items(element, _options.GetTypeInfo(type.ElementType!), from, to);
                return true;
            case JsonTypeInfoKind.Dictionary:
                if (element.ValueKind != JsonValueKind.Object)
                    return false;
                read = Entries(element, _options.GetTypeInfo(type.ElementType!), from, to);
                return true;
            default:
                return TryReadValue(element, type, out read);
        }
    }

    bool TryReadValue(JsonElement element, JsonTypeInfo type, out JsonNode? read)
    {
        read = null;
        if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } choice && !(element.ValueKind == JsonValueKind.String && ShapeCheck.Choices(choice).Contains(element.GetString()!)))
            return false;
        try
        {
            element.Deserialize(type);
            read = element.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(element.GetRawText(), documentOptions: new() { MaxDepth = _options.MaxDepth == 0 ? 64 : _options.MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    JsonArray Items(JsonElement list, JsonTypeInfo of, string from, string to)
    {
        var (items, kept, count) = (new JsonArray(), new List<int>(), 0);
        foreach (var item in list.EnumerateArray())
        {
            var place = $"{from}/{count}";
            if (IsSomething(item, of) && TryRead(item, of, place, $"{to}/{kept.Count}", out var read))
            {
                items.Add(read);
                kept.Add(count);
            }
            else
            {
                _lost.Add(place);
            }

            count++;
        }

        if (kept.Count < count)
            _kept[to] = kept;
        return items;
    }

    JsonObject Entries(JsonElement dictionary, JsonTypeInfo of, string from, string to)
    {
        var entries = new JsonObject();
        foreach (var entry in dictionary.EnumerateObject())
        {
            var name = Pointer.Escape(entry.Name);
            if (entries.ContainsKey(entry.Name))
                continue;
            if (IsSomething(entry.Value, of) && TryRead(entry.Value, of, $"{from}/{name}", $"{to}/{name}", out var read))
                entries[entry.Name] = read;
            else
                _lost.Add($"{from}/{name}");
        }

        return entries;
    }

    static bool IsSomething(JsonElement item, JsonTypeInfo of) => item.ValueKind != JsonValueKind.Null || of.Type == typeof(JsonElement);

    bool TryReadObject(JsonElement element, JsonTypeInfo type, string from, string to, out JsonNode? read)
    {
        var fields = new JsonObject();
        read = fields;
        if (type.PolymorphismOptions is { } choice)
        {
            if (!element.TryGetProperty(Discriminator, out var kind) || kind.ValueKind != JsonValueKind.String
                || choice.DerivedTypes.FirstOrDefault(derived => derived.TypeDiscriminator is string name && kind.ValueEquals(name)).DerivedType is not { } chosen)
                return false;
            fields[Discriminator] = kind.GetString();
            type = _options.GetTypeInfo(chosen);
        }

        foreach (var field in type.Properties.Where(ShapeCheck.IsRead))
            if (!TryReadField(element, field, from, to, fields) && ShapeCheck.IsRequired(field))
            {
                _lost.Add($"{from}/{field.Name}");
                if (Nothing(field.PropertyType) is not { } nothing)
                    return false;
                fields[field.Name] = nothing;
            }

        return true;
    }

    /// <summary>Whether the field is there and can be read.</summary>
    bool TryReadField(JsonElement element, JsonPropertyInfo field, string from, string to, JsonObject fields)
    {
        if (!element.TryGetProperty(field.Name, out var value))
            return false;
        JsonNode? read = null;
        var isRead = value.ValueKind == JsonValueKind.Null && field.PropertyType != typeof(JsonElement)
            ? field.IsSetNullable && !ShapeCheck.IsRequired(field)
            : TryRead(value, _options.GetTypeInfo(field.PropertyType), $"{from}/{field.Name}", $"{to}/{field.Name}", out read);
        if (isRead)
            fields[field.Name] = read;
        else if (!ShapeCheck.IsRequired(field))
            _lost.Add($"{from}/{field.Name}");
        return isRead;
    }

    static JsonValue? Nothing(Type type) => type == typeof(string) ? JsonValue.Create("") : type == typeof(int) ? JsonValue.Create(0) : type == typeof(bool) ? JsonValue.Create(false) : null;
}
