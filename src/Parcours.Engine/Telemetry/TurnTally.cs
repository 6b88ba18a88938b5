using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Telemetry;

/// <summary>The figures of one turn, until its commit says that they are true. Reused from turn to turn.</summary>
sealed class TurnTally
{
    public long Accepted { get; set; }
    public long Duplicates { get; set; }
    public long Unknown { get; set; }
    public long Entries { get; set; }
    public long Timers { get; set; }
    public long Results { get; set; }
    public long Started { get; private set; }
    public long Decided { get; private set; }
    public long CameIn { get; private set; }
    public long Left { get; private set; }
    public long DeadLetters { get; set; }
    /// <summary>How late the latest timer fired; null: none did.</summary>
    public Duration? Latest { get; private set; }
    public Dictionary<string, long> Ended { get; } = [];
    public Dictionary<string, long> Refused { get; } = [];
    public Dictionary<(string Channel, string Result, string Reason), long> Settled { get; } = [];

    /// <summary>Takes what of the map's counters is a figure of the engine too.</summary>
    /// <remarks>Hot path: bench/. Ten calls a burst, most of which are for the map alone.</remarks>
    public void Count(in CounterKey key, long by)
    {
        switch (key.Kind)
        {
            case CounterKind.Started:
                Started += by;
                break;
            case CounterKind.Ended:
                Add(Ended, key.Edge, by);
                break;
            case CounterKind.MessageDecided:
                Decided += by;
                break;
            case CounterKind.Refused:
                Add(Refused, key.Edge, by);
                break;
            case CounterKind.SegmentMembers when by > 0:
                CameIn += by;
                break;
            case CounterKind.SegmentMembers:
                Left -= by;
                break;
        }
    }

    public void Took(AppendOutcome outcome)
    {
        if (outcome == AppendOutcome.Appended)
            Accepted++;
        else if (outcome == AppendOutcome.Duplicate)
            Duplicates++;
        else
            Unknown++;
    }

    public void Fired(Duration late)
    {
        if (Latest is not { } latest || late > latest)
            Latest = late > Duration.Zero ? late : Duration.Zero;
    }

    /// <param name="result">What became of it; <c>retried</c>: it waits for another try.</param>
    public void SettledOne(string channel, string result, string? why) => Add(Settled, (channel, result, MessageReasons.Of(why)), 1);

    static void Add<T>(Dictionary<T, long> counts, T key, long by) where T : notnull =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += by;

    public void Clear()
    {
        Accepted = Duplicates = Unknown = Entries = Timers = Results = Started = Decided = CameIn = Left = DeadLetters = 0;
        Latest = null;
        Ended.Clear();
        Refused.Clear();
        Settled.Clear();
    }
}
