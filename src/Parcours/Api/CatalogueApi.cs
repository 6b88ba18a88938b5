using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Api;

/// <summary>Properties, topics, lists, frequency caps, quiet hours, teams and tags: the words that journeys and segments speak of.</summary>
static class CatalogueApi
{
    public static void Map(RouteGroupBuilder api)
    {
        MapKind<PropertyBody>(api, "properties", "property", "Properties", "a contact's property: its type, and whether public keys may set it");
        MapKind<TopicBody>(api, "topics", "topic", "Topics", "a topic of consent, and what unknown consent means on it");
        MapKind<CapBody>(api, "caps", "cap", "Caps", "a frequency cap: how many marketing messages a contact gets at most within a time");
        MapKind<QuietBody>(api, "quiet-hours", "quiet", "QuietHours", "quiet hours: when nothing of a kind is sent, where the contact lives");
        MapKind<HolidayCalendarBody>(api, "holiday-calendars", "holiday-calendar", "QuietHours", "a country's own calendar of holidays, in the place of the one to begin with");
        HolidaysApi.Map(api);
        MapKind<ActionBody>(api, "actions", "action", "Actions", "an action of one's own: where it goes, what it asks for and gives back; a point for everybody");
        MapKind<TeamBody>(api, "teams", "team", "Users", "a team: users who have tasks and are told things together, by one name");
        MapKind<ListBody>(api, "lists", "list", "Lists", "a list of contacts");
        api.MapGet("lists/{id}/members", MembersAsync).WithName("list-members").WithTags("Lists").WithSummary("Contacts on a list, oldest contact first.").Produces<Page<MemberView>>();
        api.MapGet("tags", TagsAsync).WithName("tags").WithTags("Tags").WithSummary("Tags in use, with how many contacts have each.").Produces<Page<TagView>>();
    }

