using System.Collections.Immutable;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>What a journey uses: contents, segments and whatever else its draft and its newest version name.</summary>
static class AssetsApi
{
    public static void Map(RouteGroupBuilder journeys) =>
        journeys.MapGet("{id}/assets", ListAsync).WithName("journey-assets").WithSummary("All that the journey uses: what its draft and its newest version name, by kind and name, with the points that do.").Produces<IReadOnlyList<AssetView>>().Fails(404);

    static async Task<IResult> ListAsync(string id, IEngine engine, JourneyShelf shelf, Users users, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var live = journey.Status is JourneyStatus.Draft or JourneyStatus.Ended or JourneyStatus.Archived || await QueueApi.LiveAsync(engine, journey, cancellationToken) is not { } version ? [] : JourneyUses.Of(version);
        var draft = JourneyUses.Of(journey.Definition);
        var assets = new List<AssetView>();
        foreach (var (key, uses) in draft.Concat(live).GroupBy(use => (use.Kind, use.Name)).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Name, StringComparer.Ordinal).Select(group => (group.Key, group.ToList())))
        {
            var (isThere, title) = await FindAsync(key.Kind, key.Name, engine, shelf, users, cancellationToken);
            // A zone may stand in any of several properties: those that nobody has are of no interest.
            if (isThere || key.Kind != UsedKind.Property || !ZoneChoice.HeardProperties.Contains(key.Name))
                assets.Add(new(key.Kind, key.Name, title, !isThere, draft.Any(Is), live.Any(Is), uses.Exists(use => use.Place is null), [.. uses.Select(use => use.Place).OfType<string>().Distinct()]));

            bool Is(Use use) => use.Kind == key.Kind && use.Name == key.Name;
        }

        return Results.Ok(assets);
    }

    static async ValueTask<(bool IsThere, string? Title)> FindAsync(UsedKind kind, string name, IEngine engine, JourneyShelf shelf, Users users, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            // They come about by being given, and by happening.
            case UsedKind.Tag or UsedKind.Event:
                return (true, null);
            case UsedKind.Journey:
                var journey = (await shelf.AllAsync(cancellationToken)).FirstOrDefault(one => one.Id.Value == name);
                return (journey is not null, journey?.Name);
            case UsedKind.User:
                var user = await users.ByEmailAsync(name, cancellationToken);
                return (user is not null, user?.Name);
            default:
                var document = await engine.Queries.DocumentAsync(DocumentOf[kind], name, cancellationToken);
                // A secret's document says nothing to anybody.
                return (document is not null, document is not null && kind != UsedKind.Secret && RawJson.Of(document.Json) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null);
        }
    }

    static readonly ImmutableDictionary<UsedKind, string> DocumentOf = new Dictionary<UsedKind, string>
    {
        [UsedKind.Content] = DocumentKinds.Content,
        [UsedKind.Segment] = DocumentKinds.Segment,
        [UsedKind.List] = DocumentKinds.List,
        [UsedKind.Property] = DocumentKinds.Property,
        [UsedKind.Topic] = DocumentKinds.Topic,
        [UsedKind.Pool] = DocumentKinds.Pool,
        [UsedKind.Action] = DocumentKinds.Action,
        [UsedKind.Secret] = DocumentKinds.Secret,
        [UsedKind.Team] = DocumentKinds.Team,
    }.ToImmutableDictionary();
}

/// <summary>Something that a journey uses.</summary>
/// <param name="Title">What people call it, where that is not its name.</param>
/// <param name="Missing">There is none of this name.</param>
/// <param name="Draft">The draft names it.</param>
/// <param name="Live">The newest version names it, and the journey is not over.</param>
/// <param name="Settings">It is named in the settings.</param>
/// <param name="Points">The points and starting points that name it.</param>
sealed record AssetView(UsedKind Kind, string Name, string? Title, bool Missing, bool Draft, bool Live, bool Settings, IReadOnlyList<string> Points);
