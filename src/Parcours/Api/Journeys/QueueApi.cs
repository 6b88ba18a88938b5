using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Work;

namespace Parcours.Api;

/// <summary>Who waits at a point, and what a person does with them.</summary>
static class QueueApi
{
    const int RowsMax = 500;

    public static void Map(RouteGroupBuilder journeys)
    {
        journeys.MapGet("{id}/points/{point}/queue", QueueAsync).WithName("point-queue").WithSummary("Who waits at a point, since when, until when and why, by age of the contact; with ?search= those whose names begin so. A page may be short and still have a next.").Produces<Page<QueueView>>().Fails(404);
        journeys.MapPost("{id}/points/{point}/queue/act", ActAsync).WithName("act-on-queue").WithSummary("Moves contacts on, moves them to another point, or removes them; each is done or refused for itself, with where it is now (Semantics 8.7).").Produces<ActedView>().Fails(400, 404);
        journeys.MapPost("{id}/points/{point}/queue/order", OrderAsync).WithName("order-on-queue").WithSummary("Does the same to everybody who waits at a point now, or to those whose names begin so, in the background (Semantics 8.8). Watch it in /work.").Produces<WorkView>(202).Fails(400, 404).WithMetadata(new NotRepeatable());
    }

    static async Task<IResult> OrderAsync(string id, string point, Body<QueueOrderBody> body, ClaimsPrincipal user, IEngine engine, BulkService bulk, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var order = body.Value;
        var reasons = new List<ProblemReason>();
        if (order.Bar && order.Act != QueueAct.Remove)
            reasons.Add(BarGoesWithRemove);
        var to = await TargetAsync(engine, journey, point, new(order.Act, [], order.To, order.Edge), reasons, cancellationToken);
        if (reasons.Count > 0)
            return new ProblemAnswer(Problems.Invalid(reasons));
        var waiting = StatisticsReading.Of(await engine.Queries.CountersAsync(null, journey.Id, cancellationToken), engine.Now).Points.FirstOrDefault(one => one.Point == point)?.Waiting ?? 0;
        var made = await bulk.OrderAsync(new(), null, null, order.Search, null, waiting, JourneyListApi.ActorOf(user), cancellationToken, new(journey.Id.Value, point, to, engine.Now.ToDateTimeOffset(), order.Reason, order.Bar));
        return Results.Accepted("/api/v1/work", WorkBoard.Of(made));
    }

    static readonly ProblemReason BarGoesWithRemove = new("queue.bar", "/bar", "Who goes on in the journey cannot be kept out of it in the same act: this goes with remove.");

    static async Task<IResult> QueueAsync(string id, string point, [AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, TimeProvider time, CancellationToken cancellationToken, [Description("Beginnings of names.")] string? search = null)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var mask = Mask.For(user, engine);
        var pages = new EnrolmentPages<QueueView, long>(engine, time, mask)
        {
            Read = (after, limit) => engine.Queries.QueueAsync(journey.Id, point, after, limit, cancellationToken),
            PlaceOf = static row => row.Contact.Number,
            Cursor = Cursor,
            View = (row, contact) => QueueView.Of(row, contact, journey, mask),
        };
        return Results.Ok(await pages.PageAsync(page.Number ?? 0, page.Size, search, cancellationToken));
    }

    static string Cursor(long number) => PageQuery.Cursor(number.ToString(CultureInfo.InvariantCulture));

    static async Task<IResult> ActAsync(string id, string point, Body<ActBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var order = body.Value;
        var reasons = new List<ProblemReason>();
        if (order.Rows.Count is 0 or > RowsMax)
            reasons.Add(new("queue.rows", "/rows", $"1 to {RowsMax} rows at once."));
        if (order.Bar && order.Act != QueueAct.Remove)
            reasons.Add(BarGoesWithRemove);
        var to = await TargetAsync(engine, journey, point, order, reasons, cancellationToken);
        if (reasons.Count > 0)
            return new ProblemAnswer(Problems.Invalid(reasons));

        var key = Idempotency.MessageId(context);
        var results = await engine.SubmitAsync([.. order.Rows.Select((row, index) => new Submission
        {
            Body = order.Act == QueueAct.Remove ? new SubmissionBody.Remove(new(row.Enrolment), row.Revision, order.Reason, order.Bar) : new SubmissionBody.Move(new(row.Enrolment), to!, row.Revision),
            Origin = Origin.Person,
            Contact = new(row.Contact),
            CreatesContact = false,
            MessageId = key is null ? null : string.Create(CultureInfo.InvariantCulture, $"{key}-{index}"),
        })], cancellationToken);
        var refused = order.Rows.Zip(results).Where(pair => pair.Second.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact).Select(pair => RefusedRow.Of(pair.First, pair.Second)).ToList();
        return Results.Ok(new ActedView(order.Rows.Count - refused.Count, refused, to));
    }

