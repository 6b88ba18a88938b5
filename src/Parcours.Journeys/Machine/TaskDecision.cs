using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Machine;

/// <summary>hash(enrolment, point, visit): a step that is tried again makes no second task (Semantics 3.7).</summary>
public readonly record struct TaskId(Guid Value)
{
    public static TaskId Of(EnrolmentId enrolment, string point, int visit) => new(Hashes.Guid($"task\0{enrolment}\0{point}\0{visit}"));
    public override string ToString() => Value.ToString();
}

/// <summary>What kind of thing is to be done. The numbers are stored.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TaskKind>))]
public enum TaskKind : byte
{
    ToDo = 0,
    Call = 1,
    Email = 2,
    Appointment = 3,
}

/// <summary>How pressing a task is. The numbers are stored.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TaskPriority>))]
public enum TaskPriority : byte
{
    Low = 0,
    Normal = 1,
    High = 2,
}

/// <summary>A task for people, as the machine decided it at a point.</summary>
/// <param name="Due">Null: at any time.</param>
/// <param name="Assignee">The e-mail address of the user who shall do it; null: whoever takes it.</param>
/// <param name="Team">Whose it is together; null: no team's.</param>
public sealed record TaskDecision(TaskId Id, EnrolmentId Enrolment, JourneyId Journey, string Point, string Title, string? Note, TaskKind Kind, TaskPriority Priority, Instant? Due, string? Assignee, string? Team, Instant DecidedAt);
