using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Api;

/// <summary>Versions of a journey: publishing, what a draft changes and for whom, what was published, and the way back (Semantics 6.3 to 6.6).</summary>
static class VersionsApi
{
    const int NoteLengthMax = 500;
    /// <summary>A rule for each point of some versions.</summary>
    const int RulesMax = 2_000;

    public static void Map(RouteGroupBuilder journeys)
    {
        var one = journeys.MapGroup("{id}");
        one.MapPost("publish", PublishAsync).WithName("publish-journey")
            .WithSummary("Makes the draft a new version and takes it live; refused with every problem. The body may say what the version is about, and what becomes of those inside: who is not named is kept in the version that it is in.")
            .Produces<JourneyView>().Produces<JourneyView>(202).Fails(400, 404, 412, 422).WithMetadata(new TakesIfMatch());
        one.MapGet("changes", ChangesAsync).WithName("journey-changes").WithSummary("What the draft, or a version, changes of another; of the draft, also who stands where and what would be different for them.").Produces<ChangesView>().Fails(404);
        one.MapGet("versions", VersionsAsync).WithName("journey-versions").WithSummary("Published versions, newest first.").Produces<Page<VersionView>>().Fails(404);
        one.MapGet("versions/{version:int}", VersionAsync).WithName("journey-version").WithSummary("One published version with its definition.").Produces<VersionView>().Fails(404);
        one.MapPost("versions/{version:int}/restore", RestoreAsync).WithName("restore-version").WithSummary("Makes the draft what this version was; nothing is live before it is published.").Produces<JourneyView>().Fails(404, 412, 422).WithMetadata(new TakesIfMatch());
    }

    static async Task<IResult> PublishAsync(string id, OptionalBody<PublishBody> body, HttpContext context, IEngine engine, JourneyMarks marks, Approvals approvals, CancellationToken cancellationToken)
    {
        var (note, people) = Read(body.Value);
        if ((await approvals.SettingAsync(cancellationToken)).Required)
            return new ProblemAnswer(Problems.Of(422, "approval.needed", "Publishing needs the approval of a second person: ask for it."));
        var publication = new Publication(JourneyListApi.ActorOf(context.User), note, [.. people.Select(rule => new PeopleRule(rule.Point, rule.Version, rule.Do, rule.To))]);
        return await JourneysApi.ActAsync(id, context, engine, marks, async seen =>
        {
            var answer = await engine.Catalogue.PublishJourneyAsync(new(id), seen.Revision, publication, cancellationToken);
            // What was asked while two were needed is done.
            if (answer is CatalogueAnswer.Done && await approvals.OfAsync(id, CancellationToken.None) is not null)
                await approvals.PutAsync(id, null, [], CancellationToken.None);
            return answer;
        }, cancellationToken);
    }

    /// <summary>What is said when a version is published, looked at.</summary>
    internal static (string? Note, IReadOnlyList<PeopleBody> People) Read(PublishBody? body)
    {
        var (note, people) = (body?.Note?.Trim(), body?.People ?? []);
        if (note?.Length > NoteLengthMax)
            throw new BadInputException(Problems.Invalid("publish.note", "/note", $"A note has {NoteLengthMax} characters at most; this one has {note.Length}."));
        if (people.Count > RulesMax)
            throw new BadInputException(Problems.Invalid("publish.people", "/people", $"There may be {RulesMax} rules at most; these are {people.Count}."));
        return (string.IsNullOrEmpty(note) ? null : note, people);
    }

    static async Task<IResult> VersionsAsync(string id, [AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var versions = new List<VersionView>();
        for (var version = (int)(page.Number ?? journey.Live + 1) - 1; version > 0 && versions.Count <= page.Size; version--)
            if (await engine.Catalogue.JourneyVersionAsync(journey.Id, version, cancellationToken) is { } published)
                versions.Add(View(published, whole: false));
        return Results.Ok(page.Of(versions, version => version, version => version.Version.ToString(CultureInfo.InvariantCulture)));
    }

    static async Task<IResult> VersionAsync(string id, int version, IEngine engine, CancellationToken cancellationToken) =>
        await engine.Catalogue.JourneyVersionAsync(new(id), version, cancellationToken) is { } published ? Results.Ok(View(published, whole: true)) : NoVersion(id, version);

    static VersionView View(JourneyVersion published, bool whole) => new(published.Version, published.PublishedAt.ToApi(), published.Publication.By, published.Publication.Note,
        [.. published.Publication.People.Select(rule => new PeopleBody(rule.Point, rule.Fate, rule.Version, rule.To))], whole ? RawJson.Of(published.Definition) : null);

    static async Task<IResult> RestoreAsync(string id, int version, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (await engine.Catalogue.JourneyVersionAsync(new(id), version, cancellationToken) is not { } published)
            return NoVersion(id, version);
        return await JourneysApi.ActAsync(id, context, engine, marks, async seen =>
        {
            var answer = await engine.Catalogue.SaveJourneyAsync(new(id), published.Definition, seen.Revision, cancellationToken);
            if (answer is CatalogueAnswer.Done)
                await marks.ChangeAsync(id, mark => mark with { UpdatedBy = JourneyListApi.ActorOf(context.User) }, cancellationToken);
            return answer;
        }, cancellationToken);
    }

    static async Task<IResult> ChangesAsync(
        string id, IEngine engine, CancellationToken cancellationToken, [Description("The version that is compared with; without it, the newest.")] int? from = null, [Description("The version that changed it; without it, the draft.")] int? to = null)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        if (await DefinitionAsync(engine, journey, to, cancellationToken) is not { } after)
            return NoVersion(id, to!.Value);
        // Of what was never published everything is new.
        var before = from is null && journey.Live == 0 ? after with { Settings = null, Start = [], Points = [] } : await DefinitionAsync(engine, journey, from ?? journey.Live, cancellationToken);
        if (before is null)
            return NoVersion(id, from!.Value);
        var diff = JourneyDiff.Of(before, after);
        return Results.Ok(new ChangesView(from ?? journey.Live, to, diff.Settings, diff.Starts, diff.Points, to is null ? await PeopleAsync(engine, journey, after, cancellationToken) : null));
    }

