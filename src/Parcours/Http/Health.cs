using Parcours.Engine;

namespace Parcours.Http;

/// <summary>What whoever runs this asks: does the process answer, and can it serve.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("ok\n")).AllowAnonymous().WithTags("System").WithName("health").WithSummary("Answers 200 as long as the process answers at all.").Produces<string>(200, "text/plain");
        app.MapGet("/readyz", (IEngine engine) => engine.IsReady
                ? Results.Text("ready\n")
                : new ProblemAnswer(Problems.Of(503, "not-ready", engine.NotReadyBecause ?? "The engine is starting.") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } }))
            .AllowAnonymous().WithTags("System").WithName("ready").WithSummary("Answers 200 when this process can serve; else 503 and why.").Produces<string>(200, "text/plain").Produces<ApiProblem>(503, "application/problem+json");
    }
}
