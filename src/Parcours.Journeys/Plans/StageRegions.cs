using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Plans;

/// <summary>Which points belong to which stage: those that its lines reach without entering another.</summary>
static class StageRegions
{
    public static Dictionary<string, List<string>> Of(JourneyDefinition definition)
    {
        var regions = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (stage, _) in definition.Points.Where(point => point.Value is StagePoint))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var next = new Stack<string>([stage]);
            while (next.TryPop(out var id))
            {
                if (!definition.Points.TryGetValue(id, out var point) || !seen.Add(id) || (point is StagePoint && id != stage))
                    continue;
                // An end may be shared: nobody stands there.
                if (point.IsEnd)
                    continue;
                if (!regions.TryGetValue(id, out var of))
                    regions[id] = of = [];
                of.Add(stage);
                foreach (var exit in point.Exits())
                    if (exit.Target is { } target)
                        next.Push(target);
            }
        }

        return regions;
    }
}
