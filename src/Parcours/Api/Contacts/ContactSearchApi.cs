using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Work;

namespace Parcours.Api;

/// <summary>Contacts found by name or by condition, counted, and acted on together.</summary>
static class ContactSearchApi
{
    // A page that is not full by then is sent as it is, and says where to go on.
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(2), CountWait = TimeSpan.FromMilliseconds(800);

    const int DataBytesMax = 32 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("contacts").WithTags("Contacts");
        contacts.MapPost("search", SearchAsync).WithName("search-contacts").WithSummary("Contacts by the beginnings of their names and by a condition, newest first, or oldest first. A page may be short, even empty, and still have a next: looking through took its time.").Produces<ContactPage>().Fails(400, 422);
        contacts.MapPost("count", CountFoundAsync).WithName("count-contacts").WithSummary("How many contacts a search finds, for whom a bulk order would act. Counting goes on in the background; ask again until it is complete.").Produces<CountView>().Fails(400, 422).WithMetadata(new NotRepeatable());
        contacts.MapPost("bulk", BulkAsync).WithName("bulk-contacts").WithSummary("Does something to many contacts in the background: to those named, or to all for whom a condition holds. Watch it in /work.").Produces<WorkView>(202).Fails(400, 422).WithMetadata(new NotRepeatable());
        contacts.MapGet("about", async (IEngine engine, CancellationToken cancellationToken) => new AboutView(await TotalAsync(engine, cancellationToken))).WithName("contacts-about").WithSummary("How many contacts there are.").Produces<AboutView>();
        var conditions = api.MapGroup("conditions").WithTags("Segments");
        conditions.MapPost("count", CountAsync).WithName("count-condition").WithSummary("For how many contacts a condition holds that is not saved, with a sample. Counting goes on in the background; ask again until it is complete.").Produces<CountView>().Fails(400, 422).WithMetadata(new NotRepeatable());
        conditions.MapPost("try", TryAsync).WithName("try-condition").WithSummary("Whether a condition that is not saved holds for one contact, and why.").Produces<TriedView>().Fails(400, 422).WithMetadata(new NotRepeatable());
    }

    static async Task<IResult> SearchAsync(Body<SearchBody> body, ClaimsPrincipal user, IEngine engine, ContactFinder finder, CancellationToken cancellationToken)
    {
        var (order, mask) = (body.Value, Mask.For(user, engine));
        var page = new PageQuery { Limit = order.Limit, After = order.After };
        var (size, before) = (page.Size, page.Number);
        var judge = order.Condition is { } condition ? await ContactJudge.OfAsync(engine, condition, "/condition", cancellationToken) : null;
        var found = await finder.FindAsync(new(ContactWords.Of(order.Search), judge, mask.Shows, Archived: order.Archived) { OldestFirst = order.OldestFirst }, before, size, Budget, cancellationToken);
        return Results.Ok(new ContactPage(
            [.. found.Contacts.Select(contact => ContactView.Of(contact, mask))], found.Next is { } at ? PageQuery.Cursor(at.ToString(CultureInfo.InvariantCulture)) : null,
            order.Search is null && judge is null && order.Archived is null ? await TotalAsync(engine, cancellationToken) : null, found.Looked));
    }

    public static async ValueTask<long> TotalAsync(IEngine engine, CancellationToken cancellationToken) =>
        (await engine.Queries.CountersAsync(CounterKind.Total, null, cancellationToken)).Where(pair => pair.Key.Point == "contacts").Sum(pair => pair.Value);

    static async Task<IResult> CountAsync(Body<ConditionBody> body, ClaimsPrincipal user, IEngine engine, CountBoard board, CancellationToken cancellationToken)
    {
        var judge = await ContactJudge.OfAsync(engine, body.Value.Condition, "/condition", cancellationToken);
        return await AnswerAsync(CountWish.Of(judge), user, engine, board, cancellationToken);
    }

    static async Task<IResult> CountFoundAsync(Body<FoundCountBody> body, ClaimsPrincipal user, IEngine engine, CountBoard board, CancellationToken cancellationToken)
    {
        var (order, mask) = (body.Value, Mask.For(user, engine));
        var judge = order.Condition is { } condition ? await ContactJudge.OfAsync(engine, condition, "/condition", cancellationToken) : null;
        return await AnswerAsync(new(judge, ContactWords.Of(order.Search), order.Archived, mask.Shows, mask.HidesTexts ? "masked" : ""), user, engine, board, cancellationToken);
    }

    static async Task<IResult> AnswerAsync(CountWish wish, ClaimsPrincipal user, IEngine engine, CountBoard board, CancellationToken cancellationToken)
    {
        var state = await board.AskAsync(wish, CountWait, cancellationToken);
        var (mask, there) = (Mask.For(user, engine), await engine.ContactsAsync(state.Sample, cancellationToken));
        var sample = state.Sample.Where(there.ContainsKey).Select(id => ContactView.Of(there[id], mask)).ToList();
        // What has been looked at stands for the rest, and is called "about".
        var about = state.IsComplete ? state.Matches : state.Looked == 0 ? (long?)null : (long)((double)state.Matches / state.Looked * state.Of);
        return Results.Ok(new CountView(state.IsComplete ? state.Matches : null, about, state.Of, state.Looked, state.IsComplete, state.AsOf.ToApi(), sample));
    }

    static async Task<IResult> TryAsync(Body<TryBody> body, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        var judge = await ContactJudge.OfAsync(engine, body.Value.Condition, "/condition", cancellationToken);
        if (await engine.ContactAsync(new(body.Value.Contact), cancellationToken) is not { } contact)
            return new ProblemAnswer(Problems.Invalid("contact.unknown", "/contact", "There is no such contact."));
        var now = engine.Now;
        return Results.Ok(new TriedView(await judge.HoldsAsync(contact, now, cancellationToken), now.ToApi(), ExplanationView.Of(await judge.ExplainAsync(contact, now, cancellationToken), Mask.For(user, engine))!));
    }

    static async Task<IResult> BulkAsync(JudgedBody<BulkBody> body, ClaimsPrincipal user, IEngine engine, BulkService bulk, CancellationToken cancellationToken)
    {
        var order = await body.JudgedAsync(said => JudgeAsync(said, engine, cancellationToken));
        if (order.Condition is { } condition)
            await ContactJudge.OfAsync(engine, condition, "/condition", cancellationToken);
        var made = await bulk.OrderAsync(order.Do, order.Ids?.Distinct().ToList(), order.Condition, order.Search, order.Archived, await TotalAsync(engine, cancellationToken), JourneyListApi.ActorOf(user), cancellationToken);
        return Results.Accepted("/api/v1/work", WorkBoard.Of(made));
    }

    static async ValueTask<IReadOnlyList<ProblemReason>> JudgeAsync(BulkBody order, IEngine engine, CancellationToken cancellationToken)
    {
        var reasons = new List<ProblemReason>();
        if (order.Ids is null == (order.Condition is null && order.Search is null && order.Archived is null && !order.All))
            reasons.Add(new("bulk.whom", "", "Say whom: ids, or a condition or search, or all; and not both."));
        if (order.Ids is { Count: 0 or > BulkService.IdsMax })
            reasons.Add(new("bulk.ids", "/ids", $"1 to {BulkService.IdsMax} ids; for more take a condition."));
        if (order.Do.IsEmpty)
            reasons.Add(new("bulk.what", "/do", "Say what to do: addTags, removeTags, addLists, removeLists, set, archive, enterJourney or erase."));
        if (order.Do.Erase == true && (order.Do.HasEdits || order.Do.EnterJourney is not null))
            reasons.Add(new("bulk.erase", "/do/erase", "Who is erased can be given nothing more: say erase alone."));
        if (order.Do.EnterJourney is { } journey && await JourneysApi.FindAsync(engine, journey, cancellationToken) is not { Live: > 0 })
            reasons.Add(new("bulk.journey", "/do/enterJourney", $"There is no journey '{journey}' that was ever live."));
        if (order.Do.EnterData is { } data && (data.ValueKind != JsonValueKind.Object || order.Do.EnterJourney is null || data.GetRawText().Length > DataBytesMax))
            reasons.Add(new("bulk.data", "/do/enterData", "Journey data is one object of at most 32 KB, for enterJourney."));
        reasons.AddRange((await ContactOrders.CheckAsync(engine, new()
        {
            Properties = order.Do.Set,
            Tags = new(order.Do.AddTags, order.Do.RemoveTags),
            Lists = new(order.Do.AddLists, order.Do.RemoveLists),
        }, cancellationToken)).Select(static reason => reason with { Path = "/do" + InOrder(reason.Path) }));
        return reasons;
    }

    /// <summary>What a contact's body calls so is called otherwise in an order.</summary>
    static readonly (string Contact, string Order)[] Places = [("/properties/", "/set/"), ("/tags/add/", "/addTags/"), ("/tags/remove/", "/removeTags/"), ("/lists/add/", "/addLists/"), ("/lists/remove/", "/removeLists/")];

    static string InOrder(string path) =>
        Places.FirstOrDefault(place => path.StartsWith(place.Contact, StringComparison.Ordinal)) is { Contact: { } contact, Order: var order } ? order + path[contact.Length..] : path;
}

