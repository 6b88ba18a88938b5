using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Work;

namespace Parcours.Api;

/// <summary>Who failed in a journey, and why; and putting them back where they stood (Semantics 3.8).</summary>
static class FailedApi
{
    const int RowsMax = 500;

    public static void Map(RouteGroupBuilder journeys)
    {
        journeys.MapGet("{id}/failed", ListAsync).WithName("failed-enrolments").WithSummary("Who failed in a journey, at which point and why, by point and age of the contact; with ?search= those whose names begin so. A page may be short and still have a next.").Produces<Page<FailedView>>().Fails(404);
        journeys.MapPost("{id}/failed/put-back", PutBackAsync).WithName("put-back").WithSummary("Puts enrolments that failed back where they stood, where they step again; each is put back or refused for itself (Semantics 3.8).").Produces<PutBackView>().Fails(400, 404);
        journeys.MapPost("{id}/failed/put-back/all", OrderAsync).WithName("put-back-all").WithSummary("Does the same to all who have failed by now, at one point or anywhere, or to those whose names begin so, in the background (Semantics 8.8). Watch it in /work.").Produces<WorkView>(202).Fails(404).WithMetadata(new NotRepeatable());
    }

    static async Task<IResult> ListAsync(string id, [AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, TimeProvider time, CancellationToken cancellationToken, [Description("Those whose step failed at this point.")] string? point = null, [Description("Beginnings of names.")] string? search = null)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var mask = Mask.For(user, engine);
        var pages = new EnrolmentPages<FailedView, FailedCursor?>(engine, time, mask)
        {
            Read = (after, limit) => engine.Queries.FailedAsync(journey.Id, point, after, limit, cancellationToken),
            PlaceOf = static row => FailedCursor.After(row),
            Cursor = Cursor,
            View = (row, contact) => FailedView.Of(row, contact, mask),
        };
        return Results.Ok(await pages.PageAsync(CursorOf(page), page.Size, search, cancellationToken));
    }

    static string? Cursor(FailedCursor? after) => after is { } last ? PageQuery.Cursor(string.Create(CultureInfo.InvariantCulture, $"{last.Contact} {last.Number} {last.Point}")) : null;

    static FailedCursor? CursorOf(PageQuery page)
    {
        if (page.Key is not { } key)
            return null;
        return key.Split(' ', 3) is [var contact, var number, var point] && long.TryParse(contact, NumberStyles.None, CultureInfo.InvariantCulture, out var after) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var trip)
            ? new(point, after, trip)
            : throw PageQuery.Wrong();
    }

    static async Task<IResult> PutBackAsync(string id, Body<PutBackBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is null)
            return JourneysApi.NotFound(id);
        var order = body.Value;
        if (order.Rows.Count is 0 or > RowsMax)
            return new ProblemAnswer(Problems.Invalid("queue.rows", "/rows", $"1 to {RowsMax} rows at once."));
        var key = Idempotency.MessageId(context);
        var results = await engine.SubmitAsync([.. order.Rows.Select((row, index) => new Submission
        {
            Body = new SubmissionBody.PutBack(new(row.Enrolment), row.Revision, order.Live),
            Origin = Origin.Person,
            Contact = new(row.Contact),
            CreatesContact = false,
            MessageId = key is null ? null : string.Create(CultureInfo.InvariantCulture, $"{key}-{index}"),
        })], cancellationToken);
        var refused = order.Rows.Zip(results).Where(pair => pair.Second.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact).Select(pair => RefusedRow.Of(pair.First, pair.Second)).ToList();
        return Results.Ok(new PutBackView(order.Rows.Count - refused.Count, refused));
    }

    static async Task<IResult> OrderAsync(string id, Body<PutBackAllBody> body, ClaimsPrincipal user, IEngine engine, BulkService bulk, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var order = body.Value;
        var failed = (await engine.Queries.CountersAsync(CounterKind.Failed, journey.Id, cancellationToken)).Where(pair => order.Point is null || pair.Key.Point == order.Point).Sum(pair => pair.Value);
        var made = await bulk.OrderAsync(new(), null, null, order.Search, null, failed, JourneyListApi.ActorOf(user), cancellationToken, failed: new(journey.Id.Value, order.Point, order.Live, engine.Now.ToDateTimeOffset()));
        return Results.Accepted("/api/v1/work", WorkBoard.Of(made));
    }
}

/// <summary>An enrolment that failed.</summary>
/// <param name="Point">Whose step failed.</param>
/// <param name="Why">What went wrong, as the record has it.</param>
/// <param name="Stood">Where it goes on when it is put back; null: it had not come to any point, or cannot be put back.</param>
/// <param name="Kept">Whether what it needs to go on is still there; the newest of each contact are kept for 90 days.</param>
/// <param name="Revision">Name it when you put the enrolment back.</param>
sealed record FailedView(Guid Enrolment, Guid Contact, string? Name, string? Email, string? UserId, DateTimeOffset FailedAt, string? Point, string? Why, string? Stood, bool Kept, int Version, int Revision)
{
    public static FailedView Of(EnrolmentRow row, Contact contact, Mask mask)
    {
        var who = FoundContact.Of(contact, mask);
        var kept = contact.Failed.FirstOrDefault(failed => failed.Id == row.Id);
        var stood = (kept?.State as EnrolmentState.Ended)?.Stood;
        return new(
            row.Id.Value, row.Contact.Value, who.Name, who.Email, who.UserId, (row.EndedAt ?? row.Since).ToApi(), row.Point, mask.Reason(row.Outcome?.ToString(), row.Why),
            stood?.Wait.Reason == EnrolmentState.OnItsWay ? null : stood?.Point, kept is not null, row.Version, row.Revision);
    }
}

/// <param name="Live">In the version that is live, where that has the point; else in its own, or where a publisher has sent those who stood there.</param>
sealed record PutBackBody(IReadOnlyList<ActRow> Rows, bool Live = false);

/// <param name="Point">Only those whose step failed there.</param>
/// <param name="Live">As for some of them.</param>
/// <param name="Search">Only those whose names begin so.</param>
sealed record PutBackAllBody(string? Point = null, bool Live = false, string? Search = null);

sealed record PutBackView(int Done, IReadOnlyList<RefusedRow> Refused);
