using System.Text.Json;
using Parcours.Engine;
using Parcours.Http;

namespace Parcours.Security;

/// <summary>A browser that is signed in. Its id is the hash of the token in the cookie.</summary>
/// <param name="Stamp">The user's at sign-in: a changed password ends the session.</param>
public sealed record Session(string User, string Stamp, DateTimeOffset ExpiresAt);

/// <summary>Sessions are kept on the server, so that signing out ends them for good.</summary>
public sealed class Sessions(IEngine engine, Users users, TimeProvider time, HttpSettings settings)
{
    internal const string Kind = "session";

    /// <returns>The token for the cookie.</returns>
    public async Task<string> OpenAsync(User user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var token = Secrets.New();
        var session = new Session(user.Id, user.Stamp, time.GetUtcNow() + settings.SessionLength);
        await engine.WriteAsync(
            (unit, now) => unit.WriteDocumentAsync(Kind, Secrets.Hash(token), JsonSerializer.SerializeToUtf8Bytes(session, SecurityJson.Default.Session), 0, now, cancellationToken), cancellationToken);
        return token;
    }

    /// <summary>The user who is signed in with this token; null: nobody.</summary>
    public async ValueTask<User?> FindAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length is < 20 or > 200 || await engine.Queries.DocumentAsync(Kind, Secrets.Hash(token), cancellationToken) is not { } document)
            return null;
        var session = JsonSerializer.Deserialize(document.Json.Span, SecurityJson.Default.Session)!;
        return session.ExpiresAt > time.GetUtcNow() && await users.ByIdAsync(session.User, cancellationToken) is { } user && user.Stamp == session.Stamp ? user : null;
    }

    public Task<bool> CloseAsync(string token, CancellationToken cancellationToken) =>
        engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(Kind, Secrets.Hash(token), null, cancellationToken), cancellationToken);
}
