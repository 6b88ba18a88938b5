using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Points;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Journeys.Definitions;

/// <summary>The JSON Schema of a definition, made from the types; docs/journey.schema.json is its text.</summary>
/// <remarks>
/// Read from the same metadata as <see cref="ShapeCheck"/> does. The runtime's own exporter was tried: it writes out conditions wherever they stand
/// (250 KB), and once they are replaced by references, its references into what was replaced lead nowhere.
/// </remarks>
public static class JourneySchema
{
    /// <summary>Types that stand in many places, or in themselves: described once, under this name.</summary>
    static readonly Dictionary<Type, string> Shared = new()
    {
        [typeof(StartingPoint)] = "startingPoint",
        [typeof(JourneyPoint)] = "point",
        [typeof(Activity)] = "activity",
        [typeof(Condition)] = "condition",
        [typeof(EventWindow)] = "window",
        [typeof(Value)] = "value",
    };

    static JsonSerializerOptions Options => JourneyJson.Indented;

    /// <returns>Indented, with a line feed at the end.</returns>
    public static string Write()
    {
        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Parcours journey",
            ["description"] = Says(typeof(JourneyDefinition)),
        };
        foreach (var (name, part) in Fields(Options.GetTypeInfo(typeof(JourneyDefinition)), kind: null))
            document[name] = part?.DeepClone();
        document["properties"]!["format"]!["const"] = JourneyDefinition.CurrentFormat; // Both are there: the type has them.
        document["$defs"] = new JsonObject(Shared.Select(shared => KeyValuePair.Create<string, JsonNode?>(shared.Value, Whole(shared.Key))));
        return document.ToJsonString(Options) + "\n";
    }

    static JsonObject Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Shared.TryGetValue(type, out var name) ? new() { ["$ref"] = $"#/$defs/{name}" } : Whole(type);
    }

    static JsonObject Whole(Type type)
    {
        if (Plain(type) is { } plain)
            return plain;
        var info = Options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new() { ["type"] = "array", ["items"] = Of(info.ElementType!) }, // Metadata of an enumerable names its items' type.
            JsonTypeInfoKind.Dictionary => new() { ["type"] = "object", ["additionalProperties"] = Of(info.ElementType!) },
            JsonTypeInfoKind.Object when info.PolymorphismOptions is { } kinds => new()
            {
                ["type"] = "object",
                ["required"] = new JsonArray(kinds.TypeDiscriminatorPropertyName),
                ["oneOf"] = new JsonArray([.. kinds.DerivedTypes.Select(derived => Case(derived.DerivedType, (string)derived.TypeDiscriminator!))]), // All are texts.
            },
            JsonTypeInfoKind.Object => Fields(info, kind: null),
            _ => throw new NotSupportedException($"{type} has no schema; say here what its converter writes."),
        };
    }

    static JsonObject Case(Type type, string kind)
    {
        var fields = Fields(Options.GetTypeInfo(type), kind);
        if (Says(type) is { } says)
            fields.Insert(0, "description", says);
        return fields;
    }

    static JsonObject Fields(JsonTypeInfo info, string? kind)
    {
        var properties = new JsonObject();
        if (kind is not null)
            properties["kind"] = new JsonObject { ["const"] = kind };
        foreach (var field in info.Properties.Where(ShapeCheck.IsRead))
        {
            var schema = Of(field.PropertyType);
            if (field.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true).OfType<DescriptionAttribute>().FirstOrDefault() is { } says)
                schema.Insert(0, "description", says.Description);
            properties[field.Name] = !ShapeCheck.IsRequired(field) && field.IsSetNullable ? OrNull(schema) : schema;
        }
        var required = info.Properties.Where(ShapeCheck.IsRequired).Select(field => (JsonNode)field.Name).ToArray();
        var fields = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
            fields.Insert(2, "required", new JsonArray(required));
        return fields;
    }

    /// <summary>An optional field may also be null, which says the same as leaving it out.</summary>
    static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        else if (schema["enum"] is JsonArray choices)
            choices.Add(null);
        else if (schema["$ref"] is { } reference)
        {
            schema.Remove("$ref");
            schema["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = reference.DeepClone() }, new JsonObject { ["type"] = "null" });
        }
        return schema;
    }

    /// <summary>What single values are written as.</summary>
    static JsonObject? Plain(Type type)
    {
        if (type.IsEnum)
            return new() { ["enum"] = new JsonArray([.. ShapeCheck.Choices(type).Select(name => JsonValue.Create(name))]) };
        if (type == typeof(Value))
            return new()
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
                    new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
                    Typed("date", "date"),
                    Typed("dateTime", "date-time")),
            };
        if (type == typeof(LocalTime))
            return new() { ["type"] = "string", ["pattern"] = "^\\d{2}:\\d{2}(:\\d{2})?$" };
        return type == typeof(string) ? new() { ["type"] = "string" }
            : type == typeof(bool) ? new() { ["type"] = "boolean" }
            : type == typeof(int) ? new() { ["type"] = "integer" }
            : type == typeof(decimal) ? new() { ["type"] = "number" }
            : type == typeof(JsonElement) ? new() { ["type"] = "object" }
            : type == typeof(Duration) ? Text("duration")
            : type == typeof(Instant) ? Text("date-time")
            : type == typeof(LocalDate) ? Text("date")
            : null;
    }

    static JsonObject Text(string format) => new() { ["type"] = "string", ["format"] = format };

    static JsonObject Typed(string field, string format) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [field] = Text(format) },
        ["required"] = new JsonArray(field),
        ["additionalProperties"] = false,
    };

    static string? Says(Type type) => type.GetCustomAttribute<DescriptionAttribute>(inherit: false)?.Description;
}
