using System.Collections.Immutable;
using NodaTime;

namespace Parcours.Journeys.Machine;

/// <summary>hash(enrolment, point, visit): a step that is tried again tells nobody twice (Semantics 3.7).</summary>
public readonly record struct NotificationId(Guid Value)
{
    public static NotificationId Of(EnrolmentId enrolment, string point, int visit) => new(Hashes.Guid($"notification\0{enrolment}\0{point}\0{visit}"));
    /// <summary>hash(journey, code, day): however often it happens, people are told once a day.</summary>
    public static NotificationId OfAlert(JourneyId journey, string code, Instant at) => new(Hashes.Guid($"alert\0{journey}\0{code}\0{at.InUtc().Date:uuuu-MM-dd}"));

    /// <summary>hash(task, reader): a task that is made twice is told once.</summary>
    public static NotificationId OfTask(TaskId task) => new(Hashes.Guid($"task-told\0{task}"));

    public override string ToString() => Value.ToString();
}

/// <summary>Users are told something of the contact, as the machine decided it at a point.</summary>
/// <param name="To">The e-mail addresses of the users; empty: all.</param>
public sealed record NotificationDecision(NotificationId Id, EnrolmentId Enrolment, JourneyId Journey, string Point, string Text, ImmutableArray<string> To, Instant DecidedAt);