    static void MapKind<TBody>(RouteGroupBuilder api, string path, string kind, string tag, string what)
        where TBody : class
    {
        var group = api.MapGroup(path).WithTags(tag);
        group.MapGet("", async ([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) =>
                Results.Ok(page.Of(await engine.Queries.DocumentsAsync(kind, null, page.Key, page.Size + 1, cancellationToken), View<TBody>, document => document.Id)))
            .WithName(path).WithSummary($"All {path}, by name.").Produces<Page<DocumentView<TBody>>>();
        group.MapGet("{id}", async (string id, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
            {
                if (await engine.Queries.DocumentAsync(kind, id, cancellationToken) is not { } document)
                    return new ProblemAnswer(Problems.NotFound($"{kind} '{id}'"));
                context.Response.Headers.ETag = Precondition.Tag(document.Revision);
                return Results.Ok(View<TBody>(document));
            })
            .WithName(kind).WithSummary($"Gets {what}.").Produces<DocumentView<TBody>>().Fails(404);
        // Read by hand: code for an endpoint cannot be generated for a type that is open.
        group.MapPut("{id}", async (string id, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
            {
                var seen = Precondition.Of(context.Request);
                var body = await Body<TBody>.ReadAsync(context, rest => engine.AlsoWrongAsync(kind, id, Named(id, rest), cancellationToken));
                var answer = await engine.Catalogue.SaveAsync(kind, id, Named(id, body), seen.ForSaving, cancellationToken);
                return await answer.ToResultAsync(context, seen, $"{kind} '{id}'", (document, _) => ValueTask.FromResult<object?>(View<TBody>(document)), $"/api/v1/{path}/{Uri.EscapeDataString(id)}");
            })
            .WithName($"put-{kind}").WithSummary($"Creates or replaces {what}.").Accepts<TBody>("application/json").Produces<DocumentView<TBody>>().Produces<DocumentView<TBody>>(201).Saves();
        group.MapDelete("{id}", async (string id, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
            {
                var seen = Precondition.Of(context.Request);
                return await (await engine.Catalogue.DeleteAsync(kind, id, seen.Revision, cancellationToken)).ToDeletionAsync(context, seen, $"{kind} '{id}'");
            })
            .WithName($"delete-{kind}").WithSummary($"Deletes {what}; refused while something live uses it.").Produces(204).Deletes();
    }

    static DocumentView<TBody> View<TBody>(Document document)
        where TBody : class => new(document.Id, document.Revision, document.CreatedAt.ToApi(), document.UpdatedAt.ToApi(), JsonSerializer.Deserialize<TBody>(document.Json.Span, Kept)!);

    // What is kept may have fields, and choices, that this version's bodies do not show: a choice that it does not know is taken for the first one, as the engine does.
    internal static readonly JsonSerializerOptions Kept = Lenient(new(ApiJson.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = false,
        RespectNullableAnnotations = false,
        PropertyNameCaseInsensitive = true,
    });

    static JsonSerializerOptions Lenient(JsonSerializerOptions options)
    {
        // In front: the one for all choices refuses what it does not know.
        options.Converters.Insert(0, new LenientChoice<ApiPropertyType>());
        options.Converters.Insert(0, new LenientChoice<ApiUnknownConsent>());
        return options;
    }

    static byte[] Named<TBody>(string id, TBody body)
    {
        var json = JsonSerializer.SerializeToNode(body, ApiJson.Options)!.AsObject();
        // A name inside that is another is refused by the catalogue.
        json.TryAdd("name", id);
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    static async Task<IResult> MembersAsync(string id, [AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.Queries.DocumentAsync("list", id, cancellationToken) is null)
            return new ProblemAnswer(Problems.NotFound($"list '{id}'"));
        return Results.Ok(await MemberView.PageAsync(engine, "list", id, page, cancellationToken));
    }

    static async Task<Page<TagView>> TagsAsync([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken)
    {
        var counts = await engine.Queries.CountersAsync(CounterKind.TagMembers, null, cancellationToken);
        var tags = counts.Where(pair => pair.Value > 0).Select(pair => new TagView(pair.Key.Point, pair.Value))
            .OrderBy(tag => tag.Name, StringComparer.Ordinal).Where(tag => page.Key is not { } after || string.CompareOrdinal(tag.Name, after) > 0).Take(page.Size + 1).ToList();
        return page.Of(tags, tag => tag, tag => tag.Name);
    }
}

/// <summary>What a property takes.</summary>
enum ApiPropertyType
{
    /// <summary>As it was sent.</summary>
    Any,
    Text,
    Number,
    Boolean,
    Date,
    DateTime,
    Choice,
    Choices,
}

/// <param name="Choices">For choice and choices: what may be chosen.</param>
/// <param name="Public">Keys that ship in web pages may set it (Semantics 4.3).</param>
/// <param name="Unique">Its value names the contact.</param>
/// <param name="Sensitive">Keys that only read see that it has a value, not which (Semantics 11.4).</param>
sealed record PropertyBody(ApiPropertyType Type = ApiPropertyType.Any, IReadOnlyList<string>? Choices = null, bool Public = false, bool Unique = false, bool Sensitive = false, string? Title = null, string? Name = null);

/// <summary>What unknown consent means.</summary>
enum ApiUnknownConsent
{
    NeedsGiven,
    UnlessRefused,
}

/// <param name="Title">What readers of mail see when they unsubscribe.</param>
/// <param name="Name">May repeat the name in the address, and nothing else; so a file can be sent as it is.</param>
sealed record TopicBody(string? Title = null, ApiUnknownConsent WhenUnknown = ApiUnknownConsent.NeedsGiven, string? Name = null);

sealed record ListBody(string? Title = null, string? Description = null, string? Name = null);

/// <param name="Members">E-mail addresses of users, in the order in which their turns come.</param>
/// <param name="Name">May repeat the name in the address, and nothing else.</param>
sealed record TeamBody(IReadOnlyList<string> Members, string? Name = null);

/// <param name="Type">text (without it), number, boolean or choice.</param>
/// <param name="Default">What holds where nothing is said.</param>
/// <param name="Titles">By language: en, fr, it.</param>
sealed record ActionInputBody(string Name, ActionInputType Type = ActionInputType.Text, bool Required = false, JsonElement? Default = null, IReadOnlyList<string>? Choices = null, string? Title = null, IReadOnlyDictionary<string, string>? Titles = null);

/// <param name="From">A JSON pointer into the answer: /data/score. Empty, all of it.</param>
sealed record ActionOutputBody(string Name, string From = "");

/// <param name="Secret">The name of a stored secret that follows the value.</param>
sealed record ActionHeaderBody(string Name, string? Value = null, string? Secret = null);

/// <param name="Titles">By language: en, fr, it.</param>
/// <param name="Icon">One of the icons that the application offers.</param>
/// <param name="Url">Fields may stand after the host: {{contact.user_id}}, {{input.note}}.</param>
/// <param name="Body">JSON whose texts may hold fields; without it, the inputs.</param>
/// <param name="SignWith">The name of the stored secret that signs it; without it, the installation's own.</param>
sealed record ActionBody(
    string Url, WebhookMethod Method = WebhookMethod.Post, string? Title = null, IReadOnlyDictionary<string, string>? Titles = null, string? Description = null, string? Icon = null, IReadOnlyList<ActionHeaderBody>? Headers = null,
    JsonElement? Body = null, string? SignWith = null, IReadOnlyList<ActionInputBody>? Inputs = null, IReadOnlyList<ActionOutputBody>? Outputs = null, string? Name = null);

/// <param name="Channel">email, the only one that has caps.</param>
/// <param name="Topic">A topic's name; without it, or as *, all of them together.</param>
/// <param name="Most">1 to 1,000.</param>
/// <param name="Within">A rolling window: ISO 8601, PT1M to P366D; days of 24 h.</param>
sealed record CapBody(int Most, string Within, string? Name = null, string? Channel = null, string? Topic = null);

/// <summary>A small document of the catalogue.</summary>
sealed record DocumentView<TBody>(string Id, long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, TBody Value);

sealed record TagView(string Name, long Contacts);

/// <summary>A contact in a segment or on a list.</summary>
sealed record MemberView(Guid Contact, DateTimeOffset Since)
{
    public static async Task<Page<MemberView>> PageAsync(IEngine engine, string kind, string name, PageQuery page, CancellationToken cancellationToken) =>
        page.Of(
            await engine.Queries.MembersAsync(kind, name, page.Number ?? 0, page.Size + 1, cancellationToken),
            row => new MemberView(row.Contact.Value, row.At.ToApi()),
            row => row.Contact.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
