using System.Collections.Immutable;
using NodaTime;

namespace Parcours.Journeys.Machine;

/// <summary>hash(enrolment, point, visit): a step that is tried again tells nobody twice (Semantics 3.7).</summary>
public readonly record struct NotificationId(Guid Value)
{
    public static NotificationId Of(EnrolmentId enrolment, string point, int visit) => new(Hashes.Guid($"notification\0{enrolment}\0{point}\0{visit}"));
    public override string ToString() => Value.ToString();
}

/// <summary>Users are told something of the contact, as the machine decided it at a point.</summary>
/// <param name="To">The e-mail addresses of the users; empty: all.</param>
public sealed record NotificationDecision(NotificationId Id, EnrolmentId Enrolment, JourneyId Journey, string Point, string Text, ImmutableArray<string> To, Instant DecidedAt);
