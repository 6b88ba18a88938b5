using Parcours.Http;
using Parcours.Work;

namespace Parcours.Api;

/// <summary>What goes on in the background.</summary>
static class WorkApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var work = api.MapGroup("work").WithTags("Work");
        work.MapGet("", (WorkBoard board, CancellationToken cancellationToken) => board.ListAsync(cancellationToken))
            .WithName("work").WithSummary("Imports, bulk orders, segments and journeys that fill: what runs first, then the newest that ended. /live sends the same.").Produces<IReadOnlyList<WorkView>>();
        work.MapPost("{id}/stop", async (string id, WorkBoard board, CancellationToken cancellationToken) =>
                await board.StopAsync(id, cancellationToken) ? Results.Ok(await board.ListAsync(cancellationToken)) : new ProblemAnswer(Problems.NotFound($"work '{id}' that could be stopped")))
            .WithName("stop-work").WithSummary("Stops it; what was done stays done.").Produces<IReadOnlyList<WorkView>>().Fails(404);
    }
}
