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

/// <summary>What has been seen so far, for those who choose: properties of events and of contacts with some values.</summary>
static class SeenApi
{
    const int EventsLooked = 100_000, EventsMost = 300, ContactsMost = 500, ValuesMost = 10, ItemsLooked = 20, ValueLengthMax = 100;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("events/names/{name}/properties", EventPropertiesAsync).WithName("event-properties").WithTags("Events").WithSummary("Properties that the newest events of this name had, with some of their values.").Produces<IReadOnlyList<SeenView>>();
        api.MapGet("seen/properties", PropertiesAsync).WithName("properties-seen").WithTags("Properties").WithSummary("Properties of the newest contacts, declared or not, with some of their values.").Produces<IReadOnlyList<SeenView>>();
        api.MapGet("seen/lists", async (IEngine engine, CancellationToken cancellationToken) => await CountsAsync(engine, CounterKind.ListMembers, cancellationToken)).WithName("list-counts").WithTags("Lists").WithSummary("How many contacts are on each list that has any.").Produces<IReadOnlyList<TagView>>();
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
}

/// <param name="Type">text, number, boolean, date, dateTime, texts; of a declared one its type.</param>
/// <param name="Values">Some of them.</param>
sealed record SeenView(string Name, string Type, IReadOnlyList<string> Values)
{
    /// <summary>The path of the array that it lies in, such as <c>products</c> of <c>products.product_id</c>; null: in none.</summary>
    public string? Array { get; init; }
}
