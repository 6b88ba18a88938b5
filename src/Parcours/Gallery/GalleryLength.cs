using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;

namespace Parcours.Gallery;

/// <summary>What a card of the gallery tells of a journey besides its words.</summary>
static class GalleryLength
{
    /// <summary>The longest way through, by its delays and time-outs; what waits for a day or an hour counts as nothing, and loops once.</summary>
    public static double DaysOf(JourneyDefinition journey)
    {
        var longest = Duration.Zero;
        var lengths = new Dictionary<string, Duration>(StringComparer.Ordinal);
        foreach (var start in journey.Start)
            if (start.Next is { } first)
                longest = Duration.Max(longest, From(first, []));
        return Math.Round(longest.TotalDays, 1);

        Duration From(string id, HashSet<string> passed)
        {
            if (lengths.TryGetValue(id, out var known))
                return known;
            if (!journey.Points.TryGetValue(id, out var point) || !passed.Add(id))
                return Duration.Zero;
            var own = point switch
            {
                DelayPoint delay => delay.UpTo ?? delay.For,
                WaitForPoint { Timeout: { } timeout } => timeout,
                WaitForFirstPoint { Timeout: { } timeout } => timeout,
                WaitUntilTruePoint { Timeout: { } timeout } => timeout,
                _ => Duration.Zero,
            };
            var rest = Duration.Zero;
            foreach (var exit in point.Exits())
                if (exit.Target is { } target)
                    rest = Duration.Max(rest, From(target, passed));
            passed.Remove(id);
            return lengths[id] = own + rest;
        }
    }

    /// <summary>Every event that is named, wherever.</summary>
    public static IEnumerable<string> EventsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(field => field.Name == "events" && field.Value.ValueKind == JsonValueKind.Array
            ? field.Value.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)
            : EventsIn(field.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(EventsIn),
        _ => [],
    };
}
