using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Contacts;

/// <summary>A filter of contacts that somebody gave a name.</summary>
/// <param name="Owner">Who made it, as <see cref="Security.Access.IdOf"/> names callers.</param>
/// <param name="Shared">Everybody sees it; else its owner alone does.</param>
/// <param name="Columns">Properties that the table shows besides, in their order.</param>
/// <param name="Archived">Only those that are archived, or only those that are not; null: both.</param>
/// <param name="Hidden">Columns that the table shows by itself, and this view does not.</param>
sealed record SavedView(string Name, string Owner, string? By, bool Shared, string? Search, JsonElement? Condition, IReadOnlyList<string> Columns, bool? Archived = null, IReadOnlyList<ContactColumn>? Hidden = null, bool OldestFirst = false);

/// <summary>Columns that the table of contacts shows by itself.</summary>
enum ContactColumn
{
    Tags = 0,
    Journeys = 1,
    Since = 2,
    LastSeen = 3,
}

/// <summary>Saved views, kept as documents of kind <c>contact-view</c>.</summary>
sealed class SavedViews(IEngine engine, TimeProvider time)
{
    public const int Most = 1_000, NameLengthMax = 60, ColumnsMax = 20;
    const string Kind = "contact-view";

    public async ValueTask<IReadOnlyList<(Document Document, SavedView View)>> SeenByAsync(string caller, CancellationToken cancellationToken) =>
        [.. (await engine.Queries.DocumentsAsync(Kind, null, null, Most, cancellationToken)).Select(document => (document, Read(document))).Where(one => one.Item2.Shared || one.Item2.Owner == caller)];

    public async ValueTask<(Document Document, SavedView View)?> FindAsync(string id, string caller, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(Kind, id, cancellationToken) is { } document && Read(document) is var view && (view.Shared || view.Owner == caller) ? (document, view) : null;

    /// <returns>Null: there are too many.</returns>
    public async Task<Document?> AddAsync(SavedView view, CancellationToken cancellationToken)
    {
        if ((await engine.Queries.DocumentsAsync(Kind, null, null, Most, cancellationToken)).Count >= Most)
            return null;
        return await engine.WriteAsync((unit, now) => unit.WriteDocumentAsync(Kind, Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), Json(view), 0, now, cancellationToken), cancellationToken);
    }

    /// <returns>Null: somebody else was faster.</returns>
    public Task<Document?> ReplaceAsync(string id, SavedView view, long? seen, CancellationToken cancellationToken) =>
        engine.WriteAsync((unit, now) => unit.WriteDocumentAsync(Kind, id, Json(view), seen, now, cancellationToken), cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(Kind, id, null, cancellationToken), cancellationToken);

    static byte[] Json(SavedView view) => JsonSerializer.SerializeToUtf8Bytes(view, SavedViewJson.Default.SavedView);
    static SavedView Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, SavedViewJson.Default.SavedView)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseEnumConverter<ContactColumn>)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedView))]
sealed partial class SavedViewJson : JsonSerializerContext;
