using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Journeys put out of sight and taken back.</summary>
sealed partial class CatalogueService
{
    public Task<CatalogueAnswer> ArchiveJourneyAsync(JourneyId journey, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (held.Record.Status == JourneyStatus.Archived)
                return new CatalogueAnswer.Done(held.Document, null, []);
            if (held.Record.Status is not (JourneyStatus.Draft or JourneyStatus.Ended))
                return Refuse("journey.live", "A live or paused journey cannot be archived; end it first.");
            if (await AreLeavingAsync(journey, cancellation))
                return Refuse("journey.ending", "Contacts are still leaving the journey; archive it when the last has left.");
            return await WriteJourneyAsync("archive", journey.Value, held.Record with { Status = JourneyStatus.Archived }, now, null, null, [], cancellation);
        }, cancellationToken);

    public Task<CatalogueAnswer> UnarchiveJourneyAsync(JourneyId journey, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (held.Record.Status != JourneyStatus.Archived)
                return Refuse("journey.not-archived", "The journey is not archived.");
            var status = held.Record.EndedAt is null ? JourneyStatus.Draft : JourneyStatus.Ended;
            return await WriteJourneyAsync("unarchive", journey.Value, held.Record with { Status = status }, now, null, null, [], cancellation);
        }, cancellationToken);
}
