using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>Reckons for each contact when the dates come that start a journey, after it has gone live or the time zones have changed (Semantics 6.11, 8.6). From then on each contact's own timer does.</summary>
/// <param name="since">When it went live: what came before is not caught up.</param>
sealed class ArmJob(JourneyId journey, Instant since, long after) : Job
{
    const int Slice = 200;
    long _after = after;

    public override string Name => "arm-" + journey.Value;
    public override JobDocument Document => new("arm", journey.Value, _after, Since: since.ToMicroseconds());

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var contacts = await unit.ReadContactsAsync(Partitions, _after, Slice, cancellationToken);
        await worker.WantAsync(unit, contacts.Select(contact => contact.Contact), cancellationToken);
        foreach (var contact in contacts)
        {
            await worker.StimulateAsync(unit, contact.Contact, new Stimulus.DatesReckoned(journey, since), Origin.Fill, now, cancellationToken);
            _after = contact.Contact.Number;
        }

        IsDone = contacts.Count < Slice;
    }
}
