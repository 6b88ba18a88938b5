using System.Diagnostics;
using System.Diagnostics.Metrics;
using NodaTime;
using Parcours.Engine.Ports;

namespace Parcours.Engine.Telemetry;

/// <summary>What the engine tells of itself: one meter and one source of traces, by the names under which an exporter asks for them (docs/operations.md, "Metrics").</summary>
/// <remarks>
/// A turn gathers its figures in a <see cref="TurnTally"/> and adds them once, after its commit. While nobody listens an instrument costs a look at a flag.
/// Labels are taken from sets that the program knows: never a name, an address or an id that came in (Semantics 11.4).
/// </remarks>
public static class EngineTelemetry
{
    public const string Name = "Parcours.Engine";

    /// <summary>Spans: <c>submit</c>, <c>turn</c> with its stages, its <c>timers</c> and its <c>slice</c>s of work over many contacts, <c>gather</c>, <c>send</c>.</summary>
    public static ActivitySource Source { get; } = new(Name);

    static readonly Meter Meter = new(Name);

    // Half a millisecond to a minute: a commit is a few of the first, an outage some of the last.
    static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60] };

    static readonly Counter<long> Items = Meter.CreateCounter<long>("parcours.intake.items", "{item}", "Submissions judged by the engine, by outcome.");
    static readonly Counter<long> AwayItems = Meter.CreateCounter<long>("parcours.intake.turned_away", "{item}", "Submissions not taken because the engine could not, by reason; senders come again.");
    static readonly Histogram<double> Intake = Meter.CreateHistogram("parcours.intake.duration", "s", "From a submission to its answer: queued, appended, stepped and committed.", advice: Seconds);
    static readonly Gauge<long> Backlog = Meter.CreateGauge<long>("parcours.journal.backlog", "{entry}", "Entries that wait for their burst, as of the last commit.");
    static readonly Histogram<double> Stage = Meter.CreateHistogram("parcours.turn.duration", "s", "How long each stage of a turn took; all of them make one commit.", advice: Seconds);
    static readonly Counter<long> Worked = Meter.CreateCounter<long>("parcours.work.items", "{item}", "Items worked off, by kind.");
    static readonly Histogram<double> Lateness = Meter.CreateHistogram("parcours.timer.lateness", "s", "How late the latest timer of a turn fired.", advice: Seconds);
    static readonly Counter<long> Started = Meter.CreateCounter<long>("parcours.enrolments.started", "{enrolment}", "Enrolments begun.");
    static readonly Counter<long> Ended = Meter.CreateCounter<long>("parcours.enrolments.ended", "{enrolment}", "Enrolments ended, by outcome.");
    static readonly Counter<long> RefusedEntries = Meter.CreateCounter<long>("parcours.enrolments.refused", "{enrolment}", "Contacts who met a starting point and were not let in, by reason.");
    static readonly Counter<long> Flips = Meter.CreateCounter<long>("parcours.segment.flips", "{contact}", "Contacts who came into a segment or left one.");
    static readonly Counter<long> Jobs = Meter.CreateCounter<long>("parcours.jobs.finished", "{job}", "Fills, sweeps and other work over many contacts that is done, by kind.");
    static readonly Gauge<long> JobsOpen = Meter.CreateGauge<long>("parcours.jobs.open", "{job}", "The same, not done yet.");
    static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("parcours.dead_letters", "{entry}", "Entries that could not be worked off.");
    static readonly Counter<long> Decided = Meter.CreateCounter<long>("parcours.outbox.decided", "{message}", "Messages that journeys decided.");
    static readonly Counter<long> Settled = Meter.CreateCounter<long>("parcours.outbox.settled", "{message}", "What became of messages, by channel, result and reason; retried: it waits for another try.");
    static readonly Gauge<long> InFlight = Meter.CreateGauge<long>("parcours.outbox.in_flight", "{message}", "Messages claimed and not settled.");
    static readonly Gauge<double> Overdue = Meter.CreateGauge<double>("parcours.outbox.overdue", "s", "For how long the earliest message that waits could have gone already; 0: none is late.");
    static readonly Histogram<double> HandOver = Meter.CreateHistogram("parcours.provider.duration", "s", "How long a provider took for one message, by channel and result.", advice: Seconds);

    static readonly System.Collections.Concurrent.ConcurrentDictionary<JourneyEngine, byte> Engines = new();

    // Asked when somebody looks, not told after a commit: an engine that stands still commits nothing, and is behind all the same.
    static EngineTelemetry() => Meter.CreateObservableGauge("parcours.journal.lag", static () => Engines.Keys.Select(static engine => engine.Lag.TotalSeconds).DefaultIfEmpty().Max(), "s", "Age of the oldest entry that waits for its burst; of a worker that stands still, for how long it has not come round. 0: none waits.");

    /// <summary>From now on its lag is told, until <see cref="Unwatch"/>.</summary>
    internal static void Watch(JourneyEngine engine) => Engines.TryAdd(engine, 0);

    internal static void Unwatch(JourneyEngine engine) => Engines.TryRemove(engine, out _);

    internal static void TurnedAway(string reason, int items) => AwayItems.Add(items, new KeyValuePair<string, object?>("reason", reason));

    internal static void Answered(TimeSpan took) => Intake.Record(took.TotalSeconds);

    internal static void Staged(string stage, TimeSpan took) => Stage.Record(took.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    internal static bool WantsStages => Stage.Enabled || Source.HasListeners();

    internal static void JobFinished(string kind) => Jobs.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>One message at a provider.</summary>
    /// <param name="result">As in <see cref="MessageReasons"/>.</param>
    internal static void HandedOver(string channel, string result, TimeSpan took) =>
        HandOver.Record(took.TotalSeconds, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("result", result));

    /// <summary>The same as a span, where its channel has senders of its own: told when it is over, since many are under way on one thread.</summary>
    internal static void Traced(string channel, SendOutcome outcome, DateTimeOffset ended, TimeSpan took)
    {
        if (!Source.HasListeners())
            return;
        // It belongs to nothing that happens to run on this thread.
        var here = Activity.Current;
        Activity.Current = null;
        using (var span = Source.StartActivity("send", ActivityKind.Client, parentContext: default, startTime: ended - took))
        {
            span?.SetTag("parcours.channel", channel).SetTag("parcours.result", MessageReasons.Of(outcome)).SetEndTime(ended.UtcDateTime);
            if (outcome is SendOutcome.Failed or SendOutcome.InDoubt)
                span?.SetStatus(ActivityStatusCode.Error);
        }

        Activity.Current = here;
    }

    /// <summary>Adds what a turn came to; called once its commit is through.</summary>
    internal static void Committed(TurnTally tally, in Standing standing)
    {
        TookIn(tally);
        Add(Worked, tally.Entries, "kind", "entry");
        Add(Worked, tally.Timers, "kind", "timer");
        Add(Worked, tally.Results, "kind", "result");
        Add(Flips, tally.CameIn, "direction", "in");
        Add(Flips, tally.Left, "direction", "out");
        if (tally.Started > 0)
            Started.Add(tally.Started);
        if (tally.Decided > 0)
            Decided.Add(tally.Decided);
        if (tally.DeadLetters > 0)
            DeadLetters.Add(tally.DeadLetters);
        if (tally.Latest is { } latest)
            Lateness.Record(latest.TotalSeconds);
        foreach (var (outcome, count) in tally.Ended)
            Add(Ended, count, "outcome", outcome);
        foreach (var (reason, count) in tally.Refused)
            Add(RefusedEntries, count, "reason", reason);
        foreach (var ((channel, result, reason), count) in tally.Settled)
            Settled.Add(count, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("result", result), new KeyValuePair<string, object?>("reason", reason));
        Backlog.Record(standing.Backlog);
        JobsOpen.Record(standing.Jobs);
        InFlight.Record(standing.InFlight);
        Overdue.Record(standing.Overdue.TotalSeconds);
    }

    /// <summary>What was appended; also where that has a commit of its own.</summary>
    internal static void TookIn(TurnTally tally)
    {
        Add(Items, tally.Accepted, "outcome", "accepted");
        Add(Items, tally.Duplicates, "outcome", "duplicate");
        Add(Items, tally.Unknown, "outcome", "unknown_contact");
    }

    static void Add(Counter<long> counter, long count, string label, string value)
    {
        if (count > 0)
            counter.Add(count, new KeyValuePair<string, object?>(label, value));
    }

    /// <summary>Where the worker stands after a commit.</summary>
    internal readonly record struct Standing(int Backlog, int Jobs, int InFlight, Duration Overdue);
}
