using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Extensions;
using Parcours.Channels.Webhooks;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Webhooks;

/// <summary>Secrets that webhooks carry or sign with: documents, so that every node has them. They must be readable here to be sent; the API never shows one that was stored.</summary>
public sealed class StoredSecrets(IStoreQueries queries) : IWebhookSecrets
{
    const string SettingKind = "setting", SigningId = "webhook-signing";

    /// <summary>How long the key before still signs beside the new one, so that receivers can change theirs.</summary>
    public static readonly TimeSpan BothFor = TimeSpan.FromHours(24);

    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken) =>
        await queries.DocumentAsync(DocumentKinds.Secret, name, cancellationToken) is { } document ? JsonSerializer.Deserialize(document.Json.Span, StoredSecretsJson.Default.StoredSecret)!.Value : null;

    public async ValueTask<IReadOnlyList<string>> SigningAsync(CancellationToken cancellationToken) =>
        await ReadSigningAsync(cancellationToken) is not { } keys ? []
        : keys.Previous is { } previous && TimeProvider.System.GetUtcNow() < keys.ChangedAt + BothFor ? [keys.Current, previous] : [keys.Current];

    public async ValueTask<SigningKeys?> ReadSigningAsync(CancellationToken cancellationToken) =>
        await queries.DocumentAsync(SettingKind, SigningId, cancellationToken) is { } document ? JsonSerializer.Deserialize(document.Json.Span, StoredSecretsJson.Default.SigningKeys) : null;

    public static async ValueTask<Document?> WriteAsync(IStoreUnit unit, string name, string value, Instant now, CancellationToken cancellationToken) =>
        await unit.WriteDocumentAsync(DocumentKinds.Secret, name, JsonSerializer.SerializeToUtf8Bytes(new StoredSecret(value), StoredSecretsJson.Default.StoredSecret), null, now, cancellationToken);

    /// <param name="before">Null: there was none.</param>
    public static async ValueTask<SigningKeys> ChangeSigningAsync(IStoreUnit unit, SigningKeys? before, Instant now, CancellationToken cancellationToken)
    {
        var keys = new SigningKeys(StandardWebhooks.NewSecret(), before?.Current, TimeProvider.System.GetUtcNow());
        await unit.WriteDocumentAsync(SettingKind, SigningId, JsonSerializer.SerializeToUtf8Bytes(keys, StoredSecretsJson.Default.SigningKeys), null, now, cancellationToken);
        return keys;
    }

    /// <summary>The installation signs from its first webhook on: its key is made at the first start.</summary>
    public static async Task<StoredSecrets> OfAsync(IStore store, CancellationToken cancellationToken)
    {
        var secrets = new StoredSecrets(store.Queries);
        if (await secrets.ReadSigningAsync(cancellationToken) is not null)
            return secrets;
        await using var unit = await store.BeginAsync(PartitionSet.None, cancellationToken);
        // Of two nodes that start on an empty database at once one makes it.
        var keys = new SigningKeys(StandardWebhooks.NewSecret(), null, TimeProvider.System.GetUtcNow());
        await unit.WriteDocumentAsync(SettingKind, SigningId, JsonSerializer.SerializeToUtf8Bytes(keys, StoredSecretsJson.Default.SigningKeys), 0, TimeProvider.System.GetUtcNow().ToInstant().Truncate(), cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return secrets;
    }
}

public sealed record StoredSecret(string Value);

/// <param name="Previous">Signs beside the current one for a while; null: there was none.</param>
public sealed record SigningKeys(string Current, string? Previous, DateTimeOffset ChangedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredSecret))]
[JsonSerializable(typeof(SigningKeys))]
sealed partial class StoredSecretsJson : JsonSerializerContext;
