using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>Tells everybody inside a journey that it has ended (Semantics 6.8) or goes on after a pause (8.3).</summary>
sealed class SweepJob(JourneyId journey, bool ends, long after) : Job
{
    const int Slice = 200;
    long _after = after;

    public JourneyId Journey => journey;
    public bool Ends => ends;
    public override string Name => (ends ? "end-" : "resume-") + journey.Value;
    public override JobDocument Document => new(ends ? "end" : "resume", journey.Value, _after);

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var inside = await unit.ReadInsideAsync(Partitions, journey, _after, Slice, cancellationToken);
        await worker.WantAsync(unit, inside, cancellationToken);
        Stimulus stimulus = ends ? new Stimulus.JourneyEnded(journey) : new Stimulus.JourneyResumed(journey);
        foreach (var contact in inside)
        {
            await worker.StimulateAsync(unit, contact, stimulus, Origin.Person, now, cancellationToken);
            _after = contact.Number;
        }

        IsDone = inside.Count < Slice;
    }
}
