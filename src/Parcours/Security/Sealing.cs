using System.Text.Json;
using NodaTime.Extensions;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Webhooks;

namespace Parcours.Security;

/// <summary>At the start: whatever lies as it is, or sealed with an older key, is sealed with the newest.</summary>
static class Sealing
{
    const int AtOnce = 200;

    /// <returns>How many secrets no key here opens.</returns>
    public static async Task<int> RunAsync(IStore store, SealingKeys keys, CancellationToken cancellationToken)
    {
        var shut = await RunAsync(store, DocumentKinds.Secret, document => StoredSecrets.Resealed(document, keys), cancellationToken)
            + await RunAsync(store, Users.Kind, document => Resealed(document, keys), cancellationToken);
        if (await store.Queries.DocumentAsync(StoredSecrets.SettingKind, StoredSecrets.SigningId, cancellationToken) is { } signing)
            shut += await WriteAsync(store, signing, StoredSecrets.ResealedSigning(signing, keys), cancellationToken);
        return shut;
    }

    static async Task<int> RunAsync(IStore store, string kind, Func<Document, (ReadOnlyMemory<byte>? Json, bool Shut)> resealed, CancellationToken cancellationToken)
    {
        var shut = 0;
        for (string? after = null; ;)
        {
            var page = await store.Queries.DocumentsAsync(kind, null, after, AtOnce, cancellationToken);
            foreach (var document in page)
                shut += await WriteAsync(store, document, resealed(document), cancellationToken);
            if (page.Count < AtOnce)
                return shut;
            after = page[^1].Id;
        }
    }

    static async Task<int> WriteAsync(IStore store, Document document, (ReadOnlyMemory<byte>? Json, bool Shut) resealed, CancellationToken cancellationToken)
    {
        if (resealed.Json is not { } json)
            return resealed.Shut ? 1 : 0;
        await using var unit = await store.BeginAsync(PartitionSet.None, cancellationToken);
        // Whoever changed it meanwhile has sealed it.
        await unit.WriteDocumentAsync(document.Kind, document.Id, json, document.Revision, TimeProvider.System.GetUtcNow().ToInstant().Truncate(), cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return 0;
    }

    static (ReadOnlyMemory<byte>?, bool) Resealed(Document document, SealingKeys keys)
    {
        var user = Users.Read(document);
        if (user.SecondFactor is not { } factor || keys.IsCurrent(factor.Secret))
            return (null, false);
        // Not in one expression: a null of an array would become an empty document.
        if (keys.Open(factor.Secret, TwoFactor.PlaceOf(user.Id)) is not { } plain)
            return (null, true);
        return (Users.Write(user with { SecondFactor = factor with { Secret = keys.Seal(plain, TwoFactor.PlaceOf(user.Id)) } }), false);
    }
}
