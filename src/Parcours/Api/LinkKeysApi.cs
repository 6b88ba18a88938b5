using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Keys that sign the links in mails: for administrators alone, reading too.</summary>
static class LinkKeysApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("link-keys").WithTags("Keys").RequireAuthorization(Access.Admin);
        keys.MapGet("", async (LinkKeyShelf shelf, CancellationToken cancellationToken) => await shelf.ListAsync(cancellationToken))
            .WithName("link-keys").WithSummary("Keys that sign the links in mails, the oldest first; never the keys themselves.").Produces<IReadOnlyList<LinkKeyView>>();
        keys.MapPost("", async (LinkKeyShelf shelf, LinkKeyWatch watch, CancellationToken cancellationToken) =>
            {
                var made = await shelf.AddAsync(cancellationToken);
                await watch.LookAsync(CancellationToken.None);
                return Results.Created($"/api/v1/link-keys/{made.Number}", made);
            })
            .WithName("post-link-key").WithSummary("Makes a key that signs links from some seconds on; links that others have signed go on working.").Produces<LinkKeyView>(201).WithMetadata(new NotRepeatable());
        keys.MapPost("{number:int}/revoke", async (int number, LinkKeyShelf shelf, LinkKeyWatch watch, CancellationToken cancellationToken) =>
            {
                var answer = await shelf.RevokeAsync(number, cancellationToken);
                await watch.LookAsync(CancellationToken.None);
                return answer switch
                {
                    LinkKeyAnswer.Done done => Results.Ok(done.Key),
                    LinkKeyAnswer.Last => new ProblemAnswer(Problems.Refused([new ProblemReason("link-key.last", "", "It is the only key that is left, and without one no link could be signed: make another first.")])),
                    _ => new ProblemAnswer(Problems.NotFound($"link key {number}")),
                };
            })
            .WithName("revoke-link-key").WithSummary("Ends a key, for good: links that it signed are answered by 410, those to unsubscribe among them. At once here, within 5 s on other nodes.").Produces<LinkKeyView>().Fails(404, 422);
    }
}
