using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Simulation.Tests;

/// <summary>Semantics 8.3: as long as a point is paused nobody leaves it of themselves. Who is taken out of it, or leaves the journey, may.</summary>
sealed class PausedPoints
{
    static readonly HashSet<string> TakenOut = new(StringComparer.Ordinal) { "exit", "goal", "moved", "carried", "stage", "removed" };

    readonly Dictionary<(JourneyId Journey, string Point), long> _left = [];

    /// <summary>Looks at every rest: what was paused at the last one and is so still was so all the time between, since one order at a time is given.</summary>
    public async Task LookAsync(IEngine engine, string when, CancellationToken cancellationToken)
    {
        var held = new HashSet<(JourneyId Journey, string Point)>();
        foreach (var journey in engine.Current.Journeys)
        {
            if (journey.Dials.HeldPoints.IsEmpty)
                continue;
            var counters = await engine.Queries.CountersAsync(CounterKind.Left, journey.Id, cancellationToken);
            foreach (var point in journey.Dials.HeldPoints)
            {
                var left = counters.Where(pair => pair.Key.Point == point && !TakenOut.Contains(pair.Key.Edge)).Sum(pair => pair.Value);
                Assert.True(!_left.TryGetValue((journey.Id, point), out var before) || before == left, $"{when}: {left - before} passed {point} of {journey.Id}, which is paused");
                _left[(journey.Id, point)] = left;
                held.Add((journey.Id, point));
            }
        }

        foreach (var gone in _left.Keys.Where(point => !held.Contains(point)).ToList())
            _left.Remove(gone);
    }
}
