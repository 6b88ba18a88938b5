using Parcours.Journeys.Points;

namespace Parcours.Journeys.Definitions;

/// <summary>What only the whole map shows: where lines lead, who is never reached, who runs in circles.</summary>
static class MapCheck
{
    /// <summary>More cannot be overlooked (Semantics 16.4).</summary>
    internal const int PointsMax = 500;

    /// <param name="whole">False when parts of the document could not be read: then a point may be reached from there.</param>
    internal static void Check(CheckContext check, JourneyDefinition definition, bool whole)
    {
        if (definition.Points.Count > PointsMax)
        {
            check.Error(ProblemCodes.PointTooMany, "points", $"A journey has at most {PointsMax} points, and this one has {definition.Points.Count}; divide it.", ("max", $"{PointsMax}"), ("count", $"{definition.Points.Count}"));
            return;
        }
        Targets(check, definition);
        StageCheck.All(check, definition);
        if (whole)
            Unreachable(check, definition);
        Loops(check, definition);
    }

    static void Targets(CheckContext check, JourneyDefinition definition)
    {
        for (var index = 0; index < definition.Start.Count; index++)
            Target(check.At($"/start/{index}"), definition.Start[index].Next, "next");
        foreach (var (id, point) in definition.Points)
            foreach (var exit in point.Exits())
                Target(check.At($"/points/{Pointer.Escape(id)}", id), exit.Target, exit.Field);
    }

    static void Target(CheckContext check, string? target, string field)
    {
        // In a journey with stages a line may end: a starting point goes by the property, and who has done all of a stage rests there.
        if (target is null && check.Settings.StageProperty is not null)
            return;
        if (target is null)
            check.Warning(ProblemCodes.TargetNone, field, "This leads nowhere: the journey ends here as completed. Draw the line on, or add an end.");
        else if (!check.Points.Contains(target))
            check.Error(ProblemCodes.TargetMissing, field, $"No point of this journey has the id '{target}'.", ("target", target));
    }

    static void Unreachable(CheckContext check, JourneyDefinition definition)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string?>(definition.Start.Select(start => start.Next).Concat(
            definition.Points.Where(point => point.Value is StagePoint or EndPoint { Values.Count: > 0 }).Select(point => point.Key)));
        while (next.TryPop(out var id))
            if (id is not null && definition.Points.TryGetValue(id, out var point) && reached.Add(id))
                foreach (var exit in point.Exits())
                    next.Push(exit.Target);
        foreach (var id in definition.Points.Keys)
            if (!reached.Contains(id))
                check.At("", id).Error(ProblemCodes.PointUnreachable, $"points/{Pointer.Escape(id)}", "No line leads here; draw one, or remove the point.");
    }

    /// <summary>A circle in which no time passes would run until the visit limit fails the enrolment.</summary>
    static void Loops(CheckContext check, JourneyDefinition definition)
    {
        var restless = definition.Points.Where(point => !point.Value.TakesTime).ToDictionary(point => point.Key, point => point.Value, StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in definition.Points.Keys)
        {
            if (told.Contains(id) || Circle(restless, id) is not { } circle)
                continue;
            // One problem a circle, at its first point; where circles touch, the others follow when this is mended.
            told.UnionWith(circle);
            check.At("", id).Error(ProblemCodes.LoopNoWait, $"points/{Pointer.Escape(id)}", $"{string.Join(" → ", circle)} → {id} goes round without a wait; put a delay into it.", ("points", string.Join(",", circle)));
        }
    }

    /// <summary>The shortest way from a point back to itself; null if there is none.</summary>
    static List<string>? Circle(Dictionary<string, JourneyPoint> points, string from)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out var id))
        {
            if (!points.TryGetValue(id, out var point))
                continue;
            foreach (var exit in point.Exits())
            {
                if (exit.Target == from)
                    return Path(cameFrom, from, id);
                if (exit.Target is { } target && cameFrom.TryAdd(target, id))
                    next.Enqueue(target);
            }
        }
        return null;
    }

    static List<string> Path(Dictionary<string, string> cameFrom, string from, string to)
    {
        List<string> path = [to];
        while (path[^1] != from)
            path.Add(cameFrom[path[^1]]);
        path.Reverse();
        return path;
    }
}
