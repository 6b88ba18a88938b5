using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>One search over everything that has a name.</summary>
static class SearchApi
{
    const int EachMax = 6, DocumentsMax = 1_000, TypedMax = 200;
    // Somebody types, and a million contacts are looked through at each pause: what is found by then is shown.
    static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(600);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("search", SearchAsync).WithName("search").WithTags("Search").WithSummary("Journeys, points, contacts, segments and content by name; at most six of each.").Produces<SearchView>().Fails(400);

    static async Task<SearchView> SearchAsync(ClaimsPrincipal user, IEngine engine, JourneyShelf shelf, ContactFinder finder, CancellationToken cancellationToken, [Description("What somebody types.")] string q = "")
    {
        if (q.Length > TypedMax)
            throw new BadInputException(Problems.Invalid("search.long", "q", $"At most {TypedMax} characters."));
        var words = q.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return new([], [], [], true, [], []);
        var (journeys, mask) = (await shelf.AllAsync(cancellationToken), Mask.For(user, engine));
        var found = await finder.FindAsync(new(ContactWords.Of(q), null, mask.Shows), null, EachMax, Budget, cancellationToken);
        return new(
            [.. journeys.Where(journey => Has($"{journey.Name} {journey.Id}", words)).OrderBy(journey => journey.Status == JourneyStatus.Archived).ThenBy(journey => Rank(journey.Name, q)).Take(EachMax).Select(journey => new FoundJourney(journey.Id.Value, journey.Name, journey.Status))],
            [.. journeys.Where(journey => journey.Status != JourneyStatus.Archived).SelectMany(journey => Points(journey, words)).OrderBy(point => Rank(point.Name, q)).Take(EachMax)],
            [.. found.Contacts.Select(contact => FoundContact.Of(contact, mask))], found.Next is null || found.Contacts.Count == EachMax,
            [.. (await engine.Queries.DocumentsAsync(DocumentKinds.Segment, null, null, DocumentsMax, cancellationToken)).Select(document => document.Id).Where(name => Has(name, words)).OrderBy(name => Rank(name, q)).Take(EachMax).Select(name => new FoundName(name))],
            [.. (await engine.Queries.DocumentsAsync(DocumentKinds.Content, null, null, DocumentsMax, cancellationToken)).Select(document => document.Id).Where(name => Has(name, words)).OrderBy(name => Rank(name, q)).Take(EachMax).Select(name => new FoundName(name))]);
    }

    static List<FoundPoint> Points(JourneyDocument journey, string[] words)
    {
        using var definition = JsonDocument.Parse(journey.Definition, new() { MaxDepth = 256 });
        if (!definition.RootElement.TryGetProperty("points", out var points) || points.ValueKind != JsonValueKind.Object)
            return [];
        var found = new List<FoundPoint>();
        foreach (var point in points.EnumerateObject())
        {
            if (point.Value.ValueKind != JsonValueKind.Object)
                continue;
            var (kind, name) = (Text(point.Value, "kind"), Text(point.Value, "name"));
            // A point without a name is known by what it names.
            var title = name ?? Text(point.Value, "content") ?? Text(point.Value, "tag") ?? Text(point.Value, "list") ?? Text(point.Value, "property") ?? Text(point.Value, "event") ?? point.Name;
            if (Has($"{title} {point.Name}", words))
                found.Add(new(journey.Id.Value, journey.Name, point.Name, kind ?? "", title));
        }

        return found;
    }

    static string? Text(JsonElement of, string field) => of.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    static bool Has(string text, string[] words) => Array.TrueForAll(words, word => text.Contains(word, StringComparison.CurrentCultureIgnoreCase));

    /// <summary>What begins so comes first.</summary>
    static int Rank(string text, string typed) => text.StartsWith(typed, StringComparison.CurrentCultureIgnoreCase) ? 0 : 1;
}

/// <param name="ContactsComplete">False: not all contacts were looked at; the page of contacts goes on.</param>
sealed record SearchView(
    IReadOnlyList<FoundJourney> Journeys, IReadOnlyList<FoundPoint> Points, IReadOnlyList<FoundContact> Contacts, bool ContactsComplete, IReadOnlyList<FoundName> Segments, IReadOnlyList<FoundName> Content);

sealed record FoundJourney(string Id, string Name, JourneyStatus Status);
sealed record FoundPoint(string Journey, string JourneyName, string Point, string Kind, string Name);
sealed record FoundName(string Name);

/// <summary>A contact in one line.</summary>
/// <param name="Name">First and last name, or what else it is called; null: not known.</param>
sealed record FoundContact(Guid Id, string? Name, string? Email, string? UserId, string? Phone)
{
    static readonly string[] Whole = ["name", "fullname", "displayname"], First = ["firstname", "givenname"], Last = ["lastname", "familyname", "surname"];

    public static FoundContact Of(Contact contact, Mask mask) => new(contact.Id.Value, NameOf(contact, mask), Identity(contact, mask, IdentityKind.Email), Identity(contact, mask, IdentityKind.UserId), Identity(contact, mask, IdentityKind.Phone));

    static string? Identity(Contact contact, Mask mask, IdentityKind kind) => contact.IdentityOf(kind) is { } value ? mask.Identity(kind, value) : null;

    static string? NameOf(Contact contact, Mask mask)
    {
        if (Text(Whole) is { } whole)
            return whole;
        var both = string.Join(' ', new[] { Text(First), Text(Last) }.Where(part => part is not null));
        return both.Length > 0 ? both : null;

        string? Text(string[] names)
        {
            foreach (var (name, held) in contact.Properties)
                if (held.Value.Kind == ValueKind.Text && names.Contains(string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant()))
                    return mask.Property(name, held.Value) as string;
            return null;
        }
    }
}
