using System.Collections.Concurrent;
using System.Globalization;

namespace Parcours.Testing;

/// <summary>How often faults are had, and how long what they took away stayed away: <c>PARCOURS_FAULTS=n</c> has each of them n times.</summary>
static class Faults
{
    static readonly ConcurrentDictionary<string, ConcurrentQueue<TimeSpan>> Took = new();

    /// <summary>1 to n.</summary>
    public static IEnumerable<int> Times => Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("PARCOURS_FAULTS") ?? "1", CultureInfo.InvariantCulture));

    /// <summary>Counts one, and says how it stands with all of its kind: the last that is said is the sum of the run.</summary>
    /// <param name="what">What was waited for, and after what.</param>
    /// <param name="bound">Within which it is promised; it is counted, not asserted: a machine that does other things proves nothing.</param>
    public static string Count(string what, TimeSpan took, TimeSpan bound)
    {
        var all = Took.GetOrAdd(what, static _ => new());
        all.Enqueue(took);
        return string.Create(CultureInfo.InvariantCulture,
            $"{what}: {took.TotalSeconds:0.0} s. So far {all.Count(one => one <= bound)} of {all.Count} within {bound.TotalSeconds:0} s, the longest {all.Max().TotalSeconds:0.0} s.");
    }
}
