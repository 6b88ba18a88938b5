using System.Text;
using NodaTime;
using Parcours.Engine.Catalogues;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 7.10: segments of who stands where in a journey.</summary>
public sealed class PositionTests
{
    const string Care = """
        {"format":1,"id":"care","name":"Care","settings":{"reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"event","id":"in","events":["begin"],"next":"wait"}],
         "points":{"wait":{"kind":"delay","for":"P1D","next":"more"},"more":{"kind":"delay","for":"P1D","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
        """;

    const string AtWait = """{"kind":"journey","journey":"care","point":"wait"}""";

    /// <summary>Semantics 7.7: filled with who waits there already, then kept live; the timeline tells of no moves beside its trails.</summary>
    [Fact]
    public async Task A_segment_of_a_points_queue_is_filled_and_then_follows_it()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Care);
        await world.DoAsync("ada", "begin");
        await world.DoAsync("bob", "look");

        await world.SegmentAsync("at-wait", AtWait);
        Assert.Contains("at-wait", (await world.ContactAsync("ada")).Segments);
        Assert.Equal(1, await world.MembersAsync("at-wait"));
        await world.DoAsync("bob", "begin");
        Assert.Equal(2, await world.MembersAsync("at-wait"));

        await world.AdvanceAsync(Duration.FromDays(1));
        Assert.Equal(0, await world.MembersAsync("at-wait"));
        var lines = await world.Engine.Queries.TimelineAsync((await world.ContactAsync("ada")).Id, null, 100, world.Token);
        Assert.NotEmpty(lines);
    }

    [Fact]
    public async Task A_journey_that_there_is_not_is_refused_by_name()
    {
        await using var world = await World.StartAsync();
        var refused = Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.SaveSegmentAsync("nowhere", Encoding.UTF8.GetBytes("""{"name":"nowhere","condition":{"kind":"journey","journey":"nowhere"}}"""), null, world.Token));
        Assert.Contains(refused.Problems, problem => problem.Path.EndsWith("/journey", StringComparison.Ordinal) && problem.Text.Contains("nowhere", StringComparison.Ordinal));
    }

    /// <summary>Others react to somebody who has come to a point, in the burst that brought it there.</summary>
    [Fact]
    public async Task A_wait_in_another_journey_ends_when_the_contact_comes_to_the_point()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Care);
        await world.PublishAsync("""
            {"format":1,"id":"watch","name":"Watch","settings":{"reEntry":{"kind":"afterLeaving"}},
             "start":[{"kind":"event","id":"in","events":["begin"],"next":"until"}],
             "points":{"until":{"kind":"waitUntilTrue","condition":{"kind":"journey","journey":"care","point":"more"},"next":"end","timeout":"P9D","onTimeout":"late"},
                       "end":{"kind":"end","outcome":"successful"},"late":{"kind":"end","outcome":"unsuccessful"}}}
            """);
        await world.DoAsync("ada", "begin");
        Assert.Equal(2, (await world.ContactAsync("ada")).Enrolments.Count);

        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Equal("care", Assert.Single((await world.ContactAsync("ada")).Enrolments).Journey.Value);
        Assert.Equal(Journeys.Machine.Outcome.Successful, (await world.EnrolmentsAsync("ada")).Single(row => row.Journey.Value == "watch").Outcome);
    }
}
