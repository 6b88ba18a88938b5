using System.Text.Json;
using System.Text.Json.Nodes;
using Parcours.Journeys.Points;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Journeys.Definitions;

/// <summary>What a definition changes of another: settings, starting points and points, field by field. What only the map keeps is no change.</summary>
public sealed record JourneyDiff(IReadOnlyList<FieldChange> Settings, IReadOnlyList<PartChange> Starts, IReadOnlyList<PartChange> Points)
{
    public static JourneyDiff Of(JourneyDefinition before, JourneyDefinition after) => new(
        Fields(Whole(before), Whole(after)),
        Parts(Named(before.Start), Named(after.Start)),
        Parts(Named(before.Points), Named(after.Points)));

    static JsonObject Whole(JourneyDefinition definition)
    {
        var json = JsonNode.Parse(JourneyJson.Write(definition))!.AsObject();
        foreach (var field in (string[])["$schema", "format", "id", "labels", "start", "points", "map"])
            json.Remove(field);
        return json;
    }

    static List<KeyValuePair<string, JsonObject>> Named(IReadOnlyList<StartingPoint> starts) => [.. starts.Select(start => KeyValuePair.Create(start.Id, Json(start, typeof(StartingPoint))))];
    static List<KeyValuePair<string, JsonObject>> Named(IEnumerable<KeyValuePair<string, JourneyPoint>> points) => [.. points.Select(point => KeyValuePair.Create(point.Key, Json(point.Value, typeof(JourneyPoint))))];

    static JsonObject Json(object part, Type type) => JsonSerializer.SerializeToNode(part, JourneyJson.Compact.GetTypeInfo(type))!.AsObject();

    /// <summary>Those of the newer definition in its order; those that are gone come last.</summary>
    static List<PartChange> Parts(List<KeyValuePair<string, JsonObject>> before, List<KeyValuePair<string, JsonObject>> after)
    {
        var changes = new List<PartChange>();
        var (old, kept) = (before.ToDictionary(StringComparer.Ordinal), after.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal));
        foreach (var (id, part) in after)
            if (!old.TryGetValue(id, out var was))
                changes.Add(Part(id, part, PartChangeKind.Added, []));
            else if (Fields(was, part) is { Count: > 0 } fields)
                changes.Add(Part(id, part, PartChangeKind.Changed, fields));
        changes.AddRange(before.Where(pair => !kept.Contains(pair.Key)).Select(pair => Part(pair.Key, pair.Value, PartChangeKind.Removed, [])));
        return changes;
    }

    static PartChange Part(string id, JsonObject part, PartChangeKind change, IReadOnlyList<FieldChange> fields) => new(id, (string?)part["kind"] ?? "", (string?)part["name"], change, fields);

    static List<FieldChange> Fields(JsonObject before, JsonObject after)
    {
        var changes = new List<FieldChange>();
        Compare("", before, after, changes);
        return changes;
    }

    static void Compare(string path, JsonNode? before, JsonNode? after, List<FieldChange> changes)
    {
        if (JsonNode.DeepEquals(before, after))
            return;
        switch (before, after)
        {
            // A condition, an activity or another thing that has a kind is one thing.
            case (JsonObject old, JsonObject now) when path.Length == 0 || (!old.ContainsKey("kind") && !now.ContainsKey("kind")):
                foreach (var name in old.Select(pair => pair.Key).Union(now.Select(pair => pair.Key)).ToList())
                    Compare(path.Length == 0 ? name : $"{path}/{name}", old[name], now[name], changes);
                break;
            case (JsonArray old, JsonArray now) when old.Count == now.Count && old.Concat(now).All(item => item is JsonObject inside && !inside.ContainsKey("kind")):
                for (var index = 0; index < old.Count; index++)
                    Compare($"{path}/{index}", old[index], now[index], changes);
                break;
            default:
                changes.Add(new(path, Element(before), Element(after)));
                break;
        }
    }

    static JsonElement? Element(JsonNode? node) => node is null ? null : JsonSerializer.SerializeToElement(node, JsonNodeTypes.Default.JsonNode);
}

/// <param name="Path">Where it stands in its part: <c>for</c>, <c>paths/0/next</c>.</param>
/// <param name="Before">Null: it was not there.</param>
/// <param name="After">Null: it is not there any more.</param>
public sealed record FieldChange(string Path, JsonElement? Before, JsonElement? After);

public enum PartChangeKind
{
    Added,
    Changed,
    Removed,
}

/// <summary>A starting point or a point that is another, new or gone.</summary>
/// <param name="Kind">As it is now; of one that is gone, as it was. Likewise its <paramref name="Name"/>.</param>
/// <param name="Fields">What of it was changed; empty for what is new or gone.</param>
public sealed record PartChange(string Id, string Kind, string? Name, PartChangeKind Change, IReadOnlyList<FieldChange> Fields);

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonNode))]
sealed partial class JsonNodeTypes : System.Text.Json.Serialization.JsonSerializerContext;
