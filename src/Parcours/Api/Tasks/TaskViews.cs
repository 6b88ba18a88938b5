using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Points;
using Parcours.Security;

namespace Parcours.Api;

/// <param name="Title">What is to be done, in one line.</param>
/// <param name="Text">More about it.</param>
/// <param name="Kind">toDo without it.</param>
/// <param name="Priority">normal without it.</param>
/// <param name="Due">Without it, at any time.</param>
/// <param name="Assignee">The e-mail address of the user who shall do it; without it, whoever takes it.</param>
/// <param name="Contact">Whom it is about; only said when it is made.</param>
sealed record TaskBody(string Title, string? Text = null, TaskKind? Kind = null, TaskPriority? Priority = null, DateTimeOffset? Due = null, string? Assignee = null, Guid? Contact = null);

/// <summary>From what a person says of a task to what is stored.</summary>
static class TaskOrders
{
    public static async ValueTask<List<ProblemReason>> JudgeAsync(TaskBody order, Users users, CancellationToken cancellationToken)
    {
        var reasons = new List<ProblemReason>();
        if (order.Title.Trim().Length is 0 or > CheckContext.NameLengthMax || order.Title.Any(char.IsControl))
            reasons.Add(new("task.title", "/title", $"A title has 1 to {CheckContext.NameLengthMax} characters, on one line."));
        if (order.Text?.Length > CreateTaskPoint.NoteLengthMax)
            reasons.Add(new("task.text", "/text", $"A text has at most {CreateTaskPoint.NoteLengthMax} characters."));
        if (order.Assignee is { Length: > 0 } assignee && await users.ByEmailAsync(assignee, cancellationToken) is null)
            reasons.Add(new("task.assignee", "/assignee", $"Nobody signs in as '{assignee}'; choose another user, or add this one."));
        return reasons;
    }

    public static TaskRow Filled(TaskRow task, TaskBody order) => task with
    {
        Title = order.Title.Trim(),
        Text = string.IsNullOrWhiteSpace(order.Text) ? null : order.Text,
        Kind = order.Kind ?? TaskKind.ToDo,
        Priority = order.Priority ?? TaskPriority.Normal,
        Due = order.Due is { } due ? Instant.FromDateTimeOffset(due).Truncate() : null,
        Assignee = string.IsNullOrWhiteSpace(order.Assignee) ? null : order.Assignee.Trim().ToLowerInvariant(),
    };
}

/// <summary>Something that people shall do.</summary>
/// <param name="Due">Null: at any time.</param>
/// <param name="Overdue">It is open, and its time has passed.</param>
/// <param name="Assignee">The e-mail address of the user who shall do it; null: whoever takes it.</param>
/// <param name="Contact">Whom it is about; null: nobody.</param>
/// <param name="Journey">With its point null where a person made it, who stands in createdBy.</param>
/// <param name="DoneAt">Null: it is open.</param>
sealed record TaskView(
    Guid Id, string Title, string? Text, TaskKind Kind, TaskPriority Priority, DateTimeOffset? Due, bool Overdue, string? Assignee, FoundContact? Contact, string? Journey, string? Point,
    DateTimeOffset CreatedAt, string? CreatedBy, DateTimeOffset? DoneAt, string? DoneBy)
{
    /// <param name="mask">What a task says may be the value of a property.</param>
    public static TaskView Of(TaskRow task, Contact? contact, Instant now, Mask mask) => new(
        task.Id.Value, mask.Text(task.Title), task.Text is { } text ? mask.Text(text) : null, task.Kind, task.Priority, task.Due.ToApi(), task.DoneAt is null && task.Due < now, task.Assignee,
        contact is null ? null : FoundContact.Of(contact, mask), task.Journey?.Value, task.Point, task.CreatedAt.ToApi(), task.CreatedBy, task.DoneAt.ToApi(), task.DoneBy);
}

/// <param name="Overdue">Those of the open ones whose time has passed.</param>
sealed record TaskCountView(long Open, long Overdue)
{
    public static TaskCountView Of(TaskCount count) => new(count.Open, count.Overdue);
}