    /// <summary>Where they go; null: they are removed.</summary>
    static async Task<string?> TargetAsync(IEngine engine, JourneyDocument journey, string point, ActBody order, List<ProblemReason> reasons, CancellationToken cancellationToken)
    {
        if (order.Act == QueueAct.Remove)
            return null;
        if (await LiveAsync(engine, journey, cancellationToken) is not { } definition)
        {
            reasons.Add(new("queue.not-live", "", "The journey was never live: nobody waits in it."));
            return null;
        }

        if (order.Act == QueueAct.MoveTo)
        {
            if (order.To is not { } wanted || !definition.Points.ContainsKey(wanted))
                reasons.Add(new("queue.to", "/to", "Say to which point of the live version they go."));
            return order.To;
        }

        if (!definition.Points.TryGetValue(point, out var held))
            reasons.Add(new("queue.point", "", $"The live version has no point '{point}' any more: move them to another one."));
        else if (held.Exits().FirstOrDefault(exit => order.Edge is null || exit.Edge == order.Edge) is var way && way.Edge is null)
            reasons.Add(new("queue.edge", "/edge", $"The point has no such way out; it has {string.Join(", ", held.Exits().Select(exit => exit.Edge))}."));
        else if (way.Target is null)
            reasons.Add(new("queue.nowhere", "/edge", "This way leads nowhere: remove them, or move them to a point."));
        else
            return way.Target;
        return null;
    }

    internal static async ValueTask<JourneyDefinition?> LiveAsync(IEngine engine, JourneyDocument journey, CancellationToken cancellationToken) =>
        journey.Live > 0 && await engine.Queries.DocumentAsync(DocumentKinds.JourneyVersion, string.Create(CultureInfo.InvariantCulture, $"{journey.Id}/{journey.Live}"), cancellationToken) is { } document
            && RawJson.Of(document.Json) is { } version && version.TryGetProperty("definition", out var definition)
            ? JourneyJson.Read(JsonSerializer.SerializeToUtf8Bytes(definition))
            : null;
}

/// <summary>Somebody who waits at a point.</summary>
/// <param name="Until">Null: never by itself, or not while the journey is frozen.</param>
/// <param name="Why">What it waits for: delay, until, activity …</param>
/// <param name="Noted">The awaited has happened while the journey was paused; it acts when the journey goes on.</param>
/// <param name="Revision">Name it when you move or remove the enrolment.</param>
sealed record QueueView(Guid Enrolment, Guid Contact, string? Name, string? Email, string? UserId, DateTimeOffset Since, DateTimeOffset? Until, string? Why, bool Noted, int Version, int Revision)
{
    public static QueueView Of(EnrolmentRow row, Contact contact, JourneyDocument journey, Mask mask)
    {
        var wait = contact.Enrolments.Find(enrolment => enrolment.Id == row.Id)?.State is EnrolmentState.Waiting waiting ? waiting.Wait : null;
        var who = FoundContact.Of(contact, mask);
        return new(row.Id.Value, row.Contact.Value, who.Name, who.Email, who.UserId, row.Since.ToApi(), JourneysApi.Due(row, journey.Dials).ToApi(), wait?.Reason, wait?.Noted == true, row.Version, row.Revision);
    }
}

enum QueueAct
{
    /// <summary>By the first way out, or the one named.</summary>
    MoveOn,
    MoveTo,
    Remove,
}

/// <param name="To">For moveTo: the point.</param>
/// <param name="Edge">For moveOn: which way out; without it the first.</param>
/// <param name="Reason">For remove: why, in your words.</param>
/// <param name="Bar">For remove: whether they are kept out of the journey from now on.</param>
sealed record ActBody(QueueAct Act, IReadOnlyList<ActRow> Rows, string? To = null, string? Edge = null, string? Reason = null, bool Bar = false);

/// <param name="To">For moveTo: the point; the others as for some of them.</param>
/// <param name="Search">Only those whose names begin so.</param>
sealed record QueueOrderBody(QueueAct Act, string? To = null, string? Edge = null, string? Reason = null, bool Bar = false, string? Search = null);

/// <param name="Revision">As the queue showed it.</param>
sealed record ActRow(Guid Contact, Guid Enrolment, int? Revision = null);

/// <param name="To">Where they went; null: they were removed.</param>
sealed record ActedView(int Done, IReadOnlyList<RefusedRow> Refused, string? To);

/// <param name="Where">Where it is now, where it has gone on.</param>
sealed record RefusedRow(Guid Contact, Guid Enrolment, string Code, string Text, string? Where)
{
    public static RefusedRow Of(ActRow row, SubmissionResult result) => result.Refusals.IsDefaultOrEmpty
        ? new(row.Contact, row.Enrolment, "contact.unknown", "There is no such contact any more.", null)
        : new(row.Contact, row.Enrolment, result.Refusals[0].Code, result.Refusals[0].Text, result.Refusals[0].Where);
}
