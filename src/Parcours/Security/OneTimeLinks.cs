using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Security;

/// <summary>What a one-time link opens.</summary>
public enum OneTimePurpose
{
    /// <summary>Making the first administrator: <c>/setup/{token}</c>.</summary>
    SetUp = 0,
    /// <summary>Signing in as its user: <c>/signin/{token}</c>.</summary>
    SignIn = 1,
}

/// <param name="User">Who signs in; null for a set-up.</param>
public sealed record OneTimeLink(OneTimePurpose Purpose, string? User, DateTimeOffset ExpiresAt);

/// <summary>Links that work once: printed by <c>serve</c> at its first start and by <c>demo</c>.</summary>
public sealed class OneTimeLinks(IEngine engine, TimeProvider time)
{
    internal const string Kind = "one-time-link";
    static readonly TimeSpan Length = TimeSpan.FromHours(24);

    /// <summary>The path of a link that makes the first administrator; null when there is a user already.</summary>
    public async Task<string?> SetUpPathAsync(Users users, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(users);
        return await users.AnyAsync(cancellationToken) ? null : "/setup/" + await IssueAsync(new(OneTimePurpose.SetUp, null, time.GetUtcNow() + Length), cancellationToken);
    }

    /// <summary>The path of a link that signs this user in.</summary>
    public async Task<string> SignInPathAsync(User user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return "/signin/" + await IssueAsync(new(OneTimePurpose.SignIn, user.Id, time.GetUtcNow() + Length), cancellationToken);
    }

    /// <summary>The link, if it still works; it goes on working.</summary>
    public async ValueTask<OneTimeLink?> PeekAsync(string token, OneTimePurpose purpose, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Length is >= 20 and <= 200 && await engine.Queries.DocumentAsync(Kind, Secrets.Hash(token), cancellationToken) is { } document ? Working(document, purpose) : null;
    }

    /// <summary>Uses the link up: of two who try, one gets it.</summary>
    public async Task<OneTimeLink?> TakeAsync(string token, OneTimePurpose purpose, CancellationToken cancellationToken) =>
        await PeekAsync(token, purpose, cancellationToken) is { } link
        && await engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(Kind, Secrets.Hash(token), null, cancellationToken), cancellationToken)
            ? link
            : null;

    async Task<string> IssueAsync(OneTimeLink link, CancellationToken cancellationToken)
    {
        var token = Secrets.New();
        await engine.WriteAsync(
            (unit, now) => unit.WriteDocumentAsync(Kind, Secrets.Hash(token), JsonSerializer.SerializeToUtf8Bytes(link, SecurityJson.Default.OneTimeLink), 0, now, cancellationToken), cancellationToken);
        return token;
    }

    OneTimeLink? Working(Document document, OneTimePurpose purpose) =>
        JsonSerializer.Deserialize(document.Json.Span, SecurityJson.Default.OneTimeLink) is { } link && link.Purpose == purpose && link.ExpiresAt > time.GetUtcNow() ? link : null;
}
