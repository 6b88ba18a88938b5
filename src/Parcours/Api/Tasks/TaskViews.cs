using System.Security.Claims;
using NodaTime;
using Parcours.Engine;
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
/// <param name="Team">The name of the team whose it is: whoever of it takes it, where there is no assignee.</param>
/// <param name="Contact">Whom it is about; only said when it is made.</param>
sealed record TaskBody(string Title, string? Text = null, TaskKind? Kind = null, TaskPriority? Priority = null, DateTimeOffset? Due = null, string? Assignee = null, string? Team = null, Guid? Contact = null);

/// <summary>From what a person says of a task to what is stored.</summary>
static class TaskOrders
{
    public static async ValueTask<List<ProblemReason>> JudgeAsync(TaskBody order, IEngine engine, Users users, CancellationToken cancellationToken)
    {
        var reasons = new List<ProblemReason>();
        if (order.Title.Trim().Length is 0 or > CheckContext.NameLengthMax || order.Title.Any(char.IsControl))
            reasons.Add(new("task.title", "/title", $"A title has 1 to {CheckContext.NameLengthMax} characters, on one line."));
        if (order.Text?.Length > CreateTaskPoint.NoteLengthMax)
            reasons.Add(new("task.text", "/text", $"A text has at most {CreateTaskPoint.NoteLengthMax} characters."));
        if (order.Assignee is { Length: > 0 } assignee && await users.ByEmailAsync(assignee, cancellationToken) is null)
            reasons.Add(new("task.assignee", "/assignee", $"Nobody signs in as '{assignee}'; choose another user, or add this one."));
        if (order.Team is { Length: > 0 } team && !engine.Current.Teams.ContainsKey(team))
            reasons.Add(new("task.team", "/team", $"There is no team '{team}'; choose another, or make this one."));
        return reasons;
    }

    /// <summary>Whoever has it now is told: the user, or the team that it waits for; not who says so.</summary>
    /// <param name="before">Null: it is new.</param>
    public static void Tell(WriteSet writes, TaskRow task, TaskRow? before, ClaimsPrincipal by, IEngine engine, TimeProvider time, Instant now)
    {
        if (task.DoneAt is not null || before is not null && (before.Assignee, before.Team) == (task.Assignee, task.Team))
            return;
        IEnumerable<string> readers = task.Assignee is { } one ? one == before?.Assignee ? [] : [one] : task.Team is { } team ? engine.Current.Teams.GetValueOrDefault(team)?.Members ?? [] : [];
        foreach (var reader in readers.Where(reader => reader != by.Identity?.Name))
            writes.Notifications.Add(NotificationRow.OfTask(new(Guid.CreateVersion7(time.GetUtcNow())), reader, task, now.Truncate()));
    }

    public static TaskRow Filled(TaskRow task, TaskBody order) => task with
    {
        Title = order.Title.Trim(),
        Text = string.IsNullOrWhiteSpace(order.Text) ? null : order.Text,
        Kind = order.Kind ?? TaskKind.ToDo,
        Priority = order.Priority ?? TaskPriority.Normal,
        Due = order.Due is { } due ? Instant.FromDateTimeOffset(due).Truncate() : null,
        Assignee = string.IsNullOrWhiteSpace(order.Assignee) ? null : order.Assignee.Trim().ToLowerInvariant(),
        Team = string.IsNullOrWhiteSpace(order.Team) ? null : order.Team,
    };
}

/// <summary>Something that people shall do.</summary>
/// <param name="Due">Null: at any time.</param>
/// <param name="Overdue">It is open, and its time has passed.</param>
/// <param name="Assignee">The e-mail address of the user who shall do it; null: whoever takes it.</param>
/// <param name="Team">The name of the team whose it is; null: no team's.</param>
/// <param name="Contact">Whom it is about; null: nobody.</param>
/// <param name="Journey">With its point null where a person made it, who stands in createdBy.</param>
/// <param name="DoneAt">Null: it is open.</param>
sealed record TaskView(
    Guid Id, string Title, string? Text, TaskKind Kind, TaskPriority Priority, DateTimeOffset? Due, bool Overdue, string? Assignee, string? Team, FoundContact? Contact, string? Journey, string? Point,
    DateTimeOffset CreatedAt, string? CreatedBy, DateTimeOffset? DoneAt, string? DoneBy)
{
    /// <param name="mask">What a task says may be the value of a property.</param>
    public static TaskView Of(TaskRow task, Contact? contact, Instant now, Mask mask) => new(
        task.Id.Value, mask.Text(task.Title), task.Text is { } text ? mask.Text(text) : null, task.Kind, task.Priority, task.Due.ToApi(), task.DoneAt is null && task.Due < now, task.Assignee, task.Team,
        contact is null ? null : FoundContact.Of(contact, mask), task.Journey?.Value, task.Point, task.CreatedAt.ToApi(), task.CreatedBy, task.DoneAt.ToApi(), task.DoneBy);
}

/// <param name="Overdue">Those of the open ones whose time has passed.</param>
sealed record TaskCountView(long Open, long Overdue)
{
    public static TaskCountView Of(TaskCount count) => new(count.Open, count.Overdue);
}
