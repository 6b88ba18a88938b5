using System.Text.Json;
using Parcours.Api;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Gallery;

/// <summary>Everything that is wrong with a ready-made journey, each with its place in the file.</summary>
static class GalleryCheck
{
    public static void Run(GalleryDocument document, IContentCheck content, List<ProblemReason> reasons)
    {
        if (document.Texts.Count == 0)
            reasons.Add(new("gallery.texts", "/texts", "A ready-made journey has its name in at least one language."));
        foreach (var (language, texts) in document.Texts)
            if (string.IsNullOrWhiteSpace(texts.Name))
                reasons.Add(new("gallery.texts", $"/texts/{language}/name", "It needs a name."));
        foreach (var kind in new[] { DocumentKinds.Topic, DocumentKinds.List, DocumentKinds.Property, DocumentKinds.Segment, DocumentKinds.Content, DocumentKinds.Pool })
            Named(kind, document.Parts(kind), reasons);
        var references = new Brought(document);
        // Codes that are uploaded are an installation's own: a file brings pools that make theirs.
        for (var at = 0; at < document.Parts(DocumentKinds.Pool).Count; at++)
            if (!MakesCodes(document.Parts(DocumentKinds.Pool)[at]))
                reasons.Add(new("gallery.pool", $"/pools/{at}", "A pool that a file brings is as PUT /coupons takes it, and makes its codes by a pattern such as SPRING-*****."));
        Add(reasons, JourneyCheck.Check(document.Journey, references).Problems, "/journey");
        if (document.Journey.ValueKind == JsonValueKind.Object && document.Journey.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() != document.Id)
            reasons.Add(new("gallery.id", "/journey/id", $"The journey's id is not the file's, '{document.Id}'."));
        for (var at = 0; at < document.Parts(DocumentKinds.Segment).Count; at++)
            Add(reasons, SegmentCheck.Check(Bytes(document.Parts(DocumentKinds.Segment)[at]), references).Problems, $"/segments/{at}");
        for (var at = 0; at < document.Parts(DocumentKinds.Content).Count; at++)
            Add(reasons, content.Check(GalleryDocument.NameOf(document.Parts(DocumentKinds.Content)[at]), Bytes(document.Parts(DocumentKinds.Content)[at])), $"/content/{at}");
    }

    static bool MakesCodes(JsonElement pool)
    {
        try
        {
            return pool.Deserialize<PoolBody>(ApiJson.Options)?.Pattern is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static void Named(string kind, IReadOnlyList<JsonElement> parts, List<ProblemReason> reasons)
    {
        for (var at = 0; at < parts.Count; at++)
            if (GalleryDocument.NameOf(parts[at]).Length == 0)
                reasons.Add(new("gallery.name", $"/{kind}/{at}", $"Each {kind} needs a name."));
    }

    static void Add(List<ProblemReason> reasons, IEnumerable<Problem> problems, string under) =>
        reasons.AddRange(problems.Select(CatalogueAnswers.Reason).Select(reason => reason with { Path = under + reason.Path }));

    static byte[] Bytes(JsonElement part) => JsonSerializer.SerializeToUtf8Bytes(part);

    /// <summary>What the file itself brings, and nothing else: it must stand in any installation.</summary>
    sealed class Brought(GalleryDocument document) : IReferences
    {
        public ReferenceState Content(string channel, string name) => Has(DocumentKinds.Content, name);
        public ReferenceState Segment(string name) => Has(DocumentKinds.Segment, name);
        public IReadOnlyList<string> JourneysByStage(string property) => [];
        public ReferenceState Journey(string id) => ReferenceState.Missing;
        public bool Pool(string name) => Has(DocumentKinds.Pool, name) == ReferenceState.Live;
        public bool List(string name) => Has(DocumentKinds.List, name) == ReferenceState.Live;
        public Topic? Topic(string name) => Has(DocumentKinds.Topic, name) == ReferenceState.Live ? new(name, UnknownConsent.NeedsGiven) : null;
        public ValueKind? PropertyType(string name)
        {
            foreach (var part in document.Parts(DocumentKinds.Property))
                if (GalleryDocument.NameOf(part) == name)
                    return part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                        ? type.GetString() switch
                        {
                            "text" or "choice" => ValueKind.Text,
                            "number" => ValueKind.Number,
                            "boolean" => ValueKind.Boolean,
                            "date" => ValueKind.Date,
                            "dateTime" => ValueKind.DateTime,
                            "choices" => ValueKind.Texts,
                            _ => ValueKind.None,
                        }
                        : ValueKind.None;
            return null;
        }

        ReferenceState Has(string kind, string name) => document.Parts(kind).Any(part => GalleryDocument.NameOf(part) == name) ? ReferenceState.Live : ReferenceState.Missing;
    }
}
