using System.Collections.Immutable;
using NodaTime;

namespace Parcours.Journeys.Contacts;

/// <summary>Where a contact stands with a starting point that waits for nothing to happen (Semantics 6.14): what was left lying, and when that counts as abandoned.</summary>
/// <param name="Rule">By which rule it was reckoned.</param>
/// <param name="Due">When it counts as abandoned; null: something was seen, and not often enough.</param>
/// <param name="Event">The name of the latest event that counted.</param>
/// <param name="At">When that happened.</param>
/// <param name="Data">Its properties, with the items gathered before it.</param>
/// <param name="Seen">By what was looked at, the latest times; empty where once is enough.</param>
public sealed record AbandonMark(uint Rule, Instant? Due, string Event, Instant At, EventProperties Data, ImmutableArray<SeenItem> Seen)
{
    /// <summary>Nothing lies there since this instant: what comes late and is older begins nothing.</summary>
    public static AbandonMark Ended(uint rule, Instant at) => new(rule, null, "", at, EventProperties.Empty, []);

    public bool IsEnded => Event.Length == 0;
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Item">Which; empty where all count together.</param>
/// <param name="Times">The latest, oldest first; no more than count.</param>
public readonly record struct SeenItem(string Item, ImmutableArray<Instant> Times);
