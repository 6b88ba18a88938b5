using Parcours.Http;

namespace Parcours.Api;

/// <summary>What endpoints say of their problems, for the OpenAPI document.</summary>
static class EndpointNotes
{
    /// <summary>Takes If-Match; a new document needs none.</summary>
    public static RouteHandlerBuilder Saves(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces(202).Fails(400, 412, 413, 422, 428).WithMetadata(new TakesIfMatch());

    public static RouteHandlerBuilder Deletes(this RouteHandlerBuilder endpoint) => endpoint.Fails(404, 412, 422).WithMetadata(new TakesIfMatch());

    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<ApiProblem>(status, "application/problem+json");
        return endpoint;
    }
}

/// <summary>The endpoint answers with an ETag and takes If-Match.</summary>
sealed class TakesIfMatch;
