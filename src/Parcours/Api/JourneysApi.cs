using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>Journeys: drafts, publishing, figures, and who stands where.</summary>
static class JourneysApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var journeys = api.MapGroup("journeys").WithTags("Journeys");
        JourneyListApi.Map(journeys);
        QueueApi.Map(journeys);
        QueueWaits.Map(journeys);
        FailedApi.Map(journeys);
        DialsApi.Map(journeys);
        PointReportApi.Map(journeys);
        ReviewApi.Map(journeys);
        AheadApi.Map(journeys);
        VersionsApi.Map(journeys);
        ExperimentsApi.Map(journeys);
        AssetsApi.Map(journeys);
        journeys.MapPost("check", CheckAsync).WithName("check-definition").WithSummary("Every problem of a definition that is not saved.").Accepts<JsonElement>("application/json").Produces<CheckView>().Fails(400, 413);
        var one = journeys.MapGroup("{id}");
        one.MapGet("", GetAsync).WithName("journey").WithSummary("A journey with its draft.").Produces<JourneyView>().Fails(404);
        one.MapPut("", PutAsync).WithName("put-journey").WithSummary("Creates a journey or replaces its draft. A draft may have problems, all of which the answer lists; publishing may not.").Accepts<JsonElement>("application/json").Produces<JourneyView>().Produces<JourneyView>(201).Saves();
        one.MapDelete("", DeleteAsync).WithName("delete-journey").WithSummary("Deletes a journey that was never live, or has ended; refused while something live names it.").Produces(204).Deletes();
        one.MapGet("check", CheckDraftAsync).WithName("check-journey").WithSummary("Every problem of the draft, as it stands.").Produces<CheckView>().Fails(404);
        one.MapPost("pause", (string id, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken, bool runOn = false, DateTimeOffset? resumesAt = null) =>
                ActAsync(id, context, engine, marks, _ => engine.Catalogue.PauseJourneyAsync(Id(id), runOn, resumesAt is { } at ? NodaTime.Instant.FromDateTimeOffset(at) : null, cancellationToken), cancellationToken))
            .WithName("pause-journey").WithSummary("Stops entries, steps and messages, until somebody resumes it or resumesAt. Waits freeze, or run on with runOn=true (Semantics 8.2). Of a paused journey only resumesAt is set anew.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(404, 422);
        one.MapPut("scheduled-pause", (string id, Body<ScheduledPauseBody> body, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                ActAsync(id, context, engine, marks, _ => engine.Catalogue.SchedulePauseAsync(Id(id), NodaTime.Instant.FromDateTimeOffset(body.Value.At), body.Value.RunOn, body.Value.ResumesAt is { } at ? NodaTime.Instant.FromDateTimeOffset(at) : null, cancellationToken), cancellationToken))
            .WithName("schedule-pause").WithSummary("A live journey pauses by itself at this moment, and goes on by itself where resumesAt is said; one that was set before is set anew.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(400, 404, 422);
        one.MapDelete("scheduled-pause", (string id, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                ActAsync(id, context, engine, marks, _ => engine.Catalogue.CancelPauseAsync(Id(id), cancellationToken), cancellationToken))
            .WithName("cancel-pause").WithSummary("Takes a pause back that is set and has not begun.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(404, 422);
        one.MapPost("resume", (string id, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                ActAsync(id, context, engine, marks, _ => engine.Catalogue.ResumeJourneyAsync(Id(id), cancellationToken), cancellationToken))
            .WithName("resume-journey").WithSummary("Goes on after a pause.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(404, 422);
        one.MapPost("points/{point}/pause", (string id, string point, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                ActAsync(id, context, engine, marks, _ => engine.Catalogue.PausePointAsync(Id(id), point, cancellationToken), cancellationToken))
            .WithName("pause-point").WithSummary("Lets nobody pass one point: contacts gather there, the rest moves, the clocks run on (Semantics 8.3).").Produces<JourneyView>().Produces<JourneyView>(202).Fails(404, 422);
        one.MapPost("points/{point}/resume", (string id, string point, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                ActAsync(id, context, engine, marks, _ => engine.Catalogue.ResumePointAsync(Id(id), point, cancellationToken), cancellationToken))
            .WithName("resume-point").WithSummary("Lets who has gathered at a paused point go on: who is due at once, the others at their time.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(404, 422);
        one.MapPost("end", (string id, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                ActAsync(id, context, engine, marks, _ => engine.Catalogue.EndJourneyAsync(Id(id), cancellationToken), cancellationToken))
            .WithName("end-journey").WithSummary("Ends the journey for good: whoever is inside leaves as exited, unsent messages are cancelled.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(404, 422);
        one.MapGet("statistics", StatisticsAsync).WithName("journey-statistics").WithSummary("Counters of the journey, its versions, points and edges.").Produces<JourneyStatistics>().Fails(404);
        one.MapGet("refusals", RefusalsAsync).WithName("journey-refusals").WithSummary("Entries that matched and were refused, newest first: one a contact, reason and day.").Produces<IReadOnlyList<RefusalView>>().Fails(404);
        one.MapPost("enrolments", EnrolAsync).WithName("enrol").WithSummary("Enters a contact by hand; refused with the reason if the journey's rules forbid it.").Produces<EnrolledView>(201).Fails(400, 404, 422);
    }

    static async Task<IResult> GetAsync(string id, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (await FindAsync(engine, id, cancellationToken) is not { } journey)
            return NotFound(id);
        context.Response.Headers.ETag = Precondition.Tag(journey.Revision);
        return Results.Ok(JourneyView.Of(journey, await FiguresAsync(engine, journey.Id, cancellationToken), await marks.OfAsync(id, cancellationToken), whole: true));
    }

    static async Task<IResult> PutAsync(string id, RawBody body, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (!IsId(id))
            return new ProblemAnswer(Problems.Invalid("journey.id", "id", "A journey's id has lower-case letters, digits and hyphens, at most 64."));
        var seen = Precondition.Of(context.Request);
        var answer = await engine.Catalogue.SaveJourneyAsync(Id(id), body.Json, seen.ForSaving, cancellationToken);
        if (answer is CatalogueAnswer.Conflict)
            return await ConflictAsync(id, body.Json, seen, context, engine, marks, cancellationToken);
        if (answer is CatalogueAnswer.Done)
            await marks.ChangeAsync(id, mark => mark with { UpdatedBy = JourneyListApi.ActorOf(context.User) }, cancellationToken);
        return await AnswerAsync(answer, id, context, engine, marks, seen, cancellationToken, $"/api/v1/journeys/{id}", body.Json);
    }

    /// <summary>Somebody else saved first: what is there now goes back with it, so that nobody's work is lost. Who sends again what is there already (its answer got lost) has saved it.</summary>
    static async Task<IResult> ConflictAsync(string id, ReadOnlyMemory<byte> sent, Precondition seen, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (await FindAsync(engine, id, cancellationToken) is not { } journey)
            return new ProblemAnswer(seen.Missed(null));
        var (mark, current) = (await marks.OfAsync(id, cancellationToken), RawJson.Of(journey.Definition));
        if (seen.Given && JsonElement.DeepEquals(current!.Value, RawJson.Of(sent)!.Value))
        {
            context.Response.Headers.ETag = Precondition.Tag(journey.Revision);
            return Results.Ok(JourneyView.Of(journey, await FiguresAsync(engine, journey.Id, cancellationToken), mark));
        }

        return new ProblemAnswer(seen.Missed(journey.Revision) with { Current = current, ChangedAt = journey.UpdatedAt.ToApi(), ChangedBy = mark.UpdatedBy });
    }

    static async Task<IResult> DeleteAsync(string id, HttpContext context, IEngine engine, JourneyMarks marks, Approvals approvals, CancellationToken cancellationToken)
    {
        var seen = Precondition.Of(context.Request);
        var answer = await engine.Catalogue.DeleteJourneyAsync(Id(id), seen.Revision, cancellationToken);
        if (answer is CatalogueAnswer.Done)
        {
            await marks.ForgetAsync(id, CancellationToken.None);
            // One that comes under the same id counts its revisions from the first: it must not be approved by what was asked of this one.
            await approvals.PutAsync(id, null, [], CancellationToken.None);
        }

        return await answer.ToDeletionAsync(context, seen, $"journey '{id}'");
    }

    static async Task<CheckView> CheckAsync(RawBody body, IEngine engine, CancellationToken cancellationToken) => View(await engine.Catalogue.CheckJourneyAsync(body.Json, cancellationToken));

    static async Task<IResult> CheckDraftAsync(string id, IEngine engine, CancellationToken cancellationToken) =>
        await FindAsync(engine, id, cancellationToken) is { } journey ? Results.Ok(View(await engine.Catalogue.CheckJourneyAsync(journey.Definition, cancellationToken))) : NotFound(id);

    public static async Task<IResult> ActAsync(string id, HttpContext context, IEngine engine, JourneyMarks marks, Func<Precondition, Task<CatalogueAnswer>> act, CancellationToken cancellationToken)
    {
        var seen = Precondition.Of(context.Request);
        return await AnswerAsync(await act(seen), id, context, engine, marks, seen, cancellationToken);
    }

    static Task<IResult> AnswerAsync(CatalogueAnswer answer, string id, HttpContext context, IEngine engine, JourneyMarks marks, Precondition seen, CancellationToken cancellationToken, string? location = null, ReadOnlyMemory<byte>? saved = null) =>
        answer.ToResultAsync(context, seen, $"journey '{id}'", async (_, warnings) =>
            await FindAsync(engine, id, cancellationToken) is { } journey
                ? JourneyView.Of(journey, await FiguresAsync(engine, journey.Id, cancellationToken), await marks.OfAsync(id, cancellationToken)) with
                {
                    Warnings = warnings.Count > 0 ? warnings : null,
                    Problems = saved is { } draft ? View(await engine.Catalogue.CheckJourneyAsync(draft, cancellationToken)).Problems : null,
                }
                : null, location);

    static async Task<IResult> StatisticsAsync(string id, IEngine engine, FiguresLog log, CancellationToken cancellationToken, [Description("Of this version alone.")] int? version = null, [Description("Since the day (UTC) of this time, of the last hundred.")] DateTimeOffset? since = null)
    {
        if (await FindAsync(engine, id, cancellationToken) is null)
            return NotFound(id);
        return Results.Ok(await StatisticsOfAsync(engine, log, Id(id), version, since, cancellationToken));
    }

    internal static async ValueTask<JourneyStatistics> StatisticsOfAsync(IEngine engine, FiguresLog log, JourneyId id, int? version, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        // The clock first: what is counted afterwards is at least as new. All counters are as of one commit.
        var asOf = await engine.Queries.ClockAsync(cancellationToken);
        var counters = await engine.Queries.CountersAsync(null, id, cancellationToken);
        return since is { } time && await log.AtAsync(id, time.ToInstant(), cancellationToken) is var (from, before) ? StatisticsReading.Since(counters, asOf, version, from, before) : StatisticsReading.Of(counters, asOf, version);
    }

    /// <summary>When the wait is over by the wall clock; null: never by itself, or not as long as the journey is frozen.</summary>
    internal static Instant? Due(EnrolmentRow row, JourneyDials dials) => row.Due switch
    {
        null => null,
        { } due when row.Queue == TimerQueue.Calendar => due,
        { } => dials.PausedAt is not null && !dials.RunOn ? null : dials.ToWallTime(row.Due.Value),
    };

    static async Task<IResult> RefusalsAsync(string id, [AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken, Guid? contact = null)
    {
        if (await FindAsync(engine, id, cancellationToken) is null)
            return NotFound(id);
        var rows = await engine.Queries.RefusalsAsync(Id(id), contact is { } value ? new ContactId(value) : null, page.Size, cancellationToken);
        return Results.Ok(rows.Select(row => new RefusalView(row.Contact.Value, row.StartingPoint, row.Reason, row.At.ToApi())).ToList());
    }

    static async Task<IResult> EnrolAsync(string id, Body<EnrolBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await FindAsync(engine, id, cancellationToken) is null)
            return NotFound(id);
        var order = body.Value;
        var data = order.Data is { ValueKind: JsonValueKind.Object } given ? JsonSerializer.SerializeToUtf8Bytes(given) : [];
        var submission = ContactNames.Named(order, new SubmissionBody.Enrol(Id(id), data, order.EventKey)) with { CreatesContact = false, MessageId = Idempotency.MessageId(context) };
        var result = await Submissions.OneAsync(engine, submission, cancellationToken);
        return result switch
        {
            { Outcome: SubmissionOutcome.UnknownContact } => new ProblemAnswer(Problems.NotFound("such contact")),
            { Outcome: SubmissionOutcome.Refused } or { Refusals.IsEmpty: false, Entered: null } => Submissions.Refusal(result),
            _ => Results.Created($"/api/v1/contacts/{result.Contact}/enrolments", new EnrolledView(result.Contact.Value, result.Entered?.Value)),
        };
    }

    static CheckView View(IReadOnlyList<Problem> problems) => new(problems.All(problem => problem.Severity != Severity.Error), [.. problems.Select(CatalogueAnswers.Reason)]);

    public static ValueTask<JourneyDocument?> FindAsync(IEngine engine, string id, CancellationToken cancellationToken) => IsId(id) ? engine.Catalogue.JourneyAsync(Id(id), cancellationToken) : default;

    static async Task<JourneyFigures> FiguresAsync(IEngine engine, JourneyId id, CancellationToken cancellationToken) =>
        (await JourneyFigures.ReadAsync(engine.Queries, id, cancellationToken)).GetValueOrDefault(id, JourneyFigures.None);

    static JourneyId Id(string id) => new(id);
    static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');
    public static ProblemAnswer NotFound(string id) => new(Problems.NotFound($"journey '{id}'"));
}

sealed record RefusalView(Guid Contact, string StartingPoint, string Reason, DateTimeOffset At);

/// <summary>Who shall enter: by id, or by any one identity.</summary>
sealed record EnrolBody : IContactNames
{
    public Guid? Contact { get; init; }
    public string? UserId { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? AnonymousId { get; init; }
    /// <summary>Journey data, as if it were the properties of the starting event; at most 64 KB.</summary>
    public JsonElement? Data { get; init; }
    public string? EventKey { get; init; }
}

sealed record EnrolledView(Guid Contact, Guid? Enrolment);
