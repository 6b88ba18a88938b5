using NodaTime;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.StartingPoints;

/// <summary>What starting points that wait for nothing to happen have in common.</summary>
static class AbandonCheck
{
    public static void Check(CheckContext check, IReadOnlyList<string>? events, IReadOnlyList<string>? unless, Duration? after)
    {
        Names(check, events, "events");
        Names(check, unless, "unless");
        if (events is not null && unless is not null && events.Intersect(unless, StringComparer.Ordinal).FirstOrDefault() is { } both)
            check.Error(ProblemCodes.AbandonBoth, "unless", $"'{both}' cannot both begin it and end it.", ("name", both));
        if (after is { } time)
            check.Wait(time, "after");
    }

    static void Names(CheckContext check, IReadOnlyList<string>? names, string field)
    {
        if (names is null)
            return;
        if (names.Count == 0)
            check.Error(ProblemCodes.EventsNone, field, "Name at least one event, or leave the field away for the usual ones.");
        for (var index = 0; index < names.Count; index++)
            check.Named(names[index], $"{field}/{index}");
        check.Unique(names.Select((name, index) => (name, $"{field}/{index}")));
    }
}
