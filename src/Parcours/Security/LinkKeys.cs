using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Extensions;
using Parcours.Channels.Links;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Security;

/// <summary>The installation's keys for public links: made at the first start, kept with the data, so that links in mails go on working. Nodes know each other by the first of them, too.</summary>
static class LinkKeys
{
    internal const string Kind = "setting", Id = "link-keys";

    public static async Task<(PublicLinkSigner Signer, string NodeToken)> OfAsync(IStore store, CancellationToken cancellationToken)
    {
        // Of two nodes that start on an empty database at once one makes them.
        var kept = await ReadAsync(store.Queries, cancellationToken) ?? await MakeAsync(store, cancellationToken) ?? await ReadAsync(store.Queries, cancellationToken) ?? throw Unreadable();
        return (new PublicLinkSigner(kept.Ring(TimeProvider.System.GetUtcNow())), Convert.ToHexStringLower(HMACSHA256.HashData(kept.Keys[0].Secret, "parcours node"u8)));
    }

    public static async Task<KeptLinkKeys?> ReadAsync(IStoreQueries queries, CancellationToken cancellationToken) => await queries.DocumentAsync(Kind, Id, cancellationToken) is { } document ? Read(document) : null;

    public static KeptLinkKeys Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, LinkKeysJson.Default.KeptLinkKeys) ?? throw Unreadable();

    static StoreException Unreadable() => new(StoreFailure.Corrupt, "The keys of public links cannot be read. Restore a backup.");

    /// <returns>Null: somebody else has made them just now.</returns>
    static async Task<KeptLinkKeys?> MakeAsync(IStore store, CancellationToken cancellationToken)
    {
        var kept = new KeptLinkKeys(1, [KeptLinkKey.New(1, null)]);
        await using var unit = await store.BeginAsync(PartitionSet.None, cancellationToken);
        var now = TimeProvider.System.GetUtcNow().ToInstant().Truncate();
        var written = await unit.WriteDocumentAsync(Kind, Id, kept.ToJson(), expectedRevision: 0, now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return written is null ? null : kept;
    }
}

/// <param name="Current">The number of the key that signs; none that is revoked.</param>
/// <param name="Keys">The first is also what nodes know each other by.</param>
sealed record KeptLinkKeys(ushort Current, IReadOnlyList<KeptLinkKey> Keys)
{
    /// <summary>Until every node has read a new key, links go on being signed by the one before: whoever follows one at another node must be known there.</summary>
    static readonly TimeSpan KnownEverywhereAfter = TimeSpan.FromSeconds(15);

    public LinkKeyRing Ring(DateTimeOffset now) => new(SigningAt(now), Keys.Select(key => new LinkKey(key.Number, key.Secret, key.Revoked)));

    ushort SigningAt(DateTimeOffset now)
    {
        var signing = Current;
        if (Keys.FirstOrDefault(key => key.Number == Current) is { MadeAt: { } made } && now - made < KnownEverywhereAfter)
            signing = Keys.LastOrDefault(key => key.Number != Current && !key.Revoked)?.Number ?? Current;
        return signing;
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LinkKeysJson.Default.KeptLinkKeys);
}

/// <param name="MadeAt">Null: at the first start.</param>
sealed record KeptLinkKey(ushort Number, byte[] Secret, bool Revoked, DateTimeOffset? MadeAt = null, DateTimeOffset? RevokedAt = null)
{
    public static KeptLinkKey New(ushort number, DateTimeOffset? at) => new(number, RandomNumberGenerator.GetBytes(LinkKey.SecretBytesMin), Revoked: false, at);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptLinkKeys))]
sealed partial class LinkKeysJson : JsonSerializerContext;
