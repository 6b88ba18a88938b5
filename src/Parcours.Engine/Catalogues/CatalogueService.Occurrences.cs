using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Catalogues;

/// <summary>Starting points by schedule (Semantics 6.12), and those that take current ones too (6.10).</summary>
sealed partial class CatalogueService
{
    /// <summary>A moment of a journey's schedules has come: a sweep begins in the transaction that keeps that it came. On the worker's thread.</summary>
    /// <remarks>Kept in a document of its own: the journey's own would have another revision, and whoever edits it would be told of somebody else's edit.</remarks>
    public async ValueTask OccurAsync(JourneyId journey, Instant now, CancellationToken cancellationToken)
    {
        if (_engine.Catalogue.Journeys.FirstOrDefault(one => one.Id == journey) is not { } live)
            return;
        var starts = live.Occurring(now);
        var taken = _state.CurrentTaken(journey.Value, live.Versions).ToDictionary(StringComparer.Ordinal);
        foreach (var start in starts)
            if (start.CurrentKey is { } key)
                taken[key] = now.ToMicroseconds();
        var record = new ScheduleRecord(now.ToMicroseconds(), taken.Count == 0 ? null : taken);
        await ChangeAsync("occurrence", DocumentKinds.JourneySchedule, journey.Value, JsonSerializer.SerializeToUtf8Bytes(record, CatalogueJson.Default.ScheduleRecord), null, now,
            async unit =>
            {
                if (starts.Count > 0 && _worker.HasContacts)
                    await StartAsync(unit, new OccurrenceJob(journey, now, [.. starts.Select(start => start.Id)], 0), now, cancellationToken);
            }, null, [], cancellationToken);
    }
}
