using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Extensions;
using Parcours.Channels.Links;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Cli;

/// <summary>The installation's keys for public links: made at the first start, kept with the data, so that links in mails go on working. Nodes know each other by them, too.</summary>
static class LinkKeys
{
    const string Kind = "setting", Id = "link-keys";

    public static async Task<(PublicLinkSigner Signer, string NodeToken)> OfAsync(IStore store, CancellationToken cancellationToken)
    {
        // Of two nodes that start on an empty database at once one makes them.
        var kept = await ReadAsync(store, cancellationToken) ?? await MakeAsync(store, cancellationToken) ?? await ReadAsync(store, cancellationToken) ?? throw Unreadable();
        return (
            new PublicLinkSigner(new LinkKeyRing(kept.Current, kept.Keys.Select(key => new LinkKey(key.Number, key.Secret, key.Revoked)))),
            Convert.ToHexStringLower(HMACSHA256.HashData(kept.Keys[0].Secret, "parcours node"u8)));
    }

    static async Task<KeptLinkKeys?> ReadAsync(IStore store, CancellationToken cancellationToken) =>
        await store.Queries.DocumentAsync(Kind, Id, cancellationToken) is { } document ? JsonSerializer.Deserialize(document.Json.Span, LinkKeysJson.Default.KeptLinkKeys) ?? throw Unreadable() : null;

    static StoreException Unreadable() => new(StoreFailure.Corrupt, "The keys of public links cannot be read. Restore a backup.");

    /// <returns>Null: somebody else has made them just now.</returns>
    static async Task<KeptLinkKeys?> MakeAsync(IStore store, CancellationToken cancellationToken)
    {
        var kept = new KeptLinkKeys(1, [new KeptLinkKey(1, RandomNumberGenerator.GetBytes(LinkKey.SecretBytesMin), Revoked: false)]);
        await using var unit = await store.BeginAsync(PartitionSet.None, cancellationToken);
        var now = TimeProvider.System.GetUtcNow().ToInstant().Truncate();
        var written = await unit.WriteDocumentAsync(Kind, Id, JsonSerializer.SerializeToUtf8Bytes(kept, LinkKeysJson.Default.KeptLinkKeys), expectedRevision: 0, now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return written is null ? null : kept;
    }
}

/// <param name="Current">The number of the key that signs.</param>
sealed record KeptLinkKeys(ushort Current, IReadOnlyList<KeptLinkKey> Keys);

sealed record KeptLinkKey(ushort Number, byte[] Secret, bool Revoked);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptLinkKeys))]
sealed partial class LinkKeysJson : JsonSerializerContext;
