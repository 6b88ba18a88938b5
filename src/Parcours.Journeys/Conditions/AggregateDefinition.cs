using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>What is remembered of a contact's events for a condition: event names, filter, window, function.</summary>
/// <remarks>
/// Of events three forms are all there are (Semantics 7.2): <see cref="FoldedAggregate"/> for ever and fixed windows, <see cref="LatestAggregate"/> for "at least k within" and the last,
/// <see cref="WindowAggregate"/> for everything else in a rolling window; of messages there is <see cref="LastMessagesAggregate"/>. A worker calls <see cref="Matches"/> and <see cref="Add"/> for each event that names it; a contact without a match stores nothing.
/// </remarks>
public abstract partial class AggregateDefinition
{
    public abstract AggregateId Id { get; }

    /// <summary>Canonical JSON: equal aggregates have equal texts.</summary>
    public abstract string Canonical { get; }

    /// <summary>The names of the events that it listens to.</summary>
    public abstract IReadOnlyList<string> Events { get; }

    /// <summary>Whether the event counts: its name, its properties and, for a fixed window, its time; never the clock.</summary>
    public abstract bool Matches(ContactEvent occurred);

    /// <summary>The memory with one more matching event; <paramref name="memory"/> is null for the first. Items that no later question can need are dropped as of <paramref name="now"/>.</summary>
    public abstract AggregateMemory Add(AggregateMemory? memory, ContactEvent occurred, Instant now);

    /// <summary>Reads what <see cref="AggregateMemory.Write"/> wrote.</summary>
    public abstract AggregateMemory Read(ReadOnlySpan<byte> stored);
}
