using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Points;

public sealed class CreateTaskPointTests
{
    static Trip With(string fields) => Trip.Through($"{{'p':{{'kind':'createTask',{fields},'next':'e'}},'e':{{'kind':'end','outcome':'completed'}}}}");

    /// <summary>Who looks after the contact has it; without an owner the assignee, or nobody yet.</summary>
    [Theory]
    [InlineData("eva@example.org", "eva@example.org")]
    [InlineData(null, "ian@example.org")]
    public void The_owner_may_have_it(string? owner, string assignee)
    {
        var trip = Trip.Through("{'p':{'kind':'createTask','title':'Call','assignee':'ian@example.org','toOwner':true}}");
        if (owner is not null)
            trip.Changes(new ContactEdit.SetProperty("owner", Value.Of(owner)));

        Assert.Equal(assignee, Assert.Single(trip.Does("Begin").Tasks).Assignee);
    }

    /// <summary>A team's task is nobody's until somebody of it takes it.</summary>
    [Fact]
    public void It_may_be_a_team_s()
    {
        var task = Assert.Single(With("'title':'Call','team':'Sales'").HasTeam("Sales", "eva@example.org", "sam@example.org").Does("Begin").Tasks);

        Assert.Equal(("Sales", null), (task.Team, task.Assignee));
    }

    /// <summary>Semantics 9.2: members take turns, over all contacts of the point.</summary>
    [Fact]
    public void The_members_of_a_team_have_its_tasks_in_turn()
    {
        var trip = With("'title':'Call','team':'Sales','inTurn':true").HasTeam("Sales", "eva@example.org", "sam@example.org").Does("Begin");
        Assert.Empty(trip.Tasks);
        Assert.Equal(["eva@example.org", "sam@example.org"], Assert.Single(trip.Orders).What!.Among.Select(share => share.Name));

        trip.AnsweredWith(new(true, "sam@example.org"));

        var task = Assert.Single(trip.Tasks);
        Assert.Equal(("Sales", "sam@example.org"), (task.Team, task.Assignee));
        Assert.Equal("e>completed", trip.Path[^1]);
    }

    /// <summary>Whoever is named, or alone in the team, has it without a turn; of a team without members it is nobody's yet.</summary>
    [Theory]
    [InlineData("'assignee':'ian@example.org',", "eva@example.org sam@example.org", "ian@example.org")]
    [InlineData("", "eva@example.org", "eva@example.org")]
    [InlineData("", "", null)]
    public void Nobody_takes_a_turn_where_there_is_nothing_to_choose(string named, string members, string? assignee)
    {
        var trip = With($"'title':'Call',{named}'team':'Sales','inTurn':true").HasTeam("Sales", members.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Does("Begin");

        Assert.Empty(trip.Orders);
        Assert.Equal(assignee, Assert.Single(trip.Tasks).Assignee);
    }

    /// <summary>Semantics 3.7: a task's id is a hash of enrolment, point and visit.</summary>
    [Fact]
    public void A_task_is_made_with_all_that_the_author_said_and_the_contact_goes_on()
    {
        var trip = With("'title':'Call {{contact.first_name}}','text':'About {{event.total}}','task':'call','priority':'high','dueAfter':'P2D','assignee':'eva@example.org'");
        trip.Changes(new ContactEdit.SetProperty("first_name", Value.Of("Ada")));

        trip.Does("Begin", "{'total':12}");

        var enrolment = trip.Enrolments[^1];
        Assert.Equal(
            new TaskDecision(TaskId.Of(enrolment.Id, "p", 1), enrolment.Id, enrolment.Journey, "p", "Call Ada", "About 12", TaskKind.Call, TaskPriority.High, Trip.Monday9am + Duration.FromDays(2), "eva@example.org", null, Trip.Monday9am),
            Assert.Single(trip.Tasks));
        Assert.Equal(["p>next", "e>completed"], trip.Path);
    }

    [Fact]
    public void Without_more_it_is_something_to_do_at_any_time_for_whoever_takes_it()
    {
        var task = Assert.Single(With("'title':'Look at it'").Does("Begin").Tasks);

        Assert.Equal((TaskKind.ToDo, TaskPriority.Normal, null, null, null), (task.Kind, task.Priority, task.Due, task.Assignee, task.Note));
    }

    [Fact]
    public void Each_entry_makes_a_task_of_its_own()
    {
        var trip = With("'title':'Look at it'").Does("Begin").Does("Begin");

        Assert.Equal(2, trip.Tasks.Select(task => task.Id).Distinct().Count());
    }

    /// <summary>Semantics 3.8: of a step that throws nothing stays.</summary>
    [Fact]
    public void A_run_that_fails_later_leaves_no_task()
    {
        var ada = new Story(new StoryJourney("calls").StartsOn("begin").Does("task", context => new Effect.Task(new(
            TaskId.Of(context.Enrolment.Id, "task", context.Visit), context.Enrolment.Id, context.Enrolment.Journey, "task", "Look", null, TaskKind.ToDo, TaskPriority.Normal, null, null, null, context.Now))).Throws("boom"));

        ada.Does("begin");

        Assert.Equal("step-failed", Assert.Single(ada.Last.Alerts).Code);
        Assert.Empty(ada.Last.Tasks);
    }

    [Fact]
    public void A_title_is_one_line_however_long_what_fills_it()
    {
        var trip = With("'title':'{{contact.note}}'");
        trip.Changes(new ContactEdit.SetProperty("note", Value.Of("first\nsecond " + new string('x', 500))));

        var title = Assert.Single(trip.Does("Begin").Tasks).Title;

        Assert.StartsWith("first second x", title, StringComparison.Ordinal);
        Assert.Equal(200, title.Length);
    }
}
