using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Work;

/// <summary>Skips what waited when sending was let go, since somebody decided that it may not go any more (Semantics 12.3). Until it is done nothing is claimed; enrolments that wait for such a message hear of it.</summary>
/// <param name="upTo">What was decided later goes.</param>
sealed class DiscardJob(Instant upTo) : Job
{
    const int Slice = 200;
    const string Why = "discarded";
    (Instant NotBefore, long Number)? _after;

    public override string Name => "discard";

    // It begins anew after a restart: what it has skipped waits no more.
    public override JobDocument Document => new("discard", "", 0, Since: upTo.ToMicroseconds());

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var waiting = await unit.ReadPendingMessagesAsync(Partitions, Instant.MaxValue, _after, Slice, cancellationToken);
        await worker.WantAsync(unit, waiting.Select(row => row.Contact), cancellationToken);
        foreach (var row in waiting)
        {
            _after = (row.NotBefore, row.Number);
            if (row.DecidedAt <= upTo)
                await worker.SkipAsync(unit, row, Why, now, cancellationToken);
        }

        IsDone = waiting.Count < Slice;
    }
}
