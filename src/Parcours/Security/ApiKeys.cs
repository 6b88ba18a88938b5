using System.Collections.Concurrent;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Security;

/// <summary>The keys of this installation: made, found, listed, revoked. Kept as documents of kind <c>key</c> whose id is the key's hash.</summary>
/// <param name="time">Real time, not the engine's: a key is as old as it is, whatever a test clock says.</param>
public sealed class ApiKeys(IEngine engine, TimeProvider time)
{
    const string Kind = "key";
    const int IdLength = 16;

    // Another node may revoke a key; until it is looked up again it still opens here.
    static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, (ApiKey Key, long Until)> _held = new(StringComparer.Ordinal);

    public async Task<NewApiKey> CreateAsync(string name, KeyScope scope, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var secret = Secrets.New(Prefix(scope));
        var hash = Secrets.Hash(secret);
        var key = new ApiKey(name.Trim(), scope, secret[^4..], time.GetUtcNow());
        await engine.WriteAsync(
            (unit, now) => unit.WriteDocumentAsync(Kind, hash, JsonSerializer.SerializeToUtf8Bytes(key, SecurityJson.Default.ApiKey), 0, now, cancellationToken), cancellationToken);
        return new(key with { Id = hash[..IdLength] }, secret);
    }

    /// <summary>The key that this secret is; null when there is none or it was revoked.</summary>
    public async ValueTask<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length is < 20 or > 200)
            return null;
        var hash = Secrets.Hash(secret);
        var now = time.GetTimestamp();
        if (_held.TryGetValue(hash, out var held) && now < held.Until)
            return held.Key;
        _held.TryRemove(hash, out _);
        if (await engine.Queries.DocumentAsync(Kind, hash, cancellationToken) is not { } document || Read(document) is not { RevokedAt: null } key)
            return null;
        _held[hash] = (key, now + (long)(HoldFor.TotalSeconds * time.TimestampFrequency));
        return key;
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        // Ids are beginnings of hashes: '~' comes after every hash that begins so.
        [.. (await engine.Queries.DocumentsAsync(Kind, null, afterId is null ? null : afterId + "~", limit, cancellationToken)).Select(Read)];

    /// <returns>The key as it is now; null when there is none of this id.</returns>
    public async Task<ApiKey?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length != IdLength || (await engine.Queries.DocumentsAsync(Kind, id, null, 1, cancellationToken)) is not [var document])
            return null;
        var key = Read(document);
        if (key.RevokedAt is null)
        {
            key = key with { RevokedAt = time.GetUtcNow() };
            await engine.WriteAsync(
                (unit, now) => unit.WriteDocumentAsync(Kind, document.Id, JsonSerializer.SerializeToUtf8Bytes(key, SecurityJson.Default.ApiKey), null, now, cancellationToken), cancellationToken);
        }

        _held.TryRemove(document.Id, out _);
        return key;
    }

    static ApiKey Read(Document document) =>
        JsonSerializer.Deserialize(document.Json.Span, SecurityJson.Default.ApiKey)! with { Id = document.Id[..IdLength] };

    static string Prefix(KeyScope scope) => scope switch
    {
        KeyScope.Intake => "ik_",
        KeyScope.Public => "pk_",
        KeyScope.Read => "rk_",
        KeyScope.Admin => "sk_",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
    };
}