/// <param name="Search">Words with which identities, first or last name, or company begin.</param>
/// <param name="Condition">docs/conditions.md, as for a segment.</param>
/// <param name="After">The `next` of the page before.</param>
/// <param name="Archived">Only those that are archived, or only those that are not; without it, both.</param>
/// <param name="OldestFirst">By when they came: the oldest first, instead of the newest. There is no other order, since an index of no other is kept.</param>
sealed record SearchBody(string? Search = null, JsonElement? Condition = null, string? After = null, int? Limit = null, bool? Archived = null, bool OldestFirst = false);

/// <param name="About">How many there are in all; null where it is not known: count the condition.</param>
/// <param name="Looked">How many were looked at for this page.</param>
sealed record ContactPage(IReadOnlyList<ContactView> Items, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next, long? About, long Looked);

sealed record AboutView(long About);

/// <param name="Search">As for the search of contacts; likewise the others.</param>
sealed record FoundCountBody(string? Search = null, JsonElement? Condition = null, bool? Archived = null);

sealed record ConditionBody(JsonElement Condition);
sealed record TryBody(JsonElement Condition, Guid Contact);

/// <param name="Matches">Null while it counts.</param>
/// <param name="About">While it counts, as many as those looked at let expect.</param>
/// <param name="Of">All contacts.</param>
/// <param name="Sample">The newest five of them.</param>
sealed record CountView(long? Matches, long? About, long Of, long Looked, bool Complete, DateTimeOffset AsOf, IReadOnlyList<ContactView> Sample);

sealed record TriedView(bool Holds, DateTimeOffset AsOf, ExplanationView Why);

/// <param name="Ids">At most 10,000.</param>
/// <param name="All">All contacts, where neither a condition nor a search is given.</param>
/// <param name="Archived">Of those found, only those that are archived, or only those that are not.</param>
sealed record BulkBody(BulkDeed Do, IReadOnlyList<Guid>? Ids = null, JsonElement? Condition = null, string? Search = null, bool All = false, bool? Archived = null);
