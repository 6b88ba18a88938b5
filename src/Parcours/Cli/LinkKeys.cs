using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Extensions;
using Parcours.Channels.Links;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Cli;

/// <summary>The installation's keys for public links: made at the first start, kept with the data, so that links in mails go on working.</summary>
static class LinkKeys
{
    const string Kind = "setting", Id = "link-keys";

    public static async Task<PublicLinkSigner> SignerAsync(IStore store, CancellationToken cancellationToken)
    {
        var kept = await store.Queries.DocumentAsync(Kind, Id, cancellationToken) is { } document
            ? JsonSerializer.Deserialize(document.Json.Span, LinkKeysJson.Default.KeptLinkKeys) ?? throw new StoreException(StoreFailure.Corrupt, "The keys of public links cannot be read. Restore a backup.")
            : await MakeAsync(store, cancellationToken);
        return new PublicLinkSigner(new LinkKeyRing(kept.Current, kept.Keys.Select(key => new LinkKey(key.Number, key.Secret, key.Revoked))));
    }

    static async Task<KeptLinkKeys> MakeAsync(IStore store, CancellationToken cancellationToken)
    {
        var kept = new KeptLinkKeys(1, [new KeptLinkKey(1, RandomNumberGenerator.GetBytes(LinkKey.SecretBytesMin), Revoked: false)]);
        await using var unit = await store.BeginAsync(PartitionSet.None, cancellationToken);
        var now = TimeProvider.System.GetUtcNow().ToInstant().Truncate();
        await unit.WriteDocumentAsync(Kind, Id, JsonSerializer.SerializeToUtf8Bytes(kept, LinkKeysJson.Default.KeptLinkKeys), expectedRevision: 0, now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return kept;
    }
}

/// <param name="Current">The number of the key that signs.</param>
sealed record KeptLinkKeys(ushort Current, IReadOnlyList<KeptLinkKey> Keys);

sealed record KeptLinkKey(ushort Number, byte[] Secret, bool Revoked);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptLinkKeys))]
sealed partial class LinkKeysJson : JsonSerializerContext;
