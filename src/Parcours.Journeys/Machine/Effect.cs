using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Machine;

/// <summary>What a point wants done: a closed set. The burst applies the first two to its contact at once; the rest leaves with the commit.</summary>
public abstract record Effect
{
    Effect() { }

    public sealed record Edit(ContactEdit Order) : Effect;

    /// <summary>A real event with origin journey (Semantics 3.7).</summary>
    public sealed record RecordEvent(string Name, EventProperties Properties) : Effect;

    /// <summary>The contact enters another journey, once this run waits or has ended.</summary>
    /// <param name="Asks">Whether the enrolment waits for what comes of it, as a <see cref="Stimulus.JourneyEntered"/>.</param>
    public sealed record EnterJourney(JourneyId Journey, EventProperties Data, bool Asks) : Effect;

    /// <summary>The contact leaves another journey, <c>exited</c>.</summary>
    public sealed record LeaveJourney(JourneyId Journey) : Effect;

    /// <summary>A message was decided (Semantics 10.1): to be sent, or skipped with the first reason.</summary>
    public sealed record Message(MessageDecision Decision) : Effect;

    /// <summary>People shall do something about the contact.</summary>
    public sealed record Task(TaskDecision Decision) : Effect;

    /// <summary>Something is asked of an allocator; the enrolment waits at its point for the <see cref="Stimulus.Answered"/> (Semantics 9.2).</summary>
    public sealed record Ask(AllocatorId Allocator, AllocatorAsk What) : Effect;

    /// <summary>A text becomes part of the enrolment's journey data.</summary>
    public sealed record KeepData(string Name, string Text) : Effect;

    /// <summary>The path that was drawn here stays this enrolment's, whatever is set later (Semantics 6.3, 6.5).</summary>
    public sealed record KeepDraw(string Path) : Effect;

    /// <summary>The contact meets an experiment (Semantics 6.13).</summary>
    public sealed record Expose(ExposureMark Mark) : Effect;

    /// <summary>Users are told something of the contact.</summary>
    public sealed record Notify(NotificationDecision Decision) : Effect;
}

/// <summary>Whether a message is marketing (consent asked, unsubscribe link) or transactional. The numbers are stored.</summary>
public enum MessagePurpose : byte
{
    Marketing = 0,
    Transactional = 1,
}

/// <summary>A message as the machine decided it at a point.</summary>
/// <param name="Content">The name of the content; rendered in the version live at hand-over (Semantics 6.7).</param>
/// <param name="Skip">Null: send. Else the first reason: <c>no-address</c>, <c>suppressed</c>, <c>archived</c>, <c>no-consent</c>, <c>refused</c>, <c>expired</c>, <c>outside-window</c>, <c>quiet-hours</c>, <c>capped</c>, <c>too-large</c>.</param>
public sealed record MessageDecision(
    MessageKey Key,
    EnrolmentId Enrolment,
    JourneyId Journey,
    int Version,
    string Point,
    int Visit,
    string Channel,
    string Content,
    string Topic,
    MessagePurpose Purpose,
    string? Address,
    Instant DecidedAt,
    Instant? NotBefore,
    Instant Expires,
    string? Skip)
{
    /// <summary>When it may leave; null: at any time. The outbox judges it anew last thing before handing over (Semantics 10.4).</summary>
    public SendWindow? Window { get; init; }

    /// <summary>Where the contact lives, by which quiet hours are judged then; null: none concerned it when it was decided.</summary>
    public QuietPlace? Place { get; init; }

    /// <summary>Of a webhook: what is asked; null for what people get.</summary>
    public WebRequest? Request { get; init; }
}
