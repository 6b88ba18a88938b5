using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Engine.Work;

/// <summary>Reckons the local times that a journey's contacts wait for by another time-zone database: the intention is stored beside the instant for this (Semantics 8.5, 8.6).</summary>
sealed class RetimeJob(JourneyId journey, IDateTimeZoneProvider zones, long after) : Job
{
    const int Slice = 200;
    static readonly LocalDateTimePattern Meant = LocalDateTimePattern.Create("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
    long _after = after;

    public JourneyId Journey => journey;
    public override string Name => "retime-" + journey.Value;
    public override JobDocument Document => new("retime", journey.Value, _after);

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var inside = await unit.ReadInsideAsync(Partitions, journey, _after, Slice, cancellationToken);
        await worker.WantAsync(unit, inside, cancellationToken);
        foreach (var contact in inside)
        {
            await worker.RetimeAsync(unit, contact, journey, wait => Retimed(wait, now), now, cancellationToken);
            _after = contact.Number;
        }

        // What merges meanwhile is re-timed where it arrives, while this still runs: so not before it has arrived.
        IsDone = inside.Count < Slice && !worker.HasBacklog && !worker.HasRelays;
    }

    /// <summary>When the wait is over now; never before <paramref name="now"/>. As it was, where it is for no local time or of a zone that is no more.</summary>
    public Instant? Retimed(Wait wait, Instant now)
    {
        if (wait is not { Queue: TimerQueue.Calendar, Due: { } due, Intention: { } intention } || intention.Split(' ') is not [var local, var zone, .. var beyond])
            return wait.Due;
        var later = beyond is [var seconds] && long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var past) ? Duration.FromSeconds(past) : Duration.Zero;
        return Meant.Parse(local) is { Success: true } meant && zones.GetZoneOrNull(zone) is { } known
            ? Later(due, LocalTimes.ToInstant(meant.Value, known) + later, now)
            : due;
    }

    // What is overdue already keeps its time: its timer fires at once.
    static Instant Later(Instant due, Instant anew, Instant now) => due <= now || anew == due ? due : Instant.Max(anew, now);
}
