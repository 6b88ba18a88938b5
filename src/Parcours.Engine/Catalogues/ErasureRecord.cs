using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Catalogues;

/// <summary>What is left to do of an erasure.</summary>
/// <param name="Left">Ids of which rows may be left: the contact's own, and those of contacts that it had absorbed.</param>
sealed record ErasureRecord(IReadOnlyList<Guid> Left)
{
    public static async ValueTask BeginAsync(IStoreUnit unit, IReadOnlyList<ContactId> contacts, Instant now, CancellationToken cancellationToken)
    {
        var id = contacts[0].Value.ToString();
        await unit.WriteDocumentAsync(DocumentKinds.Erasure, id, "{}"u8.ToArray(), null, now, cancellationToken);
        var left = new ErasureRecord([.. contacts.Select(static contact => contact.Value)]);
        await unit.WriteDocumentAsync(DocumentKinds.Erasing, id, JsonSerializer.SerializeToUtf8Bytes(left, ErasureJson.Default.ErasureRecord), null, now, cancellationToken);
    }

    /// <summary>A piece of it.</summary>
    public static async ValueTask<Erasing> GoOnAsync(IStoreUnit unit, Document document, CancellationToken cancellationToken)
    {
        var record = JsonSerializer.Deserialize(document.Json.Span, ErasureJson.Default.ErasureRecord)!;
        foreach (var contact in record.Left)
            if (await unit.EraseAsync(new(contact), cancellationToken) is not Erasing.Done and var state)
                return state;
        await unit.DeleteDocumentAsync(DocumentKinds.Erasing, document.Id, null, cancellationToken);
        return Erasing.Done;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErasureRecord))]
sealed partial class ErasureJson : JsonSerializerContext;
