using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Starting points on dates: whoever is there already is armed by a sweep (Semantics 6.11).</summary>
sealed partial class CatalogueService
{
    /// <summary>What begins with a version that goes live, within its transaction: those inside are told, and those with a date of the contact are armed.</summary>
    async ValueTask WentLiveAsync(IStoreUnit unit, string id, int before, int version, Instant now, CancellationToken cancellationToken)
    {
        await StartMovingAsync(unit, new(id), version, now, cancellationToken);
        await ArmAsync(unit, id, before, version, now, cancellationToken);
    }

    /// <summary>Begins the sweep, within the transaction by which a version goes live; nothing where the version before it had the same dates.</summary>
    async ValueTask ArmAsync(IStoreUnit unit, string id, int before, int version, Instant now, CancellationToken cancellationToken)
    {
        if (DatesOf(id, version) is { Count: > 0 } dates && !dates.IsSubsetOf(DatesOf(id, before)) && _worker.HasContacts)
            await StartAsync(unit, new ArmJob(new(id), now, 0), now, cancellationToken);
    }

    HashSet<(string Start, uint Rule)> DatesOf(string id, int version) =>
        _state.Plans.TryGetValue((id, version), out var plan) ? [.. plan.Starts.Where(start => start.Date is not null).Select(start => (start.Id, start.Date!.Rule))] : [];
}
