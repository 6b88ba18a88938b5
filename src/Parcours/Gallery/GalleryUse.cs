using System.Text.Json;
using System.Text.Json.Nodes;
using Parcours.Api;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Machine;

namespace Parcours.Gallery;

/// <summary>Makes a draft of a ready-made journey, with everything that it names.</summary>
/// <remarks>
/// Topics, lists and properties are shared words: what is there already is taken as it is. Segments, content and pools of coupons are the journey's own: one of another making under the same name stays, and ours gets
/// another name. The draft comes last, so that nothing refers to what is not there; should it stop half-way, using it again finds what is there.
/// </remarks>
sealed class GalleryUse(IEngine engine, JourneyShelf shelf)
{
    const int NameLengthMax = 200;

    /// <returns>The draft's id; or why a part was refused.</returns>
    public async Task<(JourneyId Made, CatalogueAnswer Answer)> RunAsync(GalleryFile file, string? name, string? language, CancellationToken cancellationToken)
    {
        var renamed = new Dictionary<(string Kind, string Name), string>();
        foreach (var kind in new[] { DocumentKinds.Topic, DocumentKinds.List, DocumentKinds.Property })
            foreach (var part in file.Document!.Parts(kind))
                if (await engine.Queries.DocumentAsync(kind, GalleryDocument.NameOf(part), cancellationToken) is null
                    && await engine.Catalogue.SaveAsync(kind, GalleryDocument.NameOf(part), Bytes(part), 0, cancellationToken) is CatalogueAnswer.Refused refused)
                    return (default, refused);
        foreach (var part in file.Document!.Parts(DocumentKinds.Content))
            if (await KeepAsync(DocumentKinds.Content, part, renamed, cancellationToken) is { } refused)
                return (default, refused);
        foreach (var part in file.Document.Parts(DocumentKinds.Pool))
            if (await KeepAsync(DocumentKinds.Pool, part, renamed, cancellationToken) is { } refused)
                return (default, refused);
        foreach (var part in file.Document.Parts(DocumentKinds.Segment))
            if (await KeepAsync(DocumentKinds.Segment, part, renamed, cancellationToken) is { } refused)
                return (default, refused);
        return await DraftAsync(file.JourneyIn(language), name, renamed, cancellationToken);
    }

    async Task<(JourneyId, CatalogueAnswer)> DraftAsync(JsonObject journey, string? name, Dictionary<(string, string), string> renamed, CancellationToken cancellationToken)
    {
        var all = await shelf.AllAsync(cancellationToken);
        var free = JourneyNames.Free(string.IsNullOrWhiteSpace(name) ? (string)journey["name"]! : name.Trim(), wanted => all.Any(one => one.Name == wanted), " ", NameLengthMax);
        var id = JourneyNames.Free(JourneyNames.IdOf(free), wanted => all.Any(one => one.Id.Value == wanted));
        (journey["id"], journey["name"]) = (id, free);
        Refer(journey, renamed);
        return (new(id), await engine.Catalogue.SaveJourneyAsync(new(id), JsonSerializer.SerializeToUtf8Bytes(journey), 0, cancellationToken));
    }

    /// <summary>Keeps a part under its name, or under another where the name is somebody else's.</summary>
    async Task<CatalogueAnswer?> KeepAsync(string kind, JsonElement part, Dictionary<(string, string), string> renamed, CancellationToken cancellationToken)
    {
        var (name, tried) = (GalleryDocument.NameOf(part), GalleryDocument.NameOf(part));
        for (var number = 2; await StandsAsync(kind, tried, part, cancellationToken) is { } isOurs; number++)
        {
            if (isOurs)
            {
                renamed[(kind, name)] = tried;
                return null;
            }

            tried = $"{name}-{number}";
        }

        renamed[(kind, name)] = tried;
        var bytes = kind == DocumentKinds.Pool ? CouponsApi.Bytes(tried, Named(part, tried).Deserialize<PoolBody>(ApiJson.Options)!) : Bytes(Named(part, tried)); // Judged by the file's check.
        var answer = kind == DocumentKinds.Segment
            ? await engine.Catalogue.SaveSegmentAsync(tried, bytes, 0, cancellationToken)
            : await engine.Catalogue.SaveAsync(kind, tried, bytes, 0, cancellationToken);
        return answer is CatalogueAnswer.Refused ? answer : null;
    }

    /// <returns>Null: nothing has this name; else whether it is what we bring.</returns>
    async Task<bool?> StandsAsync(string kind, string name, JsonElement part, CancellationToken cancellationToken)
    {
        if (kind == DocumentKinds.Segment)
            return await engine.Catalogue.SegmentAsync(name, cancellationToken) is { } segment
                ? RawJson.Of(segment.Condition) is { } condition && JsonElement.DeepEquals(condition, part.GetProperty("condition"))
                : null;
        if (kind == DocumentKinds.Pool)
            // What a pool keeps besides is its own: how its codes come about, and how long they are good, says whether it is ours.
            return await engine.Queries.DocumentAsync(kind, name, cancellationToken) is { } pool
                ? PoolBody.Of(pool) is var standing && part.Deserialize<PoolBody>(ApiJson.Options) is { } brought && (standing.Pattern, standing.ExpiresAt, standing.ExpiresAfter) == (brought.Pattern, brought.ExpiresAt, brought.ExpiresAfter)
                : null;
        return await engine.Queries.DocumentAsync(kind, name, cancellationToken) is { } document
            ? RawJson.Of(document.Json) is { } held && JsonElement.DeepEquals(held, Named(part, name))
            : null;
    }

    static JsonElement Named(JsonElement part, string name)
    {
        var json = JsonObject.Create(part)!;
        json["name"] = name;
        return JsonSerializer.SerializeToElement(json);
    }

    /// <summary>Wherever the journey names what got another name, it names that.</summary>
    static void Refer(JsonNode? node, Dictionary<(string Kind, string Name), string> renamed)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Refer(item, renamed);
            return;
        }

        if (node is not JsonObject thing)
            return;
        var (kind, field) = Text(thing, "kind") switch
        {
            "sendEmail" => (DocumentKinds.Content, "content"),
            "coupon" => (DocumentKinds.Pool, "pool"),
            "segment" => (DocumentKinds.Segment, "name"),
            "segmentEntered" or "segmentLeft" => (DocumentKinds.Segment, "segment"),
            _ => ("", ""),
        };
        if (Text(thing, field) is { } name && renamed.TryGetValue((kind, name), out var other))
            thing[field] = other;
        foreach (var (_, inner) in thing.ToList())
            Refer(inner, renamed);
    }

    static string? Text(JsonObject thing, string field) => thing[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    static byte[] Bytes(JsonElement part) => JsonSerializer.SerializeToUtf8Bytes(part);
}
