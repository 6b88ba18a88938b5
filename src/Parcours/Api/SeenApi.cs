using System.Security.Claims;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>What has been seen so far, for those who choose: properties of events and of contacts with some values, and who uses what.</summary>
static class SeenApi
{
    const int EventsLooked = 100_000, EventsMost = 300, ContactsMost = 500, ValuesMost = 10, ItemsLooked = 20, DocumentsMax = 1_000, ValueLengthMax = 100;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("events/names/{name}/properties", EventPropertiesAsync).WithName("event-properties").WithTags("Events").WithSummary("Properties that the newest events of this name had, with some of their values.").Produces<IReadOnlyList<SeenView>>();
        api.MapGet("seen/properties", PropertiesAsync).WithName("properties-seen").WithTags("Properties").WithSummary("Properties of the newest contacts, declared or not, with some of their values.").Produces<IReadOnlyList<SeenView>>();
        api.MapGet("seen/lists", async (IEngine engine, CancellationToken cancellationToken) => await CountsAsync(engine, CounterKind.ListMembers, cancellationToken)).WithName("list-counts").WithTags("Lists").WithSummary("How many contacts are on each list that has any.").Produces<IReadOnlyList<TagView>>();
        api.MapGet("uses", UsesAsync).WithName("uses").WithTags("System").WithSummary("Where something is named: kind is segment, list, tag, topic, property, content, event, journey or action.").Produces<IReadOnlyList<UseView>>().Fails(400);
    }

    static async Task<IReadOnlyList<TagView>> CountsAsync(IEngine engine, CounterKind kind, CancellationToken cancellationToken) =>
        [.. (await engine.Queries.CountersAsync(kind, null, cancellationToken)).Where(pair => pair.Value > 0).Select(pair => new TagView(pair.Key.Point, pair.Value)).OrderBy(one => one.Name, StringComparer.Ordinal)];

    static async Task<IReadOnlyList<SeenView>> EventPropertiesAsync(string name, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        var (mask, seen) = (Mask.For(user, engine), new Dictionary<string, SeenProperty>(StringComparer.Ordinal));
        var tail = (await engine.Queries.StatesAsync(cancellationToken)).Max(state => state.Tail);
        var newest = await engine.Queries.EventsAsync(PartitionSet.All, [name], Math.Max(0, tail - EventsLooked), long.MaxValue, EventsMost, cancellationToken);
        foreach (var stored in newest.Reverse())
            if (EntryCodec.Decode(stored.Body.Span) is EntryBody.Received { Properties: { IsEmpty: false } properties })
            {
                using var json = JsonDocument.Parse(properties);
                Walk(json.RootElement, "", null, mask, seen);
            }

        return View(seen);
    }

    /// <summary>Every path by which a condition can ask, those through arrays too (Semantics 7.11).</summary>
    static void Walk(JsonElement json, string path, string? array, Mask mask, Dictionary<string, SeenProperty> seen)
    {
        foreach (var field in json.EnumerateObject())
            See(field.Value, path + field.Name, array, mask, seen);
    }

    static void See(JsonElement value, string at, string? array, Mask mask, Dictionary<string, SeenProperty> seen)
    {
        if (value.ValueKind == JsonValueKind.Object)
            Walk(value, at + ".", array, mask, seen);
        else if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray().Take(ItemsLooked))
                See(item, at, array ?? at, mask, seen);
        else if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            // A value that may repeat a sensitive one is not shown to who only reads.
            Note(seen, at, value.ValueKind switch { JsonValueKind.String => "text", JsonValueKind.Number => "number", _ => "boolean" }, mask.HidesTexts ? null : value.ToString(), array);
    }

    static async Task<IReadOnlyList<SeenView>> PropertiesAsync(ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        var (mask, seen) = (Mask.For(user, engine), new Dictionary<string, SeenProperty>(StringComparer.Ordinal));
        foreach (var body in await engine.Queries.ContactsAsync(long.MaxValue, descending: true, ContactsMost, cancellationToken))
            foreach (var (name, held) in engine.Decode(body.Body.Span).Properties)
                if (!held.Value.IsNone)
                    Note(seen, name, Camel(held.Value.Kind.ToString()), mask.Shows(name) ? held.Value.ToString() : null);
        foreach (var (name, definition) in engine.Properties.Definitions)
        {
            if (!seen.TryGetValue(name, out var known))
                seen[name] = known = new(Camel(definition.Type.ToString()));
            known.Values.UnionWith(definition.Choices);
        }

        return View(seen);
    }

    static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    static void Note(Dictionary<string, SeenProperty> seen, string name, string type, string? value, string? array = null)
    {
        if (!seen.TryGetValue(name, out var known))
            seen[name] = known = new(type);
        known.Array ??= array;
        known.Count++;
        if (value is { Length: > 0 and <= ValueLengthMax } && known.Values.Count < ValuesMost)
            known.Values.Add(value);
    }

    static List<SeenView> View(Dictionary<string, SeenProperty> seen) =>
        [.. seen.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new SeenView(pair.Key, pair.Value.Type, [.. pair.Value.Values]) { Array = pair.Value.Array })];

    sealed class SeenProperty(string type)
    {
        public string Type { get; } = type;
        public string? Array { get; set; }
        public int Count { get; set; }
        public HashSet<string> Values { get; } = new(StringComparer.Ordinal);
    }

    static async Task<IReadOnlyList<UseView>> UsesAsync(IEngine engine, JourneyShelf shelf, CancellationToken cancellationToken, string kind = "", string name = "")
    {
        if (kind is not ("segment" or "list" or "tag" or "topic" or "property" or "content" or "event" or "journey" or "action"))
            throw new BadInputException(Problems.Invalid("uses.kind", "kind", "kind is segment, list, tag, topic, property, content, event, journey or action."));
        var uses = new List<UseView>();
        foreach (var journey in await shelf.AllAsync(cancellationToken))
            if (RawJson.Of(journey.Definition) is { } definition && Names(definition, kind, name))
                uses.Add(new("journey", journey.Id.Value, journey.Name));
        foreach (var segment in await engine.Catalogue.SegmentsAsync(null, DocumentsMax, cancellationToken))
            if (RawJson.Of(segment.Condition) is { } condition && Names(condition, kind, name))
                uses.Add(new("segment", segment.Name, segment.Name));
        return uses;
    }

    /// <summary>Whether a document names it anywhere, as the forms of points, starts, activities and conditions do.</summary>
    static bool Names(JsonElement json, string kind, string name) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Any(item => Names(item, kind, name)),
        JsonValueKind.Object => NamesItself(json, kind, name) || json.EnumerateObject().Any(field => Names(field.Value, kind, name)),
        _ => false,
    };

    static bool NamesItself(JsonElement thing, string kind, string name) =>
        Is(thing, "kind", kind) && Is(thing, "name", name) || kind != "event" && Is(thing, kind, name)
        || kind == "property" && (Is(thing, "into", name) || Is(thing, "stageProperty", name)) || kind == "list" && Is(thing, "addToList", name)
        || kind == "event" && (Is(thing, "event", name) || thing.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Array && events.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == name));

    static bool Is(JsonElement thing, string field, string value) => thing.TryGetProperty(field, out var held) && held.ValueKind == JsonValueKind.String && held.GetString() == value;
}

/// <param name="Type">text, number, boolean, date, dateTime, texts; of a declared one its type.</param>
/// <param name="Values">Some of them.</param>
sealed record SeenView(string Name, string Type, IReadOnlyList<string> Values)
{
    /// <summary>The path of the array that it lies in, such as <c>products</c> of <c>products.product_id</c>; null: in none.</summary>
    public string? Array { get; init; }
}

/// <param name="Kind">journey or segment.</param>
sealed record UseView(string Kind, string Id, string Name);
