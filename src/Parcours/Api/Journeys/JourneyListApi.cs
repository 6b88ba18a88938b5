using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Journeys as a list: searched, sorted, labelled, copied, put out of sight.</summary>
static class JourneyListApi
{
    public static void Map(RouteGroupBuilder journeys)
    {
        journeys.MapGet("", ListAsync).WithName("journeys").WithSummary("Journeys with their figures: searched, filtered, sorted.").Produces<Page<JourneyView>>().Fails(400);
        journeys.MapGet("summary", SummaryAsync).WithName("journeys-summary").WithSummary("How many journeys of each status there are, and their figures together.").Produces<JourneysSummary>();
        journeys.MapGet("days", (FiguresLog log, CancellationToken cancellationToken) => log.DaysAsync(cancellationToken))
            .WithName("journeys-days").WithSummary("What came about on each of the last 28 days (UTC) in all journeys together; the last is today.").Produces<IReadOnlyList<DayFigures>>();
        journeys.MapGet("labels", LabelsAsync).WithName("journey-labels").WithSummary("Labels in use, with how many journeys bear each.").Produces<IReadOnlyList<LabelView>>();
        journeys.MapPut("{id}/labels", PutLabelsAsync).WithName("put-journey-labels").WithSummary("Gives a journey these labels and no others; its draft does not change by that.").Produces<LabelsBody>().Fails(400, 404);
        journeys.MapPost("{id}/duplicate", DuplicateAsync).WithName("duplicate-journey").WithSummary("Makes a draft that is a copy of this journey's draft, under a name and an id of its own.").Produces<JourneyView>(201).Fails(400, 404, 422);
        journeys.MapPost("{id}/archive", (string id, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                JourneysApi.ActAsync(id, context, engine, marks, _ => engine.Catalogue.ArchiveJourneyAsync(new(id), cancellationToken), cancellationToken))
            .WithName("archive-journey").WithSummary("Puts a draft that was never live, or an ended journey, out of sight.").Produces<JourneyView>().Fails(404, 422);
        journeys.MapPost("{id}/unarchive", (string id, HttpContext context, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken) =>
                JourneysApi.ActAsync(id, context, engine, marks, _ => engine.Catalogue.UnarchiveJourneyAsync(new(id), cancellationToken), cancellationToken))
            .WithName("unarchive-journey").WithSummary("Takes an archived journey back: as a draft, or as ended.").Produces<JourneyView>().Fails(404, 422);
    }

    static async Task<Page<JourneyView>> ListAsync([AsParameters] PageQuery page, [AsParameters] JourneyListQuery wanted, IEngine engine, JourneyShelf shelf, JourneyMarks marks, CancellationToken cancellationToken)
    {
        var figures = await JourneyFigures.ReadAsync(engine.Queries, null, cancellationToken);
        var marked = await marks.AllAsync(cancellationToken);
        var lines = (await shelf.AllAsync(cancellationToken)).Select(journey =>
            new JourneyListQuery.Line(journey, figures.GetValueOrDefault(journey.Id, JourneyFigures.None), marked.GetValueOrDefault(journey.Id.Value, JourneyMark.None)));
        return page.Of(wanted.Of(lines, page), line => JourneyView.Of(line.Journey, line.Figures, line.Mark, wanted.Definition == true), wanted.CursorOf);
    }

    static async Task<JourneysSummary> SummaryAsync(IEngine engine, JourneyShelf shelf, CancellationToken cancellationToken)
    {
        var counts = (await shelf.AllAsync(cancellationToken)).GroupBy(journey => journey.Status).ToDictionary(group => group.Key, group => group.Count());
        var sum = (await JourneyFigures.ReadAsync(engine.Queries, null, cancellationToken)).Values.Aggregate(
            JourneyFigures.None, (all, one) => new(all.Started + one.Started, all.InProgress + one.InProgress, all.Completed + one.Completed, all.Successful + one.Successful));
        var sent = (await engine.Queries.CountersAsync(CounterKind.MessageSettled, null, cancellationToken)).Where(pair => pair.Key.Edge == "sent").Sum(pair => pair.Value);
        var totals = await engine.Queries.CountersAsync(CounterKind.Total, null, cancellationToken);
        return new(
            counts.Values.Sum(), Of(JourneyStatus.Draft), Of(JourneyStatus.Filling), Of(JourneyStatus.Live), Of(JourneyStatus.Paused), Of(JourneyStatus.Ended), Of(JourneyStatus.Archived),
            sum.Started, sum.InProgress, sum.Completed, sum.Successful, sent, totals.Where(pair => pair.Key.Point == "contacts").Sum(pair => pair.Value));

        int Of(JourneyStatus status) => counts.GetValueOrDefault(status);
    }

    static async Task<IReadOnlyList<LabelView>> LabelsAsync(JourneyMarks marks, JourneyShelf shelf, CancellationToken cancellationToken)
    {
        var there = (await shelf.AllAsync(cancellationToken)).Select(journey => journey.Id.Value).ToHashSet(StringComparer.Ordinal);
        return [.. (await marks.AllAsync(cancellationToken)).Where(mark => there.Contains(mark.Key)).SelectMany(mark => mark.Value.Labels)
            .GroupBy(label => label, StringComparer.OrdinalIgnoreCase).Select(group => new LabelView(group.First(), group.Count())).OrderBy(label => label.Name, StringComparer.OrdinalIgnoreCase)];
    }

    static async Task<IResult> PutLabelsAsync(string id, Body<LabelsBody> body, IEngine engine, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is null)
            return JourneysApi.NotFound(id);
        var labels = body.Value.Labels.Select(label => label.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var reasons = new List<ProblemReason>();
        if (labels.Count > JourneyMarks.LabelsMax)
            reasons.Add(new("labels.many", "/labels", $"A journey has at most {JourneyMarks.LabelsMax} labels."));
        for (var at = 0; at < labels.Count; at++)
            if (labels[at].Length is 0 or > JourneyMarks.LabelLengthMax || labels[at].Any(char.IsControl))
                reasons.Add(new("label.invalid", $"/labels/{at}", $"A label has 1 to {JourneyMarks.LabelLengthMax} characters, on one line."));
        if (reasons.Count > 0)
            return new ProblemAnswer(Problems.Invalid(reasons));
        await marks.ChangeAsync(id, mark => mark with { Labels = labels }, cancellationToken);
        return Results.Ok(new LabelsBody(labels));
    }

    static async Task<IResult> DuplicateAsync(string id, Body<DuplicateBody> body, ClaimsPrincipal caller, IEngine engine, JourneyShelf shelf, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var all = await shelf.AllAsync(cancellationToken);
        var name = JourneyNames.Free(body.Value.Name?.Trim() is { Length: > 0 } said ? said : journey.Name, wanted => all.Any(one => one.Name == wanted), " ", 200);
        var copy = JourneyNames.Free(JourneyNames.IdOf(name), wanted => all.Any(one => one.Id.Value == wanted));
        if (await engine.Catalogue.SaveJourneyAsync(new(copy), JourneyNames.Renamed(journey.Definition, copy, name), 0, cancellationToken) is CatalogueAnswer.Refused refused)
            return new ProblemAnswer(Problems.Refused([.. refused.Problems.Select(CatalogueAnswers.Reason)]));
        var labels = (await marks.OfAsync(id, cancellationToken)).Labels;
        await marks.ChangeAsync(copy, _ => new(labels, ActorOf(caller)), cancellationToken);
        return await JourneysApi.FindAsync(engine, copy, cancellationToken) is { } made
            ? Results.Created($"/api/v1/journeys/{copy}", JourneyView.Of(made, JourneyFigures.None, await marks.OfAsync(copy, cancellationToken), whole: true))
            // Somebody had the same thought at the same moment.
            : new ProblemAnswer(Problems.Of(409, "journey.taken", $"A journey '{copy}' was made meanwhile; try again."));
    }

    /// <summary>Who saves, for others to see; null for programs.</summary>
    public static string? ActorOf(ClaimsPrincipal caller) => caller.HasClaim(Access.ByClaim, "session") ? caller.Identity?.Name : null;
}

/// <param name="Name">Of the copy; without one it is that of the original with a number.</param>
sealed record DuplicateBody(string? Name = null);

sealed record LabelsBody(IReadOnlyList<string> Labels);

sealed record LabelView(string Name, int Journeys);

/// <param name="MessagesSent">Since the installation was made.</param>
sealed record JourneysSummary(
    int All, int Draft, int Filling, int Live, int Paused, int Ended, int Archived, long Started, long InProgress, long Completed, long Successful, long MessagesSent, long Contacts);
