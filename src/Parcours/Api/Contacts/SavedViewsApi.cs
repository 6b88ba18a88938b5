using System.Security.Claims;
using System.Text.Json;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Filters of contacts with names: one's own, and those that everybody shares.</summary>
static class SavedViewsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var views = api.MapGroup("contacts/views").WithTags("Contacts");
        views.MapGet("", ListAsync).WithName("contact-views").WithSummary("Saved views of contacts: the caller's own, and those that are shared.").Produces<IReadOnlyList<SavedViewView>>();
        views.MapPost("", PostAsync).WithName("post-contact-view").WithSummary("Saves a view: a name for a search, a condition and columns.").Produces<SavedViewView>(201).Fails(400, 422);
        views.MapPut("{id}", PutAsync).WithName("put-contact-view").WithSummary("Replaces a view. A shared one may be changed by everybody; only its owner makes it private again.").Produces<SavedViewView>().Saves().Fails(404);
        views.MapDelete("{id}", DeleteAsync).WithName("delete-contact-view").WithSummary("Removes a view; of a shared one, for everybody.").Produces(204).Fails(404);
    }

    static async Task<IResult> ListAsync(ClaimsPrincipal user, SavedViews views, CancellationToken cancellationToken)
    {
        var caller = Access.IdOf(user);
        return Results.Ok((await views.SeenByAsync(caller, cancellationToken)).Select(one => SavedViewView.Of(one.Document, one.View, caller)).OrderBy(view => view.Name, StringComparer.CurrentCultureIgnoreCase).ToList());
    }

    static async Task<IResult> PostAsync(JudgedBody<SavedViewBody> body, ClaimsPrincipal user, IEngine engine, SavedViews views, CancellationToken cancellationToken)
    {
        var (order, caller) = (await ReadAsync(body, engine, cancellationToken), Access.IdOf(user));
        await CheckAsync(order, engine, cancellationToken);
        var view = Of(order, caller, JourneyListApi.ActorOf(user));
        return await views.AddAsync(view, cancellationToken) is { } made
            ? Results.Created($"/api/v1/contacts/views/{made.Id}", SavedViewView.Of(made, view, caller))
            : new ProblemAnswer(Problems.Refused([new("view.many", "", $"There are {SavedViews.Most} views already; remove those that nobody uses.")]));
    }

    static async Task<IResult> PutAsync(string id, JudgedBody<SavedViewBody> body, HttpContext context, IEngine engine, SavedViews views, CancellationToken cancellationToken)
    {
        var (order, caller, seen) = (await ReadAsync(body, engine, cancellationToken), Access.IdOf(context.User), Precondition.Of(context.Request));
        if (await views.FindAsync(id, caller, cancellationToken) is not { } held)
            return Missing(id);
        if (!seen.Given)
            return new ProblemAnswer(seen.Missed(held.Document.Revision));
        if (!order.Shared && held.View.Owner != caller)
            return new ProblemAnswer(Problems.Refused([new("view.owner", "/shared", "Only who made a shared view can take it back for themselves; save it under another name.")]));
        await CheckAsync(order, engine, cancellationToken);
        var view = Of(order, held.View.Owner, held.View.By);
        if (await views.ReplaceAsync(id, view, seen.Revision, cancellationToken) is not { } saved)
            return new ProblemAnswer(seen.Missed(held.Document.Revision));
        context.Response.Headers.ETag = Precondition.Tag(saved.Revision);
        return Results.Ok(SavedViewView.Of(saved, view, caller));
    }

    static async Task<IResult> DeleteAsync(string id, ClaimsPrincipal user, SavedViews views, CancellationToken cancellationToken)
    {
        if (await views.FindAsync(id, Access.IdOf(user), cancellationToken) is null)
            return Missing(id);
        await views.RemoveAsync(id, cancellationToken);
        return Results.NoContent();
    }

    static Task<SavedViewBody> ReadAsync(JudgedBody<SavedViewBody> body, IEngine engine, CancellationToken cancellationToken) => body.ReadAsync(async rest =>
    {
        await CheckAsync(rest, engine, cancellationToken);
        return [];
    });

    /// <exception cref="BadInputException">With every reason; what is wrong with the condition below /condition.</exception>
    static async Task CheckAsync(SavedViewBody order, IEngine engine, CancellationToken cancellationToken)
    {
        var reasons = new List<ProblemReason>();
        if (order.Name.Trim().Length is 0 or > SavedViews.NameLengthMax)
            reasons.Add(new("view.name", "/name", $"A view needs a name of at most {SavedViews.NameLengthMax} characters."));
        if (order.Columns is { Count: > SavedViews.ColumnsMax })
            reasons.Add(new("view.columns", "/columns", $"A view shows at most {SavedViews.ColumnsMax} columns."));
        if (reasons.Count > 0)
            throw new BadInputException(Problems.Invalid(reasons));
        if (order.Condition is { } condition)
            await ContactJudge.OfAsync(engine, condition, "/condition", cancellationToken);
    }

    static SavedView Of(SavedViewBody order, string owner, string? by) => new(order.Name.Trim(), owner, by, order.Shared, order.Search, order.Condition, order.Columns ?? [], order.Archived, order.Hidden is { Count: > 0 } hidden ? [.. hidden.Distinct().Order()] : null, order.OldestFirst);

    static ProblemAnswer Missing(string id) => new(Problems.NotFound($"view '{id}'"));
}

/// <param name="Search">As in /contacts/search.</param>
/// <param name="Condition">As in /contacts/search.</param>
/// <param name="Shared">Everybody sees it.</param>
/// <param name="Columns">Properties that the table shows besides.</param>
/// <param name="Archived">Only those that are archived, or only those that are not.</param>
/// <param name="Hidden">Columns that the table shows by itself, and this view does not.</param>
/// <param name="OldestFirst">As in /contacts/search.</param>
sealed record SavedViewBody(string Name, string? Search = null, JsonElement? Condition = null, bool Shared = false, IReadOnlyList<string>? Columns = null, bool? Archived = null, IReadOnlyList<ContactColumn>? Hidden = null, bool OldestFirst = false);

/// <param name="Own">The caller made it.</param>
/// <param name="By">Who made it; null: a program.</param>
sealed record SavedViewView(string Id, long Revision, string Name, string? Search, JsonElement? Condition, bool Shared, bool Own, string? By, IReadOnlyList<string> Columns, bool? Archived, IReadOnlyList<ContactColumn> Hidden, bool OldestFirst, DateTimeOffset UpdatedAt)
{
    public static SavedViewView Of(Document document, SavedView view, string caller) =>
        new(document.Id, document.Revision, view.Name, view.Search, view.Condition, view.Shared, view.Owner == caller, view.By, view.Columns, view.Archived, view.Hidden ?? [], view.OldestFirst, document.UpdatedAt.ToApi());
}
