using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Tests;

/// <summary>Tasks that journeys make, from the step to the store.</summary>
public sealed class TaskTests
{
    const string Calls = """
        {
          "format": 1, "id": "calls", "name": "Calls", "settings": { "reEntry": { "kind": "afterLeaving" } },
          "start": [ { "kind": "event", "id": "asked", "events": ["asked"], "next": "call" } ],
          "points": {
            "call": { "kind": "createTask", "title": "Call {{default contact.name \"them\"}}", "dueAfter": "P1D", "next": "wait" },
            "wait": { "kind": "delay", "for": "P2D" }
          }
        }
        """;

    static Task<IReadOnlyList<TaskRow>> TasksAsync(World world) => world.Engine.Queries.TasksAsync(new(Done: false), null, 10, world.Token).AsTask();

    /// <summary>Semantics 3.7: written in the commit that decided it, once.</summary>
    [Fact]
    public async Task A_task_is_there_with_the_step_and_once_though_the_process_dies()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Calls);
        await world.IdentifyAsync("ada", """{"name":"Ada"}""");
        await world.DoAsync("ada", "asked", messageId: "m");

        await world.RestartAsync();
        await world.DoAsync("ada", "asked", messageId: "m");

        var task = Assert.Single(await TasksAsync(world));
        Assert.Equal(("Call Ada", (await world.ContactAsync("ada")).Id, World.Monday9 + Duration.FromDays(1)), (task.Title, task.Contact!.Value, task.Due));
    }

    /// <summary>Semantics 4.5: the tasks of a merged contact are the winner's, those that come to it later too.</summary>
    [Fact]
    public async Task A_merged_contact_s_tasks_are_the_winner_s()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Calls);
        await world.IdentifyAsync("ada", "{}");
        await world.DoAsync("ada-old", "asked");

        await world.SubmitAsync(new() { Identities = [new(IdentityKind.UserId, "ada"), new(IdentityKind.UserId, "ada-old")], Body = new SubmissionBody.Alias() });

        Assert.Equal((await world.ContactAsync("ada")).Id, Assert.Single(await TasksAsync(world)).Contact);
    }
}
