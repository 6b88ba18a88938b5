using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Parcours.Api;
using Parcours.Security;

namespace Parcours.Http;

/// <summary>What the OpenAPI document says beyond what the endpoints say themselves.</summary>
static class OpenApiNotes
{
    const string KeyScheme = "key";

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Parcours", Version = "v1", Description = "Customer journeys: what docs/api.md says, for programs. Every error is a problem document (RFC 9457) with a stable code." };
            // The same wherever it is served, so that it can be compared.
            document.Servers = [];
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key: scope admin or read under /api/v1, intake or public under /v1." };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            var isApi = context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            var isIntake = context.Description.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
            operation.Responses ??= [];
            if (isApi || isIntake)
            {
                operation.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
                foreach (var (status, text) in isApi ? ApiFailures : IntakeFailures)
                    operation.Responses.TryAdd(status, Failure(text, context.Document));
            }

            foreach (var (status, response) in operation.Responses)
                if (response is OpenApiResponse own && Texts.TryGetValue(status, out var text))
                    own.Description = text;
            operation.Parameters ??= [];
            if (metadata.OfType<TakesIfMatch>().Any())
                operation.Parameters.Add(Header("If-Match", "The ETag that you saw; * for whatever is there."));
            if (isApi && context.Description.HttpMethod is not ("GET" or "HEAD") && !metadata.OfType<NotRepeatable>().Any())
                operation.Parameters.Add(Header("Idempotency-Key", "For 24 h the same request under the same key is answered as before and changes nothing."));
            return Task.CompletedTask;
        });
    });

    static readonly (string, string)[] ApiFailures = [("401", "No key, or a wrong one."), ("403", "The key may not do that."), ("503", "The engine cannot take more, or the store does not work; see Retry-After.")];
    static readonly (string, string)[] IntakeFailures =
    [
        ("400", "Malformed, or over its limits."), ("401", "No key, or a wrong one."), ("415", "An unknown Content-Encoding."),
        ("429", "More entries than may come; see Retry-After."), ("503", "The engine cannot take more, or the store does not work; see Retry-After."),
    ];

    static readonly Dictionary<string, string> Texts = new()
    {
        ["200"] = "Done.",
        ["201"] = "Created.",
        ["202"] = "Taken, and still on its way through the partitions.",
        ["204"] = "Gone.",
        ["400"] = "The request cannot be read; every reason is listed.",
        ["404"] = "There is no such thing.",
        ["409"] = "It contradicts what is there.",
        ["412"] = "Somebody else has changed it since.",
        ["413"] = "The body is too large.",
        ["422"] = "Refused; every reason is listed, and nothing was changed.",
        ["428"] = "It exists; replacing it needs If-Match.",
        ["503"] = "It cannot serve now; see Retry-After.",
    };

    static OpenApiResponse Failure(string text, OpenApiDocument? document) => new()
    {
        Description = text,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ApiProblem), document) } },
    };

    static OpenApiParameter Header(string name, string text) => new() { Name = name, In = ParameterLocation.Header, Required = false, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
