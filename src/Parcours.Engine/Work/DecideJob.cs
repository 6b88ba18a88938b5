using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>Decides, contact by contact, who is a member of a segment that is new or changed; what changes hands has origin fill (Semantics 7.7, 7.8).</summary>
sealed class DecideJob(string segment, long after, long total) : Job
{
    const int Slice = 200;
    long _after = after;

    public string Segment => segment;
    public override string Name => "decide-" + segment;
    public override JobDocument Document => new("decide", segment, _after);
    /// <summary>0 to 1, by contact numbers.</summary>
    public double Progress => IsDone ? 1 : total == 0 ? 0 : Math.Min(1, _after / (double)total);

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var contacts = await unit.ReadContactsAsync(Partitions, _after, Slice, cancellationToken);
        await worker.WantAsync(unit, contacts.Select(contact => contact.Contact), cancellationToken);
        foreach (var contact in contacts)
        {
            await worker.StimulateAsync(unit, contact.Contact, new Stimulus.Filled([], [segment]), Origin.Fill, now, cancellationToken);
            _after = contact.Contact.Number;
        }

        IsDone = contacts.Count < Slice;
    }
}
