using System.ComponentModel;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Gallery;
using Parcours.Http;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;

namespace Parcours.Api;

/// <summary>Ready-made journeys: looked at, and made a draft of.</summary>
static class GalleryApi
{
    const int EventNamesMax = 1_000;

    public static void Map(RouteGroupBuilder api)
    {
        var gallery = api.MapGroup("gallery").WithTags("Gallery");
        gallery.MapGet("", ListAsync).WithName("gallery").WithSummary("Ready-made journeys, with what each needs; a file that cannot be used is listed with its problems.").Produces<IReadOnlyList<GalleryView>>();
        gallery.MapGet("{id}", async (string id, IEngine engine, GalleryShelf shelf, CancellationToken cancellationToken, [Description("en, fr, it …")] string? language = null) =>
                shelf.Find(id) is { } file ? Results.Ok(GalleryView.Of(file, language, await ThereAsync(engine, cancellationToken)) with { Content = file.Document?.Content }) : NotFound(id))
            .WithName("gallery-journey").WithSummary("One ready-made journey with its e-mails.").Produces<GalleryView>().Fails(404);
        gallery.MapPost("{id}/use", UseAsync).WithName("use-gallery").WithSummary("Makes a draft of it, with the content, segments, lists, topics, properties and pools of coupons that it needs; names that others have are made different.").Produces<JourneyView>(201).Fails(400, 404, 422);
    }

    static async Task<IReadOnlyList<GalleryView>> ListAsync(IEngine engine, GalleryShelf shelf, CancellationToken cancellationToken, [Description("en, fr, it …")] string? language = null)
    {
        var there = await ThereAsync(engine, cancellationToken);
        return [.. shelf.All().Select(file => GalleryView.Of(file, language, there))];
    }

    /// <summary>Names of events that came, for what a journey still waits for.</summary>
    static async Task<IReadOnlySet<string>> ThereAsync(IEngine engine, CancellationToken cancellationToken) =>
        (await engine.Queries.EventNamesAsync(EventNamesMax, cancellationToken)).ToHashSet(StringComparer.Ordinal);

    static async Task<IResult> UseAsync(string id, Body<UseBody> body, HttpContext context, IEngine engine, GalleryShelf shelf, GalleryUse use, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (shelf.Find(id) is not { } file)
            return NotFound(id);
        if (!file.IsSound)
            return new ProblemAnswer(Problems.Refused(file.Problems));
        var (made, answer) = await use.RunAsync(file, body.Value.Name, body.Value.Language, cancellationToken);
        if (answer is CatalogueAnswer.Refused refused)
            return new ProblemAnswer(Problems.Refused([.. refused.Problems.Select(CatalogueAnswers.Reason)]));
        if (await engine.Catalogue.JourneyAsync(made, cancellationToken) is not { } journey || answer is not CatalogueAnswer.Done)
            return new ProblemAnswer(Problems.Of(409, "journey.taken", "Somebody made a journey of that id meanwhile; try again."));
        await marks.ChangeAsync(made.Value, _ => new([], JourneyListApi.ActorOf(context.User)), cancellationToken);
        context.Response.Headers.ETag = Precondition.Tag(journey.Revision);
        return Results.Created($"/api/v1/journeys/{made}", JourneyView.Of(journey, JourneyFigures.None, await marks.OfAsync(made.Value, cancellationToken), whole: true));
    }

    static ProblemAnswer NotFound(string id) => new(Problems.NotFound($"ready-made journey '{id}'"));
}

/// <param name="Language">Of its names: en, fr, it …; content comes in all of its languages.</param>
sealed record UseBody(string? Name = null, string? Language = null);

/// <param name="Kind">event, list, segment, topic or pool.</param>
/// <param name="There">False: no such event has come so far; the other kinds are made when it is used.</param>
sealed record NeedView(string Kind, string Name, bool There);

/// <param name="Goal">The group under which it is found.</param>
/// <param name="Languages">Those that its words are in.</param>
/// <param name="Days">How long the longest way through it takes, in days, where waits have an end.</param>
/// <param name="Own">From the data folder.</param>
/// <param name="Problems">Null: none. With an error it cannot be used.</param>
sealed record GalleryView(
    string Id, string Name, string? Description, string Goal, IReadOnlyList<string> Languages, int Points, double? Days, IReadOnlyList<string> Channels, IReadOnlyList<NeedView> Needs, bool Own,
    JsonElement? Definition, IReadOnlyList<ProblemReason>? Problems)
{
    /// <summary>Its e-mails (docs/content.md); when one journey is asked for.</summary>
    public IReadOnlyList<JsonElement>? Content { get; init; }

    public static GalleryView Of(GalleryFile file, string? language, IReadOnlySet<string> events)
    {
        if (file.Document is not { } document)
            return new(file.Id, file.Id, null, "", [], 0, null, [], [], file.IsOwn, null, file.Problems);
        var texts = file.TextsIn(language);
        var journey = file.JourneyIn(language);
        var checkedJourney = JourneyCheck.Check(JsonSerializer.SerializeToUtf8Bytes(journey), AnyReferences.Instance).Definition;
        return new(
            file.Id, texts.Name, texts.Description, document.Goal, [.. document.Texts.Keys.Order(StringComparer.Ordinal)], checkedJourney?.Points.Count ?? 0, checkedJourney is null ? null : GalleryLength.DaysOf(checkedJourney),
            checkedJourney?.Points.Values.Any(point => point is SendEmailPoint) == true ? ["email"] : [], [.. NeedsOf(document, events)], file.IsOwn, JsonSerializer.SerializeToElement(journey), file.Problems.Count > 0 ? file.Problems : null);
    }

    static IEnumerable<NeedView> NeedsOf(GalleryDocument document, IReadOnlySet<string> events)
    {
        foreach (var name in GalleryLength.EventsIn(document.Journey).Concat(document.Parts(DocumentKinds.Segment).SelectMany(GalleryLength.EventsIn)).Distinct().Order(StringComparer.Ordinal))
            // What people do with mails comes by itself.
            yield return new("event", name, name.StartsWith("email_", StringComparison.Ordinal) || events.Contains(name));
        foreach (var kind in new[] { DocumentKinds.List, DocumentKinds.Segment, DocumentKinds.Topic })
            foreach (var part in document.Parts(kind))
                yield return new(kind, GalleryDocument.NameOf(part), true);
        foreach (var part in document.Parts(DocumentKinds.Pool))
            yield return new("pool", GalleryDocument.NameOf(part), true);
    }
}
