using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Tests.Contract;

/// <summary>Tasks: made once, found by who does them and when, and the winner's after a merge.</summary>
public abstract class TasksContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    static TaskRow Task(string name, Instant? due, string? assignee = null, ContactId? contact = null) => new(
        new(Hash(name)), contact, contact is { } of ? EnrolmentId.Of(Welcome, of, 1) : null, contact is null ? null : Welcome, contact is null ? null : "call", name, null, TaskKind.Call, TaskPriority.High, due, assignee, null,
        Monday, contact is null ? "eva" : null, null, null);

    async Task<List<string>> TitlesAsync(TaskFilter filter, TaskCursor? after = null, int limit = 10) => [.. (await Store.Queries.TasksAsync(filter, after, limit, Cancellation)).Select(task => task.Title)];

    /// Semantics 3.7
    [Fact]
    public async Task A_task_is_made_once_and_is_there_after_a_crash()
    {
        var ada = await NewContactAsync("ada");
        var task = Task("call", Monday, "eva@example.org", ada) with { Text = "about the order", Team = "Sales" };
        await WriteAsync(writes => writes.NewTasks.AddRange([task, task with { Title = "another" }]));
        await WriteAsync(writes => writes.NewTasks.Add(task with { Title = "a third time" }));
        await CrashAsync();

        Assert.Equal(task, await Store.Queries.TaskAsync(task.Id, Cancellation));
        Assert.Equal(["call"], await TitlesAsync(new(Done: false)));
    }

    [Fact]
    public async Task Open_tasks_come_by_when_they_are_due_and_page_on_with_those_that_have_no_time_last()
    {
        await WriteAsync(writes => writes.NewTasks.AddRange([
            Task("any time", null), Task("later", Monday + Duration.FromDays(1)), Task("now", Monday), Task("also now", Monday), Task("whenever", null)]));
        var all = await TitlesAsync(new(Done: false));

        Assert.Equal(["also now", "now"], all.Take(2).Order());
        Assert.Equal("later", all[2]);
        Assert.Equal(["any time", "whenever"], all.Skip(3).Order());
        for (var size = 1; size <= 5; size++)
        {
            List<TaskRow> paged = [];
            for (TaskCursor? after = null; await Store.Queries.TasksAsync(new(Done: false), after, size, Cancellation) is { Count: > 0 } page; after = new(page[^1].Due, page[^1].Id)) paged.AddRange(page);
            Assert.Equal(all, paged.Select(task => task.Title));
        }
    }

    [Fact]
    public async Task Tasks_are_found_by_who_does_them_by_journey_by_contact_and_by_time()
    {
        var (ada, bob) = (await NewContactAsync("ada"), await NewContactAsync("bob"));
        await WriteAsync(writes => writes.NewTasks.AddRange([
            Task("eva's", Monday, "eva", ada), Task("nobody's", Monday + Duration.FromHours(1), null, bob), Task("ian's", null, "ian", ada), Task("by hand", Monday, "eva")]));

        Assert.Equal(["by hand", "eva's"], (await TitlesAsync(new(Done: false) { Assignee = "eva" })).Order());
        Assert.Equal(["nobody's"], await TitlesAsync(new(Done: false) { Unassigned = true }));
        Assert.Equal(["eva's", "ian's"], await TitlesAsync(new(Done: false) { Contact = ada }));
        Assert.Equal(["ian's"], await TitlesAsync(new(Done: false) { Contact = ada, Assignee = "ian" }));
        Assert.Equal(["eva's", "nobody's", "ian's"], await TitlesAsync(new(Done: false) { Journey = Welcome }));
        Assert.Equal(["by hand", "eva's"], (await TitlesAsync(new(Done: false) { DueBefore = Monday + Duration.FromMinutes(1) })).Order());
        Assert.Equal(new(2, 0), await Store.Queries.TaskCountAsync("eva", Monday, Cancellation));
        Assert.Equal(new(2, 2), await Store.Queries.TaskCountAsync("eva", Monday + Duration.FromMinutes(1), Cancellation));
        Assert.Equal(new(0, 0), await Store.Queries.TaskCountAsync("nobody", Monday, Cancellation));
    }

    [Fact]
    public async Task Tasks_are_found_by_their_teams_open_and_done_and_change_teams()
    {
        var ada = await NewContactAsync("ada");
        TaskRow[] tasks = [Task("sales", Monday, "eva", ada) with { Team = "Sales" }, Task("sale", Monday + Duration.FromHours(1)) with { Team = "Sale" }, Task("both", null) with { Team = "Sale and Sales" }, Task("none", null)];
        await WriteAsync(writes => writes.NewTasks.AddRange(tasks));

        Assert.Equal(["sales"], await TitlesAsync(new(Done: false) { Teams = ["Sales"] }));
        Assert.Equal(["sales", "sale"], await TitlesAsync(new(Done: false) { Teams = ["Sale", "Sales"] }));
        Assert.Equal(["sales"], await TitlesAsync(new(Done: false) { Teams = ["Sale", "Sales"], Assignee = "eva" }));
        Assert.Equal(["sales"], await TitlesAsync(new(Done: false) { Teams = ["Sales"], Contact = ada }));
        Assert.Empty(await TitlesAsync(new(Done: false) { Teams = [] }));

        await WriteAsync(writes => writes.SavedTasks.Add(tasks[0] with { Team = "Support", DoneAt = Monday, DoneBy = "eva" }));
        Assert.Equal(["sales"], await TitlesAsync(new(Done: true) { Teams = ["Support"] }));
        Assert.Empty(await TitlesAsync(new(Done: true) { Teams = ["Sales"] }));
    }

    [Fact]
    public async Task What_is_done_is_among_the_done_newest_first_and_may_be_open_again()
    {
        var (first, second) = (Task("first", Monday, "eva"), Task("second", null, "eva"));
        await WriteAsync(writes => writes.NewTasks.AddRange([first, second]));
        await WriteAsync(writes => writes.SavedTasks.AddRange([first with { DoneAt = Monday, DoneBy = "eva" }, second with { DoneAt = Monday + Duration.FromHours(1), DoneBy = "ian", Title = "second, changed", Assignee = null }]));

        Assert.Equal(["second, changed", "first"], await TitlesAsync(new(Done: true)));
        Assert.Equal(["first"], await TitlesAsync(new(Done: true), new(Monday + Duration.FromHours(1), second.Id)));
        Assert.Empty(await TitlesAsync(new(Done: false)));
        Assert.Equal(new(0, 0), await Store.Queries.TaskCountAsync("eva", Monday, Cancellation));

        await WriteAsync(writes => writes.SavedTasks.Add(first));
        await WriteAsync(writes => writes.DeletedTasks.Add(second.Id));

        Assert.Equal(["first"], await TitlesAsync(new(Done: false)));
        Assert.Null(await Store.Queries.TaskAsync(second.Id, Cancellation));
    }

    /// Semantics 4.5
    [Fact]
    public async Task A_merged_contact_s_tasks_are_the_winner_s_and_a_forgotten_one_s_are_gone()
    {
        var (ada, old, bob) = (await NewContactAsync("ada"), await NewContactAsync("ada-old"), await NewContactAsync("bob"));
        await WriteAsync(writes => writes.NewTasks.AddRange([Task("of the old one", Monday, null, old), Task("of bob", Monday, null, bob)]));

        await WriteAsync(writes => writes.Merged.Add((old, ada)));
        await WriteAsync(writes => writes.Forgotten.Add(bob));

        Assert.Equal(["of the old one"], await TitlesAsync(new(Done: false) { Contact = ada }));
        Assert.Empty(await TitlesAsync(new(Done: false) { Contact = old }));
        Assert.Equal(["of the old one"], await TitlesAsync(new(Done: false)));
    }
}
