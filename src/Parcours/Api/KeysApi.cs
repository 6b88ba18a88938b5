using System.ComponentModel;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Journeys.Definitions;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Keys and users: for administrators alone, reading too.</summary>
static class KeysApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("keys").WithTags("Keys").RequireAuthorization(Access.Admin);
        keys.MapGet("", async ([AsParameters] PageQuery page, ApiKeys store, CancellationToken cancellationToken) => page.Of(await store.ListAsync(page.Key, page.Size + 1, cancellationToken), KeyView.Of, key => key.Id))
            .WithName("keys").WithSummary("All keys, the revoked ones too; never the keys themselves.").Produces<Page<KeyView>>();
        keys.MapPost("", async (Body<KeyBody> body, HttpContext context, ApiKeys store, CancellationToken cancellationToken) =>
            {
                if (body.Value.Name.Trim().Length is 0 or > 200)
                    return new ProblemAnswer(Problems.Invalid("key.name", "/name", "A key needs a name of at most 200 characters, by which people know it."));
                var made = await store.CreateAsync(body.Value.Name, body.Value.Scope, cancellationToken);
                return Results.Created($"/api/v1/keys/{made.Key.Id}", KeyView.Of(made.Key) with { Key = made.Secret });
            })
            .WithName("post-key").WithSummary("Makes a key. The answer shows it, once.").Produces<KeyView>(201).Fails(400).WithMetadata(new NotRepeatable());
        keys.MapDelete("{id}", async (string id, ApiKeys store, CancellationToken cancellationToken) =>
                await store.RevokeAsync(id, cancellationToken) is { } key ? Results.Ok(KeyView.Of(key)) : new ProblemAnswer(Problems.NotFound($"key '{id}'")))
            .WithName("revoke-key").WithSummary("Revokes a key: at once here, within 5 s on other nodes.").Produces<KeyView>().Fails(404);

        var users = api.MapGroup("users").WithTags("Users").RequireAuthorization(Access.Admin);
        users.MapGet("", async ([AsParameters] PageQuery page, Users store, CancellationToken cancellationToken) => page.Of(await store.ListAsync(page.Key, page.Size + 1, cancellationToken), UserView.Of, user => user.Id))
            .WithName("users").WithSummary("Who may sign in.").Produces<Page<UserView>>();
        users.MapPost("", async (Body<UserBody> body, Users store, CancellationToken cancellationToken) => await store.AddAsync(body.Value.Email, body.Value.Password, body.Value.Role, cancellationToken) switch
            {
                UserAnswer.Done done => Results.Created($"/api/v1/users/{done.User.Id}", UserView.Of(done.User)),
                UserAnswer.Refused { Code: "email.taken" } taken => new ProblemAnswer(Problems.Of(409, "email.taken", taken.Text)),
                UserAnswer.Refused refused => new ProblemAnswer(Problems.Invalid(refused.Code, refused.Code.StartsWith("email", StringComparison.Ordinal) ? "/email" : "/password", refused.Text)),
                var answer => throw new System.Diagnostics.UnreachableException(answer.GetType().Name),
            })
            .WithName("post-user").WithSummary("Adds a user.").Produces<UserView>(201).Fails(400, 409).WithMetadata(new NotRepeatable());
        users.MapPost("{id}/link", async (string id, Users store, OneTimeLinks links, CancellationToken cancellationToken) =>
                await store.ByIdAsync(id, cancellationToken) is { } user ? Results.Ok(new LinkView(await links.SignInPathAsync(user, cancellationToken))) : new ProblemAnswer(Problems.NotFound($"user '{id}'")))
            .WithName("user-link").WithSummary("A link that signs this user in once, within a day: for who has forgotten the password. Hand it to nobody else.").Produces<LinkView>().Fails(404).WithMetadata(new NotRepeatable());
        users.MapDelete("{id}", RemoveAsync).WithName("delete-user").WithSummary("Removes a user; their sessions end, and they leave their teams. The last administrator stays: 409 `user.last`. Whom a live journey gives tasks, tells things or makes an owner is refused with the list, 422 `user.used`, but for `evenIfUsed=true`: the journey goes on without.").Produces(204).Fails(404, 409, 422);
    }

    static async Task<IResult> RemoveAsync(string id, IEngine engine, Users store, CancellationToken cancellationToken, [Description("True: also a user whom a live journey names.")] bool evenIfUsed = false)
    {
        if (!evenIfUsed && await store.ByIdAsync(id, cancellationToken) is { } user && await UsesApi.LiveJourneysAsync(engine, UsedKind.User, user.Email, cancellationToken) is { Count: > 0 } journeys)
            return new ProblemAnswer(Problems.Refused([UsesApi.Reason("user.used", $"user {user.Email}", journeys)]));
        return await store.RemoveAsync(id, cancellationToken) switch
        {
            UserAnswer.Done done => await GoneAsync(done.User, engine, cancellationToken),
            UserAnswer.Refused refused => new ProblemAnswer(Problems.Of(409, refused.Code, refused.Text)),
            _ => new ProblemAnswer(Problems.NotFound($"user '{id}'")),
        };
    }

    static async Task<IResult> GoneAsync(User user, IEngine engine, CancellationToken cancellationToken)
    {
        await Teams.LeaveAsync(engine, user.Email, cancellationToken);
        return Results.NoContent();
    }
}

/// <param name="Key">The key itself, in the answer that makes it and nowhere else.</param>
sealed record KeyView(string Id, string Name, KeyScope Scope, string Tail, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, string? Key = null)
{
    public static KeyView Of(ApiKey key) => new(key.Id, key.Name, key.Scope, key.Tail, key.CreatedAt, key.RevokedAt);
}

sealed record KeyBody(string Name, KeyScope Scope);

/// <param name="Path">Behind this installation's address.</param>
sealed record LinkView(string Path);

sealed record UserView(string Id, string Email, string? Name, UserRole Role, bool TwoFactor, DateTimeOffset CreatedAt)
{
    public static UserView Of(User user) => new(user.Id, user.Email, user.Name, user.Role, user.SecondFactor is { Confirmed: true }, user.CreatedAt);
}

/// <param name="Password">At least 10 characters; without one the user signs in by one-time links only.</param>
sealed record UserBody(string Email, UserRole Role, string? Password = null);
