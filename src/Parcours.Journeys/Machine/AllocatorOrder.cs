using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>hash(enrolment, point, visit): asked again, an allocator answers the same and gives nothing twice (Semantics 9.2).</summary>
public readonly record struct AskId(Guid Value)
{
    public static AskId Of(EnrolmentId enrolment, string point, int visit) => new(Hashes.Guid($"ask\0{enrolment}\0{point}\0{visit}"));
    public override string ToString() => Value.ToString("N");
}

/// <summary>What is asked of an allocator: all that it must know to answer, but for what belongs to a pool or a journey as they are when it answers.</summary>
/// <param name="Most">Of the first so many places; 0 else.</param>
/// <param name="Among">Of users in turn; empty else.</param>
public sealed record AllocatorAsk(long Most, ImmutableArray<Share> Among)
{
    public static AllocatorAsk Plain { get; } = new(0, []);
}

/// <summary>How often somebody's turn comes, beside the others.</summary>
/// <param name="Weight">1 to 100.</param>
public readonly record struct Share(string Name, int Weight);

/// <summary>What an allocator says.</summary>
/// <param name="Granted">False: the places are taken, the pool is empty.</param>
/// <param name="Value">A code, or a user's address; null where there is nothing to say.</param>
/// <param name="Expires">Until when a code is good; null: nobody said.</param>
public sealed record AllocatorAnswer(bool Granted, string? Value = null, Instant? Expires = null);

/// <summary>An order that leaves for an allocator with the commit.</summary>
/// <param name="What">Null: what was asked for is handed back, wherever it has come to by then (Semantics 9.3).</param>
public sealed record AllocatorOrder(AllocatorId Allocator, AskId Ask, ContactId Contact, EnrolmentId Enrolment, JourneyId Journey, string Point, AllocatorAsk? What);

/// <summary>What an enrolment has asked of an allocator, for as long as it may have to hand it back.</summary>
/// <param name="Point">Where it waits for the answer: a point, or a starting point.</param>
/// <param name="Visit">The visit of the point; 0 for a starting point.</param>
/// <param name="Answer">Null: it has not come.</param>
public sealed record Claim(AllocatorId Allocator, AskId Ask, string Point, int Visit, AllocatorAnswer? Answer);
