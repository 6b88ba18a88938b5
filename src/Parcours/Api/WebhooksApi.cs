using Parcours.Channels.Webhooks;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Definitions;
using Parcours.Security;
using Parcours.Webhooks;

namespace Parcours.Api;

/// <summary>What webhooks carry and sign with: for administrators alone, reading too.</summary>
static class WebhooksApi
{
    const int NameLengthMax = 64, ValueLengthMax = 4_000;

    public static void Map(RouteGroupBuilder api)
    {
        var secrets = api.MapGroup("secrets").WithTags("Webhooks").RequireAuthorization(Access.Admin);
        secrets.MapGet("", async ([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) =>
                page.Of(await engine.Queries.DocumentsAsync(DocumentKinds.Secret, null, page.Key, page.Size + 1, cancellationToken), document => new StoredSecretView(document.Id, document.UpdatedAt.ToApi()), document => document.Id))
            .WithName("secrets").WithSummary("The names of stored secrets, which webhooks carry in headers or sign with; never the secrets themselves.").Produces<Page<StoredSecretView>>();
        secrets.MapPut("{name}", PutAsync).WithName("put-secret").WithSummary("Stores a secret under this name, or another one in its place; it is never shown again.").Produces<StoredSecretView>().Fails(400).WithMetadata(new NotRepeatable());
        secrets.MapDelete("{name}", DeleteAsync).WithName("delete-secret").WithSummary("Forgets a secret; refused while something live names it.").Produces(204).Fails(404, 422);

        var signing = api.MapGroup("webhooks/signing").WithTags("Webhooks").RequireAuthorization(Access.Admin);
        signing.MapGet("", SigningAsync)
            .WithName("signing").WithSummary("The secret by which receivers know this installation's webhooks (Standard Webhooks).").Produces<SigningView>().Fails(422);
        signing.MapPost("rotate", async (IEngine engine, StoredSecrets secrets, CancellationToken cancellationToken) => Results.Ok(SigningView.Of(await ChangeAsync(engine, secrets, cancellationToken))))
            .WithName("rotate-signing").WithSummary("Makes a new secret; for 24 hours the one before signs beside it.").Produces<SigningView>().WithMetadata(new NotRepeatable());
    }

    static async Task<IResult> PutAsync(string name, JudgedBody<SecretBody> body, IEngine engine, StoredSecrets secrets, CancellationToken cancellationToken)
    {
        var secret = await body.JudgedAsync(said => Judge(name, said));
        var written = await engine.WriteAsync((unit, now) => secrets.WriteAsync(unit, name, secret.Value, now, CancellationToken.None), cancellationToken);
        return Results.Ok(new StoredSecretView(name, written!.UpdatedAt.ToApi())); // Written whatever was there before.
    }

    static List<ProblemReason> Judge(string name, SecretBody secret)
    {
        var reasons = new List<ProblemReason>();
        if (name.Length is 0 or > NameLengthMax || name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('-' or '_')))
            reasons.Add(new("secret.name", "/name", $"A name has 1 to {NameLengthMax} characters: lower-case letters, digits, - and _."));
        if (secret.Value.Length is 0 or > ValueLengthMax || secret.Value.Any(char.IsControl) || SealingKeys.IsSealed(secret.Value))
            reasons.Add(new("secret.value", "/value", $"A secret is one line of 1 to {ValueLengthMax} characters."));
        return reasons;
    }

    static async Task<IResult> DeleteAsync(string name, IEngine engine, CancellationToken cancellationToken)
    {
        IReadOnlyList<UseView> users = [.. (await engine.Catalogue.UsersAsync(UsedKind.Secret, name, cancellationToken)).Select(UseView.Of), .. await UsesApi.HooksAsync(engine.Queries, name, cancellationToken)];
        if (users.Count > 0)
            return new ProblemAnswer(Problems.Refused([UsesApi.Reason("secret.used", $"secret '{name}'", users)]));
        return await engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(DocumentKinds.Secret, name, null, CancellationToken.None), cancellationToken) ? Results.NoContent() : new ProblemAnswer(Problems.NotFound($"secret '{name}'"));
    }

    static async Task<IResult> SigningAsync(IEngine engine, StoredSecrets secrets, CancellationToken cancellationToken)
    {
        try
        {
            return Results.Ok(SigningView.Of(await secrets.ReadSigningAsync(cancellationToken) ?? await ChangeAsync(engine, secrets, cancellationToken)));
        }
        catch (SealedSecretException)
        {
            return new ProblemAnswer(Problems.Refused([new ProblemReason("secret.sealed", "", "The secret is sealed with a key that is not here: put the key back, or make a new secret.")]));
        }
    }

    static async Task<SigningKeys> ChangeAsync(IEngine engine, StoredSecrets secrets, CancellationToken cancellationToken) => await engine.WriteAsync(
        async (unit, now) => await secrets.ChangeSigningAsync(unit, await BeforeAsync(secrets), now, CancellationToken.None), cancellationToken);

    /// <summary>What cannot be opened cannot sign beside the new one.</summary>
    static async Task<SigningKeys?> BeforeAsync(StoredSecrets secrets)
    {
        try
        {
            return await secrets.ReadSigningAsync(CancellationToken.None);
        }
        catch (SealedSecretException)
        {
            return null;
        }
    }
}

sealed record SecretBody(string Value);

sealed record StoredSecretView(string Name, DateTimeOffset UpdatedAt);

/// <param name="Secret">Begins with whsec_; give it to whoever receives webhooks.</param>
/// <param name="PreviousUntil">Until when the secret before signs beside it; null: it does not.</param>
sealed record SigningView(string Secret, DateTimeOffset ChangedAt, DateTimeOffset? PreviousUntil)
{
    public static SigningView Of(SigningKeys keys) =>
        new(keys.Current, keys.ChangedAt, keys.Previous is not null && keys.ChangedAt + StoredSecrets.BothFor is var until && until > TimeProvider.System.GetUtcNow() ? until : null);
}
