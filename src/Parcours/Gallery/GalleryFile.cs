using System.Text.Json;
using System.Text.Json.Nodes;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Definitions;

namespace Parcours.Gallery;

/// <summary>Words of a ready-made journey in one language.</summary>
/// <param name="Names">What its points and starting points are called, by their ids.</param>
sealed record GalleryTexts(string Name, string? Description = null, IReadOnlyDictionary<string, string>? Names = null);

/// <summary>A ready-made journey as its file has it: the journey with everything that it names.</summary>
/// <param name="Goal">The group under which it is found.</param>
/// <param name="Texts">By language; English stands in for the others.</param>
/// <param name="Journey">A journey's definition (docs/journeys.md).</param>
/// <param name="Segments">As <c>PUT /segments</c> takes them, each with its name; likewise the rest.</param>
sealed record GalleryDocument(
    int Format, string Id, string Goal, IReadOnlyDictionary<string, GalleryTexts> Texts, JsonElement Journey,
    IReadOnlyList<JsonElement>? Topics = null, IReadOnlyList<JsonElement>? Lists = null, IReadOnlyList<JsonElement>? Properties = null,
    IReadOnlyList<JsonElement>? Segments = null, IReadOnlyList<JsonElement>? Content = null, IReadOnlyList<JsonElement>? Pools = null)
{
    /// <summary>The parts that the catalogue keeps under <paramref name="kind"/>.</summary>
    public IReadOnlyList<JsonElement> Parts(string kind) => kind switch
    {
        DocumentKinds.Topic => Topics,
        DocumentKinds.List => Lists,
        DocumentKinds.Property => Properties,
        DocumentKinds.Segment => Segments,
        DocumentKinds.Content => Content,
        DocumentKinds.Pool => Pools,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    } ?? [];

    public static string NameOf(JsonElement part) => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
}

/// <summary>A file of the gallery, good or not.</summary>
/// <param name="Id">Its own, or, where it cannot be read, the file's name.</param>
/// <param name="IsOwn">From the data folder; else it came with the program.</param>
/// <param name="Document">Null: it cannot be read.</param>
sealed record GalleryFile(string Id, bool IsOwn, GalleryDocument? Document, IReadOnlyList<ProblemReason> Problems)
{
    public const int FormatKnown = 1;
    const string Fallback = "en";

    public bool IsSound => Document is not null && Problems.All(problem => problem.Severity != "error");

    /// <summary>Reads a file and tells everything that is wrong with it: judged by itself, for it brings all that it names.</summary>
    public static GalleryFile Read(string fileName, bool isOwn, ReadOnlyMemory<byte> bytes, IContentCheck content)
    {
        var name = Path.GetFileNameWithoutExtension(fileName);
        var reasons = new List<ProblemReason>();
        try
        {
            using var json = JsonDocument.Parse(bytes, new() { MaxDepth = 256, AllowDuplicateProperties = false });
            JsonBody.Check(json.RootElement, ApiJson.Options.GetTypeInfo(typeof(GalleryDocument)), "", reasons);
            if (reasons.Count > 0)
                return new(name, isOwn, null, reasons);
            var document = json.Deserialize<GalleryDocument>(ApiJson.Options)!;
            if (document.Format != FormatKnown)
                return new(name, isOwn, null, [new("format.unknown", "/format", $"This version reads format {FormatKnown}.")]);
            GalleryCheck.Run(document, content, reasons);
            return new(document.Id, isOwn, document, reasons);
        }
        catch (JsonException malformed)
        {
            return new(name, isOwn, null, [new("json.malformed", "", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The file is not JSON: line {(malformed.LineNumber ?? 0) + 1}, byte {(malformed.BytePositionInLine ?? 0) + 1} of the line."))]);
        }
    }

    /// <summary>The words in a language, else in English, else in whatever there is.</summary>
    public GalleryTexts TextsIn(string? language)
    {
        var texts = Document!.Texts;
        return language is not null && texts.TryGetValue(language, out var wanted) ? wanted : texts.TryGetValue(Fallback, out var english) ? english : texts.Values.First();
    }

    /// <summary>The journey with its names in a language.</summary>
    public JsonObject JourneyIn(string? language)
    {
        var (texts, journey) = (TextsIn(language), JsonNode.Parse(Document!.Journey.GetRawText(), documentOptions: new() { MaxDepth = 256 })!.AsObject());
        (journey["name"], journey["description"]) = (texts.Name, texts.Description);
        foreach (var (id, name) in texts.Names ?? new Dictionary<string, string>())
        {
            if (journey["points"]?[id] is JsonObject point)
                point["name"] = name;
            foreach (var start in (journey["start"]?.AsArray() ?? []).OfType<JsonObject>().Where(start => (string?)start["id"] == id))
                start["name"] = name;
        }

        return journey;
    }
}
