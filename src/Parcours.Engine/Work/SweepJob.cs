using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>What everybody inside a journey is told.</summary>
enum SweepKind
{
    /// <summary>It has ended (Semantics 6.8).</summary>
    End,
    /// <summary>It goes on after a pause (Semantics 8.3).</summary>
    Resume,
    /// <summary>A version was published that people are moved into (Semantics 6.4).</summary>
    Publish,
}

/// <summary>Tells everybody inside a journey.</summary>
sealed class SweepJob(JourneyId journey, SweepKind kind, long after) : Job
{
    const int Slice = 200;
    long _after = after;

    public override string Name => NameOf(kind) + "-" + journey.Value;
    public override JobDocument Document => new(NameOf(kind), journey.Value, _after);

    public static SweepKind? KindOf(string name) => Enum.GetValues<SweepKind>().Cast<SweepKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == name);

    static string NameOf(SweepKind kind) => kind switch
    {
        SweepKind.End => "end",
        SweepKind.Resume => "resume",
        _ => "publish",
    };

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var inside = await unit.ReadInsideAsync(Partitions, journey, _after, Slice, cancellationToken);
        await worker.WantAsync(unit, inside, cancellationToken);
        Stimulus stimulus = kind switch
        {
            SweepKind.End => new Stimulus.JourneyEnded(journey),
            SweepKind.Resume => new Stimulus.JourneyResumed(journey),
            _ => new Stimulus.VersionPublished(journey),
        };
        foreach (var contact in inside)
        {
            await worker.StimulateAsync(unit, contact, stimulus, Origin.Person, now, cancellationToken);
            _after = contact.Number;
        }

        IsDone = inside.Count < Slice;
    }
}