    static async ValueTask<JourneyDefinition?> DefinitionAsync(IEngine engine, JourneyDocument journey, int? version, CancellationToken cancellationToken)
    {
        var json = version is { } number ? (await engine.Catalogue.JourneyVersionAsync(journey.Id, number, cancellationToken))?.Definition : journey.Definition;
        // A draft is well-formed, or it would not have been saved.
        return json is { } kept ? JourneyJson.Read(kept.Span) : null;
    }

    /// <summary>Who stands where, by version: the counters say it, however many they are (Semantics 11.1).</summary>
    static async ValueTask<IReadOnlyList<StandingGroup>> PeopleAsync(IEngine engine, JourneyDocument journey, JourneyDefinition draft, CancellationToken cancellationToken)
    {
        var waiting = new SortedDictionary<(int Version, string Point), long>();
        foreach (var (key, count) in await engine.Queries.CountersAsync(null, journey.Id, cancellationToken))
            if (key.Kind is CounterKind.Arrived or CounterKind.Left)
                waiting[(key.Version, key.Point)] = waiting.GetValueOrDefault((key.Version, key.Point)) + (key.Kind == CounterKind.Arrived ? count : -count);
        var groups = new List<StandingGroup>();
        foreach (var version in waiting.Where(pair => pair.Value > 0).GroupBy(pair => pair.Key.Version).OrderByDescending(group => group.Key))
        {
            if (await DefinitionAsync(engine, journey, version.Key, cancellationToken) is not { } definition)
                continue;
            foreach (var (id, point) in definition.Points)
                if (version.FirstOrDefault(pair => pair.Key.Point == id) is { Value: > 0 } group)
                    groups.Add(new(id, point.Name, PointText.KindOf(point), version.Key, group.Value, StateOf(point, draft.Points.GetValueOrDefault(id))));
        }

        return groups;
    }

    static PointState StateOf(JourneyPoint before, JourneyPoint? after) => after switch
    {
        null => PointState.Gone,
        _ when after.GetType() != before.GetType() => PointState.Replaced,
        _ => PointText.Of(after) == PointText.Of(before) ? PointState.Same : PointState.Changed,
    };

    static ProblemAnswer NoVersion(string id, int version) => new(Problems.NotFound(string.Create(CultureInfo.InvariantCulture, $"version {version} of journey '{id}'")));
}

/// <param name="Note">What the version is about: for the list of versions.</param>
/// <param name="People">What becomes of those inside; of several rules that fit the first holds.</param>
sealed record PublishBody(string? Note = null, IReadOnlyList<PeopleBody>? People = null);

/// <param name="Point">Where they stand.</param>
/// <param name="Version">Only those of this version; without it, of all.</param>
/// <param name="To">Of a move: the point of the new version; without it, the same.</param>
sealed record PeopleBody(string Point, PeopleFate Do, int? Version = null, string? To = null);

/// <summary>A published version: it never changes.</summary>
/// <param name="PublishedBy">Null: a program, or not known.</param>
/// <param name="People">What became of those who were inside.</param>
sealed record VersionView(int Version, DateTimeOffset PublishedAt, string? PublishedBy, string? Note, IReadOnlyList<PeopleBody> People, JsonElement? Definition);

/// <param name="To">Null: the draft.</param>
/// <param name="People">Of the draft: who stands at which point of which version, newest version first.</param>
sealed record ChangesView(int From, int? To, IReadOnlyList<FieldChange> Settings, IReadOnlyList<PartChange> Starts, IReadOnlyList<PartChange> Points, IReadOnlyList<StandingGroup>? People);

/// <param name="State">What the draft makes of the point where they stand.</param>
sealed record StandingGroup(string Point, string? Name, string Kind, int Version, long Contacts, PointState State);

enum PointState
{
    /// <summary>It does the same; where it leads may be different.</summary>
    Same,
    Changed,
    /// <summary>Another kind of point has its id.</summary>
    Replaced,
    Gone,
}
