using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>How an enrolment ended. The numbers are stored.</summary>
public enum Outcome : byte
{
    Successful = 1,
    Unsuccessful = 2,
    Completed = 3,
    /// <summary>An exit condition held, or the journey ended.</summary>
    Exited = 4,
    /// <summary>Taken out by a person, a bulk order or a merge.</summary>
    Removed = 5,
    /// <summary>A step threw, or the visit limit was reached.</summary>
    Failed = 6,
}

/// <summary>Which of a journey's two queues a wait stands in (Semantics 8.1). The numbers are stored.</summary>
public enum TimerQueue : byte
{
    /// <summary>Delays and time-outs: due in journey time = wall time less the time that the journey was frozen so far.</summary>
    Elapsed = 0,
    /// <summary>Dates and clock times: due in wall time.</summary>
    Calendar = 1,
}

/// <summary>What a waiting enrolment waits for.</summary>
/// <param name="Due">When its timer fires, in the time of <paramref name="Queue"/>; null: never by itself.</param>
/// <param name="Reason">Why it waits, as a stable code for the card: <c>delay</c>, <c>until</c>, <c>activity</c> …</param>
/// <param name="Intention">For a local time, what the author meant (e.g. <c>2026-03-29T02:30 Europe/Paris</c>), stored beside the instant (Semantics 8.5).</param>
/// <param name="Noted">The awaited activity happened while the journey was paused; it acts at resume (Semantics 8.3).</param>
public sealed record Wait(Instant? Due, TimerQueue Queue, string Reason, string? Intention = null, bool Noted = false);

/// <summary>Where an enrolment stands: a closed set.</summary>
public abstract record EnrolmentState
{
    EnrolmentState() { }

    /// <param name="Point">The id of the point where it waits.</param>
    /// <param name="Since">When it arrived there.</param>
    public sealed record Waiting(string Point, Instant Since, Wait Wait) : EnrolmentState;

    /// <param name="Why">A stable code, or the failure's text; null where the outcome says all.</param>
    /// <param name="Point">The last point; of a failed one the point whose step failed.</param>
    public sealed record Ended(Outcome Outcome, Instant At, string? Why, string? Point) : EnrolmentState
    {
        /// <summary>Of a failed one: where it stood and what it waited for, so that it can be put back there (Semantics 3.8). One that was only on its way has <see cref="OnItsWay"/> for a reason, at the point where it was bound.</summary>
        public Waiting? Stood { get; init; }
    }

    /// <summary>The reason of a wait that is none: it has not come to its point.</summary>
    public const string OnItsWay = "underway";
}

/// <summary>What became of a message. Status only rises: an open implies sent and delivered (Semantics 10.5). The numbers are stored.</summary>
public enum MessageStatus : byte
{
    Pending = 0,
    Skipped = 1,
    Failed = 2,
    InDoubt = 3,
    Sent = 4,
    Delivered = 5,
    Opened = 6,
    Clicked = 7,
    Bounced = 8,
    Complained = 9,
    Cancelled = 10,
}

/// <summary>What an enrolment remembers of a message that it decided, for conditions on this journey's messages.</summary>
/// <param name="Version">The journey's version that decided it, and counts it.</param>
public sealed record EnrolmentMessage(MessageKey Key, string Point, int Visit, MessageStatus Status, Instant At, bool Opened, bool Clicked, ImmutableArray<string> Links, int Version);

/// <summary>The path that an enrolment drew at a split.</summary>
public readonly record struct SplitDraw(string Point, string Path);

/// <summary>One contact's trip through one journey version. Immutable: a step makes the next.</summary>
public sealed record Enrolment
{
    public required EnrolmentId Id { get; init; }
    public required ContactId Contact { get; init; }
    public required JourneyId Journey { get; init; }
    public required int Version { get; init; }
    /// <summary>The newest version whose publisher left it where it was; 0: none did. It is not asked again (Semantics 6.4).</summary>
    public int Settled { get; init; }
    /// <summary>1 for the contact's first entry into this journey.</summary>
    public required int Number { get; init; }
    public required Instant StartedAt { get; init; }
    /// <summary>When what started it occurred: waits hear nothing that occurred earlier (Semantics 2.4).</summary>
    public required Instant StartOccurredAt { get; init; }
    /// <summary>The id of the starting point that brought the contact in; <c>hand</c> when a person or the API did.</summary>
    public required string StartingPoint { get; init; }
    public string? EventKey { get; init; }
    public required EnrolmentState State { get; init; }
    /// <summary>Rises with each change; an act by hand names the one it saw (Semantics 8.7).</summary>
    public int Revision { get; init; }
    /// <summary>How often each point was entered. Never changed: a step makes the next from a copy.</summary>
    public SmallDictionary<string, int> Visits { get; init; } = NoVisits;
    public static SmallDictionary<string, int> NoVisits { get; } = new();
    public ImmutableArray<EnrolmentMessage> Messages { get; init; } = [];
    /// <summary>The properties of the event that started it (or the data given by hand): journey data, at most 64 KB.</summary>
    public EventProperties Data { get; init; } = EventProperties.Empty;
    /// <summary>What it has asked of allocators and may still have to hand back; empty for most (Semantics 9.3).</summary>
    public ImmutableArray<Claim> Claims { get; init; } = [];
    /// <summary>What it drew at splits whose shares had been set while the journey runs: once drawn, a path stays its own (Semantics 6.5). Empty for most.</summary>
    public ImmutableArray<SplitDraw> Draws { get; init; } = [];
    /// <summary>The name of the event that started it, if one did.</summary>
    public string? StartEvent { get; init; }

    /// <summary>The path that it drew there; null: none that is on record.</summary>
    public string? DrawAt(string point)
    {
        foreach (var draw in Draws)
            if (draw.Point == point)
                return draw.Path;
        return null;
    }
}
