using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>What people shall do: made by journeys (<c>createTask</c>) and by hand.</summary>
static class TasksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("tasks").WithTags("Tasks");
        tasks.MapGet("", ListAsync).WithName("tasks").WithSummary("Open tasks by when they are due, those due at any time last; done ones newest first.").Produces<Page<TaskView>>().Fails(400);
        tasks.MapGet("count", CountAsync).WithName("task-count").WithSummary("How many open tasks the caller has; a key has none.").Produces<TaskCountView>();
        tasks.MapPost("", PostAsync).WithName("post-task").WithSummary("Makes a task.").Produces<TaskView>(201).Fails(400);
        tasks.MapGet("{id:guid}", async (Guid id, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken) =>
                await engine.Queries.TaskAsync(new(id), cancellationToken) is { } task ? Results.Ok(await ViewAsync(task, engine, user, cancellationToken)) : NotFound(id))
            .WithName("task").WithSummary("One task, whoever made it.").Produces<TaskView>().Fails(404);
        tasks.MapPut("{id:guid}", PutAsync).WithName("put-task").WithSummary("Replaces what it says, when it is due and who does it; whom it is about stays.").Produces<TaskView>().Fails(400, 404);
        tasks.MapPost("{id:guid}/complete", (Guid id, ClaimsPrincipal user, IEngine engine, TimeProvider time, CancellationToken cancellationToken) =>
                ChangeAsync(id, user, engine, time, (task, now) => task.DoneAt is null ? task with { DoneAt = now, DoneBy = user.Identity?.Name } : task, cancellationToken))
            .WithName("complete-task").WithSummary("It is done. One that is done already stays as it was.").Produces<TaskView>().Fails(404);
        tasks.MapPost("{id:guid}/reopen", (Guid id, ClaimsPrincipal user, IEngine engine, TimeProvider time, CancellationToken cancellationToken) =>
                ChangeAsync(id, user, engine, time, (task, _) => task with { DoneAt = null, DoneBy = null }, cancellationToken))
            .WithName("reopen-task").WithSummary("It is not done after all.").Produces<TaskView>().Fails(404);
        tasks.MapDelete("{id:guid}", DeleteAsync).WithName("delete-task").WithSummary("Takes it away, as if it had never been.").Produces(204).Fails(404);
    }

    static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, Users users, CancellationToken cancellationToken,
        [Description("open (else), done or overdue.")] string? state = null,
        [Description("The e-mail address of a user; me for the caller, teams for what is the caller's teams', none for those that are nobody's yet.")] string? assignee = null,
        [Description("Of the team of this name.")] string? team = null,
        [Description("About this contact.")] Guid? contact = null, [Description("Made by this journey.")] string? journey = null)
    {
        if (state is not (null or "open" or "done" or "overdue"))
            return new ProblemAnswer(Problems.Invalid("task.state", "state", $"There is no state '{state}': say open, done or overdue."));
        var me = assignee is "me" or "teams" ? (await MeApi.UserAsync(user, users, cancellationToken))?.Email : null;
        if (assignee is "me" or "teams" && me is null)
            return new ProblemAnswer(Problems.Invalid("task.me", "assignee", "A key is nobody: name the user by e-mail address."));
        var filter = new TaskFilter(state == "done")
        {
            Assignee = assignee is "me" ? me : assignee is "none" or "teams" ? null : assignee,
            Teams = (assignee, team) switch
            {
                ("teams", null) => Teams.Of(engine, me!),
                ("teams", _) => [.. Teams.Of(engine, me!).Where(mine => mine == team)],
                _ => team is null ? null : [team],
            },
            Unassigned = assignee == "none",
            Contact = contact is { } id ? await WinnerAsync(engine, new(id), cancellationToken) : null,
            Journey = journey is null ? null : new JourneyId(journey),
            DueBefore = state == "overdue" ? engine.Now : null,
        };
        var found = await engine.Queries.TasksAsync(filter, TaskPage.Read(page), page.Size + 1, cancellationToken);
        var (shown, mask) = (found.Take(page.Size).ToList(), Mask.For(user, engine));
        var contacts = await engine.ContactsAsync(shown.Select(static task => task.Contact).OfType<ContactId>(), cancellationToken);
        var views = shown.ConvertAll(task => TaskView.Of(task, task.Contact is { } about ? contacts.GetValueOrDefault(about) : null, engine.Now, mask));
        return Results.Ok(new Page<TaskView>(views, found.Count > page.Size ? TaskPage.Of(found[page.Size - 1], filter) : null));
    }

    static async Task<TaskCountView> CountAsync(ClaimsPrincipal user, IEngine engine, Users users, CancellationToken cancellationToken) =>
        await MeApi.UserAsync(user, users, cancellationToken) is { } me ? TaskCountView.Of(await engine.Queries.TaskCountAsync(me.Email, engine.Now, cancellationToken)) : new(0, 0);

    static async Task<IResult> PostAsync(JudgedBody<TaskBody> body, ClaimsPrincipal user, IEngine engine, Users users, TimeProvider time, CancellationToken cancellationToken)
    {
        var order = await body.JudgedAsync(JudgeAsync);
        var contact = order.Contact is { } about ? await engine.ContactAsync(new(about), cancellationToken) : null;
        var task = await engine.WriteAsync(
            async (unit, now) =>
            {
                var made = TaskOrders.Filled(
                    new TaskRow(new(Guid.CreateVersion7(time.GetUtcNow())), contact?.Id, null, null, null, "", null, default, default, null, null, null, now.Truncate(), user.Identity?.Name, null, null), order);
                var writes = new WriteSet();
                writes.NewTasks.Add(made);
                TaskOrders.Tell(writes, made, null, user, engine, time, now);
                await unit.WriteAsync(writes, CancellationToken.None);
                return made;
            },
            cancellationToken);
        return Results.Created($"/api/v1/tasks/{task.Id}", await ViewAsync(task, engine, user, cancellationToken));

        async ValueTask<IReadOnlyList<ProblemReason>> JudgeAsync(TaskBody said)
        {
            var reasons = await TaskOrders.JudgeAsync(said, engine, users, cancellationToken);
            if (said.Contact is { } about && await engine.ContactAsync(new(about), cancellationToken) is null)
                reasons.Add(new("task.contact", "/contact", "There is no such contact."));
            return reasons;
        }
    }

    static async Task<IResult> PutAsync(Guid id, JudgedBody<TaskBody> body, ClaimsPrincipal user, IEngine engine, Users users, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await engine.Queries.TaskAsync(new(id), cancellationToken) is not { } held)
            return NotFound(id);
        // Who has left meanwhile may still stand there, and a team that is gone.
        var order = await body.JudgedAsync(async said =>
            await TaskOrders.JudgeAsync(said with { Assignee = said.Assignee == held.Assignee ? null : said.Assignee, Team = said.Team == held.Team ? null : said.Team }, engine, users, cancellationToken));
        return await ChangeAsync(id, user, engine, time, (task, _) => TaskOrders.Filled(task, order), cancellationToken);
    }

    static async Task<IResult> ChangeAsync(Guid id, ClaimsPrincipal user, IEngine engine, TimeProvider time, Func<TaskRow, Instant, TaskRow> change, CancellationToken cancellationToken)
    {
        var changed = await engine.WriteAsync<TaskRow?>(
            async (unit, now) =>
            {
                // Read where it is written: of two who change it at once none is lost.
                if (await engine.Queries.TaskAsync(new(id), CancellationToken.None) is not { } task)
                    return null;
                var next = change(task, now.Truncate());
                var writes = new WriteSet();
                writes.SavedTasks.Add(next);
                TaskOrders.Tell(writes, next, task, user, engine, time, now);
                await unit.WriteAsync(writes, CancellationToken.None);
                return next;
            },
            cancellationToken);
        return changed is null ? NotFound(id) : Results.Ok(await ViewAsync(changed, engine, user, cancellationToken));
    }

    static async Task<IResult> DeleteAsync(Guid id, IEngine engine, CancellationToken cancellationToken)
    {
        var was = await engine.WriteAsync(
            async (unit, _) =>
            {
                if (await engine.Queries.TaskAsync(new(id), CancellationToken.None) is null)
                    return false;
                var writes = new WriteSet();
                writes.DeletedTasks.Add(new(id));
                await unit.WriteAsync(writes, CancellationToken.None);
                return true;
            },
            cancellationToken);
        return was ? Results.NoContent() : NotFound(id);
    }

    /// <summary>Of a contact that was merged, the tasks are the winner's.</summary>
    static async ValueTask<ContactId> WinnerAsync(IEngine engine, ContactId id, CancellationToken cancellationToken) => (await engine.ContactAsync(id, cancellationToken))?.Id ?? id;

    static async ValueTask<TaskView> ViewAsync(TaskRow task, IEngine engine, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var contact = task.Contact is { } id ? await engine.ContactAsync(id, cancellationToken) : null;
        return TaskView.Of(task, contact, engine.Now, Mask.For(user, engine));
    }

    static ProblemAnswer NotFound(Guid id) => new(Problems.NotFound($"task {id}"));
}

/// <summary>Where a page of tasks ends: when the last was due or done, and which it was.</summary>
static class TaskPage
{
    public static string Of(TaskRow last, TaskFilter filter) =>
        PageQuery.Cursor(string.Create(CultureInfo.InvariantCulture, $"{(filter.Done ? last.DoneAt : last.Due)?.ToMicroseconds()} {last.Id}"));

    public static TaskCursor? Read(PageQuery page)
    {
        if (page.Key is not { } key)
            return null;
        long at = 0;
        return key.Split(' ') is [var time, var id] && Guid.TryParse(id, out var task) && (time.Length == 0 || long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out at))
            ? new(time.Length == 0 ? null : Microseconds.ToInstant(at), new(task))
            : throw new BadInputException(Problems.Invalid("page.cursor", "after", "This cursor is not one of ours; take `next` of the page before as it is."));
    }
}
