using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>Names one aggregate (events, filter, window, function): the first 64 bits of SHA-256 over its canonical JSON, so equal aggregates are one everywhere (Semantics 7.3).</summary>
public readonly record struct AggregateId(ulong Value);

/// <summary>What one contact keeps for one aggregate: an immutable, mergeable summary (Semantics 7.1, 7.2).</summary>
/// <remarks>
/// <see cref="Merge"/> is commutative and associative and the order of <see cref="AggregateDefinition.Add"/> does not matter, so late events, filling beside live traffic and merging
/// contacts are one operation. Events of the future (up to 24 h) wait inside until their time.
/// </remarks>
public abstract record AggregateMemory
{
    /// <summary>The union of two memories of the same aggregate over disjoint events.</summary>
    public abstract AggregateMemory Merge(AggregateMemory other);

    /// <summary>How many single events it keeps; the rest of a memory is of fixed size.</summary>
    public virtual int Kept => 0;

    /// <summary>The stored form; it begins with a version byte (Semantics 13.3).</summary>
    public abstract void Write(System.Buffers.IBufferWriter<byte> output);
}
