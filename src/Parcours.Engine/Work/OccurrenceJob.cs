using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>Brings a moment of a journey's schedules to each contact that was there then, once (Semantics 6.12, 8.8). Whoever matches when their slice comes enters.</summary>
/// <param name="at">When it was ordered.</param>
sealed class OccurrenceJob(JourneyId journey, Instant at, IReadOnlyList<string> starts, long after) : Job
{
    const int Slice = 200;
    readonly Stimulus _stimulus = new Stimulus.Scheduled(journey, [.. starts]);
    long _after = after;

    // Of two moments each has a sweep of its own, should the first still be under way.
    public override string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"occurrence-{journey.Value}-{at.ToMicroseconds()}");
    public override JobDocument Document => new("occurrence", journey.Value, _after, Since: at.ToMicroseconds()) { Starts = starts };

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var contacts = await unit.ReadContactsAsync(Partitions, _after, Slice, cancellationToken);
        await worker.WantAsync(unit, contacts.Select(contact => contact.Contact), cancellationToken);
        foreach (var stored in contacts)
        {
            // Late-comers are not taken; one whose row cannot be read is put on record by whoever tries.
            if (worker.Read(stored) is not { } contact || contact.CreatedAt <= at)
                await worker.StimulateAsync(unit, stored.Contact, _stimulus, Origin.Journey, now, cancellationToken);
            _after = stored.Contact.Number;
        }

        IsDone = contacts.Count < Slice;
    }
}
