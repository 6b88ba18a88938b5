using System.Text.Json.Serialization;

namespace Parcours.Security;

/// <summary>A key as it is kept: never the key itself.</summary>
/// <param name="Tail">The last four characters, by which people recognise it.</param>
public sealed record ApiKey(string Name, KeyScope Scope, string Tail, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt = null)
{
    /// <summary>The first 16 characters of its hash: names it in lists and when it is revoked.</summary>
    [JsonIgnore]
    public string Id { get; init; } = "";
}

/// <summary>A key that was just made.</summary>
/// <param name="Secret">The key itself: shown now and never again.</param>
public sealed record NewApiKey(ApiKey Key, string Secret);
