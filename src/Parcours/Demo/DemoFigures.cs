using System.Diagnostics;
using System.Text.Json.Serialization;
using Parcours.Engine;
using Parcours.Journeys.Machine;

namespace Parcours.Demo;

/// <summary>What the demo came to. The names are those of <c>demo --json</c>: scripts rely on them.</summary>
/// <param name="Events">Taken in; what journeys recorded themselves does not count.</param>
/// <param name="Messages">Sent, into the sandbox mailbox.</param>
/// <param name="Seconds">Wall time from the first order to the last, with everything that followed from them.</param>
/// <param name="EnrolmentsPerSecond">Started, in all journeys together.</param>
/// <param name="PeakMemoryMiB">The most that the process had in memory at once.</param>
sealed record DemoFigures(
    long Contacts, long Events, long Messages, double Seconds, double EventsPerSecond, double EnrolmentsPerSecond, double PeakMemoryMiB, IReadOnlyList<DemoJourney> Journeys)
{
    public static async Task<DemoFigures> GatherAsync(IEngine engine, long contacts, long events, TimeSpan took, CancellationToken cancellationToken)
    {
        var counters = await engine.Queries.CountersAsync(kind: null, journey: null, cancellationToken);
        var journeys = new List<DemoJourney>();
        foreach (var journey in await engine.Catalogue.JourneysAsync(afterId: null, limit: 100, cancellationToken))
        {
            var started = Sum(CounterKind.Started, journey.Id);
            var completed = Sum(CounterKind.Ended, journey.Id);
            journeys.Add(new DemoJourney(journey.Name, started, started - completed, completed, Sum(CounterKind.Ended, journey.Id, "successful")));
        }

        var messages = counters.Where(counter => counter.Key is { Kind: CounterKind.MessageSettled, Edge: "sent" }).Sum(counter => counter.Value);
        using var process = Process.GetCurrentProcess();
        return new DemoFigures(
            contacts,
            events,
            messages,
            Math.Round(took.TotalSeconds, 2),
            Math.Round(events / took.TotalSeconds),
            Math.Round(journeys.Sum(journey => journey.Started) / took.TotalSeconds),
            Math.Round(process.PeakWorkingSet64 / 1024.0 / 1024.0, 1),
            journeys);

        long Sum(CounterKind kind, JourneyId journey, string? edge = null) =>
            counters.Where(counter => counter.Key.Kind == kind && counter.Key.Journey == journey && (edge is null || counter.Key.Edge == edge)).Sum(counter => counter.Value);
    }
}

/// <param name="Completed">All that ended, whatever the outcome.</param>
sealed record DemoJourney(string Name, long Started, long InProgress, long Completed, long Successful);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoFigures))]
sealed partial class DemoJson : JsonSerializerContext;
