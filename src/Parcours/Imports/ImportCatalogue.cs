using System.Text.Json;
using Parcours.Api;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;

namespace Parcours.Imports;

/// <summary>What the installation knows that a file can name: declared properties, lists, topics, live journeys.</summary>
sealed record ImportCatalogue(PropertyRegistry Properties, IReadOnlySet<string> Lists, IReadOnlySet<string> Topics)
{
    /// <summary>Journeys that contacts can enter; null: nobody has asked.</summary>
    public IReadOnlySet<string>? Journeys { get; init; }

    /// <summary>That of an installation that does not exist yet.</summary>
    public static ImportCatalogue Empty { get; } = new(PropertyRegistry.Empty, new HashSet<string>(), new HashSet<string>());

    public static async Task<ImportCatalogue> LoadAsync(IStoreQueries queries, string? journey, CancellationToken cancellationToken)
    {
        var properties = new List<PropertyDefinition>();
        await foreach (var document in AllAsync(queries, DocumentKinds.Property, cancellationToken))
        {
            var body = JsonSerializer.Deserialize<PropertyBody>(document.Json.Span, CatalogueApi.Kept)!;
            properties.Add(new(document.Id, Enum.Parse<PropertyType>(body.Type.ToString()), body.Choices ?? [], body.Public, body.Unique));
        }

        var (lists, topics) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var document in AllAsync(queries, DocumentKinds.List, cancellationToken))
            lists.Add(document.Id);
        await foreach (var document in AllAsync(queries, DocumentKinds.Topic, cancellationToken))
            topics.Add(document.Id);
        // One journey: what others there are concerns nobody here.
        var isLive = journey is not null && await queries.DocumentAsync(DocumentKinds.Journey, journey, cancellationToken) is { } kept && IsLive(kept);
        return new(new(properties), lists, topics) { Journeys = isLive ? new HashSet<string>(StringComparer.Ordinal) { journey! } : new HashSet<string>() };
    }

    static bool IsLive(Document journey)
    {
        using var read = JsonDocument.Parse(journey.Json);
        return read.RootElement.TryGetProperty("status", out var status) && status.GetString()?.ToUpperInvariant() is "LIVE" or "PAUSED";
    }

    static async IAsyncEnumerable<Document> AllAsync(IStoreQueries queries, string kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await queries.DocumentsAsync(kind, null, after, 500, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var document in page)
                yield return document;
            after = page[^1].Id;
        }
    }
}
