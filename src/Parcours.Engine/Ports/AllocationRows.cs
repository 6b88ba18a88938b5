using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Ports;

/// <summary>Where something that an allocator gives out stands. The numbers are stored.</summary>
public enum AllocationStatus : byte
{
    /// <summary>Nobody's: a code that was uploaded, or handed back.</summary>
    Free = 0,
    /// <summary>Somebody's who waits for it.</summary>
    Waiting = 1,
    Given = 2,
    /// <summary>That there was none; kept for a while, so that who asks again hears the same.</summary>
    Refused = 3,
}

/// <summary>An allocator as it stands after its last answer (Semantics 9.2).</summary>
/// <param name="Waits">Whether somebody waits for it to give out more by itself.</param>
/// <param name="State">Made by the engine's codec.</param>
public sealed record AllocatorRow(AllocatorId Allocator, bool Waits, ReadOnlyMemory<byte> State);

/// <summary>One thing that an allocator gives out, or the answer that there was none.</summary>
/// <param name="Number">Its key within the allocator: rises in the order in which things are given out or came in; below zero: a refusal.</param>
/// <param name="Ask">Who has it; null: nobody.</param>
/// <param name="At">When it came to stand so.</param>
/// <param name="Value">A code, which no other of its pool has; or a user's address.</param>
/// <param name="KeptUntil">Dropped after this; null: never.</param>
public sealed record AllocationRow(AllocatorId Allocator, long Number, AllocationStatus Status, AskId? Ask, ContactId? Contact, EnrolmentId? Enrolment, Instant At, string? Value, Instant? Expires, Instant? KeptUntil);

/// <summary>How many of an allocator's things stand where.</summary>
public sealed record AllocationCounts(long Free, long Waiting, long Given);
