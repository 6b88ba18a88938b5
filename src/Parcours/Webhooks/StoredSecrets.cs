using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Extensions;
using Parcours.Channels.Webhooks;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Webhooks;

/// <summary>Secrets that webhooks carry or sign with: documents, so that every node has them, sealed with the installation's key. They must be readable here to be sent; the API never shows one that was stored.</summary>
public sealed class StoredSecrets(IStoreQueries queries, SealingKeys sealing) : IWebhookSecrets
{
    internal const string SettingKind = "setting", SigningId = "webhook-signing";
    static readonly string SigningPlace = $"{SettingKind}/{SigningId}";

    /// <summary>How long the key before still signs beside the new one, so that receivers can change theirs.</summary>
    public static readonly TimeSpan BothFor = TimeSpan.FromHours(24);

    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken) =>
        await queries.DocumentAsync(DocumentKinds.Secret, name, cancellationToken) is { } document ? sealing.Open(Read(document).Value, PlaceOf(name)) ?? throw new SealedSecretException(name) : null;

    public async ValueTask<IReadOnlyList<string>> SigningAsync(CancellationToken cancellationToken) =>
        await ReadSigningAsync(cancellationToken) is not { } keys ? []
        : keys.Previous is { } previous && TimeProvider.System.GetUtcNow() < keys.ChangedAt + BothFor ? [keys.Current, previous] : [keys.Current];

    /// <returns>Null: none was made yet.</returns>
    /// <exception cref="SealedSecretException">Its key is not here.</exception>
    public async ValueTask<SigningKeys?> ReadSigningAsync(CancellationToken cancellationToken) =>
        await queries.DocumentAsync(SettingKind, SigningId, cancellationToken) is not { } document ? null
        : Opened(ReadSigning(document), sealing) ?? throw new SealedSecretException(SigningId);

    public async ValueTask<Document?> WriteAsync(IStoreUnit unit, string name, string value, Instant now, CancellationToken cancellationToken) =>
        await unit.WriteDocumentAsync(DocumentKinds.Secret, name, JsonSerializer.SerializeToUtf8Bytes(new StoredSecret(sealing.Seal(value, PlaceOf(name))), StoredSecretsJson.Default.StoredSecret), null, now, cancellationToken);

    /// <param name="before">Null: there was none.</param>
    public async ValueTask<SigningKeys> ChangeSigningAsync(IStoreUnit unit, SigningKeys? before, Instant now, CancellationToken cancellationToken)
    {
        var keys = new SigningKeys(StandardWebhooks.NewSecret(), before?.Current, TimeProvider.System.GetUtcNow());
        await unit.WriteDocumentAsync(SettingKind, SigningId, Sealed(keys, sealing), null, now, cancellationToken);
        return keys;
    }

    /// <summary>The installation signs from its first webhook on: its key is made at the first start.</summary>
    public static async Task<StoredSecrets> OfAsync(IStore store, SealingKeys sealing, CancellationToken cancellationToken)
    {
        var secrets = new StoredSecrets(store.Queries, sealing);
        if (await store.Queries.DocumentAsync(SettingKind, SigningId, cancellationToken) is not null)
            return secrets;
        await using var unit = await store.BeginAsync(PartitionSet.None, cancellationToken);
        // Of two nodes that start on an empty database at once one makes it.
        var keys = new SigningKeys(StandardWebhooks.NewSecret(), null, TimeProvider.System.GetUtcNow());
        await unit.WriteDocumentAsync(SettingKind, SigningId, Sealed(keys, sealing), 0, TimeProvider.System.GetUtcNow().ToInstant().Truncate(), cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return secrets;
    }

    /// <summary>The document as it is to lie; null: as it lies. <c>Shut</c>: no key here opens it.</summary>
    internal static (ReadOnlyMemory<byte>? Json, bool Shut) Resealed(Document document, SealingKeys sealing)
    {
        var stored = Read(document).Value;
        if (sealing.IsCurrent(stored))
            return (null, false);
        if (sealing.Open(stored, PlaceOf(document.Id)) is not { } plain)
            return (null, true);
        return (JsonSerializer.SerializeToUtf8Bytes(new StoredSecret(sealing.Seal(plain, PlaceOf(document.Id))), StoredSecretsJson.Default.StoredSecret), false);
    }

    /// <inheritdoc cref="Resealed"/>
    internal static (ReadOnlyMemory<byte>? Json, bool Shut) ResealedSigning(Document document, SealingKeys sealing)
    {
        var keys = ReadSigning(document);
        if (sealing.IsCurrent(keys.Current) && (keys.Previous is null || sealing.IsCurrent(keys.Previous)))
            return (null, false);
        if (Opened(keys, sealing) is not { } opened)
            return (null, true);
        return (Sealed(opened, sealing), false);
    }

    static SigningKeys? Opened(SigningKeys keys, SealingKeys sealing) =>
        sealing.Open(keys.Current, SigningPlace) is { } current ? keys with { Current = current, Previous = keys.Previous is { } before ? sealing.Open(before, SigningPlace) : null } : null;

    static byte[] Sealed(SigningKeys keys, SealingKeys sealing) => JsonSerializer.SerializeToUtf8Bytes(
        keys with { Current = sealing.Seal(keys.Current, SigningPlace), Previous = keys.Previous is { } before ? sealing.Seal(before, SigningPlace) : null }, StoredSecretsJson.Default.SigningKeys);

    static StoredSecret Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, StoredSecretsJson.Default.StoredSecret)!;
    static SigningKeys ReadSigning(Document document) => JsonSerializer.Deserialize(document.Json.Span, StoredSecretsJson.Default.SigningKeys)!;
    static string PlaceOf(string name) => $"{DocumentKinds.Secret}/{name}";
}

/// <param name="Value">Sealed, unless there is no key.</param>
public sealed record StoredSecret(string Value);

/// <param name="Previous">Signs beside the current one for a while; null: there was none.</param>
public sealed record SigningKeys(string Current, string? Previous, DateTimeOffset ChangedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredSecret))]
[JsonSerializable(typeof(SigningKeys))]
sealed partial class StoredSecretsJson : JsonSerializerContext;
