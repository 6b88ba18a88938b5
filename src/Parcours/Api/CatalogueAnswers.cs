using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Definitions;

namespace Parcours.Api;

/// <summary>Answers of the catalogue as answers over HTTP.</summary>
static class CatalogueAnswers
{
    /// <param name="view">What the body shows of the document.</param>
    /// <param name="location">Where a new document is; null: nothing is ever created here.</param>
    public static async Task<IResult> ToResultAsync(this CatalogueAnswer answer, HttpContext context, Precondition seen, string what, Func<Document, IReadOnlyList<ProblemReason>, ValueTask<object?>> view, string? location = null)
    {
        switch (answer)
        {
            case CatalogueAnswer.Done done:
                context.Response.Headers.ETag = Precondition.Tag(done.Document.Revision);
                var body = await view(done.Document, [.. done.Warnings.Select(Reason)]);
                return location is not null && done.Document.Revision == 1 ? Results.Created(location, body) : Results.Ok(body);
            case CatalogueAnswer.InProgress progress:
                context.Response.Headers.ETag = Precondition.Tag(progress.Document.Revision);
                return Results.Accepted(location, await view(progress.Document, []));
            case CatalogueAnswer.Refused refused:
                return new ProblemAnswer(Problems.Refused([.. refused.Problems.Select(Reason)]));
            case CatalogueAnswer.Conflict conflict:
                return new ProblemAnswer(seen.Missed(conflict.Current?.Revision));
            case CatalogueAnswer.NotFound:
                return new ProblemAnswer(Problems.NotFound(what));
            default:
                throw new System.Diagnostics.UnreachableException($"{answer.GetType().Name} is no answer of the catalogue.");
        }
    }

    /// <summary>A deletion: 204, or why not.</summary>
    public static async Task<IResult> ToDeletionAsync(this CatalogueAnswer answer, HttpContext context, Precondition seen, string what) =>
        answer is CatalogueAnswer.Done ? Results.NoContent() : await answer.ToResultAsync(context, seen, what, (_, _) => ValueTask.FromResult<object?>(null));

    /// <summary>What the catalogue says of the readable rest of a document whose form is wrong.</summary>
    public static async ValueTask<IReadOnlyList<ProblemReason>> AlsoWrongAsync(this IEngine engine, string kind, string id, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken) =>
        Errors(await engine.Catalogue.CheckAsync(kind, id, rest, cancellationToken));

    public static IReadOnlyList<ProblemReason> Errors(IEnumerable<Problem> problems) => [.. problems.Where(problem => problem.Severity == Severity.Error).Select(Reason)];

    public static ProblemReason Reason(Problem problem) => new(problem.Code, problem.Path, problem.Text)
    {
        Severity = problem.Severity == Severity.Error ? "error" : "warning",
        Point = problem.Point,
        Arguments = problem.Arguments,
    };
}
