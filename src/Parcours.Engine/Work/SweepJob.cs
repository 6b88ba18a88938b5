using System.Globalization;
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
/// <param name="order">The sequence of what ordered it; 0: an older version of the engine did.</param>
sealed class SweepJob(JourneyId journey, SweepKind kind, long order, long after) : Job
{
    const int Slice = 200;
    long _after = after;

    // Of two pauses that end each has a sweep of its own, should the first still be under way.
    public override string Name => order == 0 ? Stem(journey, kind) : string.Create(CultureInfo.InvariantCulture, $"{Stem(journey, kind)}{OrderMark}{order}");
    public override JobDocument Document => new(NameOf(kind), journey.Value, _after, UpTo: order);

    /// <summary>No journey has it in its id.</summary>
    public const char OrderMark = '.';

    /// <summary>How the names of all such sweeps begin: its order follows, or the partition.</summary>
    public static string Stem(JourneyId journey, SweepKind kind) => NameOf(kind) + "-" + journey.Value;

    public bool Tells(JourneyId whom, SweepKind what) => whom == journey && what == kind;

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
