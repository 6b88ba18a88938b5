using System.Text.Json;
using System.Text.Json.Nodes;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Definitions;

/// <summary>What a point does, as text: without its words for people and its lines.</summary>
public static class PointText
{
    /// <summary>Equal for two points of one kind that do the same.</summary>
    public static string Of(JourneyPoint point)
    {
        var json = Json(point);
        foreach (var exit in point.Exits())
            Remove(json, exit.Field);
        json.Remove("name");
        json.Remove("note");
        return json.ToJsonString();
    }

    /// <summary>What the definition calls its kind.</summary>
    public static string KindOf(JourneyPoint point) => (string)Json(point)["kind"]!;

    static JsonObject Json(JourneyPoint point) => JsonSerializer.SerializeToNode(point, JourneyJson.Compact.GetTypeInfo(typeof(JourneyPoint)))!.AsObject();

    static void Remove(JsonObject point, string field)
    {
        JsonNode? at = point;
        var steps = field.Split('/');
        foreach (var step in steps[..^1])
            at = at switch
            {
                JsonObject inside => inside[step],
                JsonArray list when int.TryParse(step, out var index) && index < list.Count => list[index],
                _ => null,
            };
        (at as JsonObject)?.Remove(steps[^1]);
    }
}
