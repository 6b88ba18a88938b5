using System.ComponentModel;
using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Http;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>Why a contact is in a journey or not, why it stands where it does, and why something was not sent (Semantics 11.3, 11.4).</summary>
static class WhyApi
{
    const int PageLength = 200, PagesMax = 20, StepsMax = 500, RowsMax = 50;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("contacts/{id:guid}/why", WhyAsync).WithName("contact-why").WithTags("Contacts")
            .WithSummary("Why the contact came into a journey, what decided on its way, why it stands where it does, why nothing was sent, and whether it could enter now: with conditions as they were answered then.").Produces<WhyView>().Fails(400, 404);

    static async Task<IResult> WhyAsync(
        Guid id, [Description("Of which journey.")] string journey, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken, [Description("Which trip; without it, the last one.")] Guid? enrolment = null)
    {
        if (await engine.ContactAsync(new(id), cancellationToken) is not { } contact)
            return new ProblemAnswer(Problems.NotFound($"contact {id}"));
        if (await JourneysApi.FindAsync(engine, journey, cancellationToken) is not { } document)
            return JourneysApi.NotFound(journey);
        var mask = Mask.For(user, engine);
        var rows = (await engine.Queries.EnrolmentsOfAsync(contact.Id, 1_000, cancellationToken)).Where(row => row.Journey == document.Id).OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Number).ToList();
        var row = enrolment is { } wanted ? rows.Find(one => one.Id.Value == wanted) : rows.FirstOrDefault();
        if (row is null && enrolment is not null)
            return new ProblemAnswer(Problems.NotFound($"enrolment {enrolment} of this contact in journey '{journey}'"));
        var refusals = await engine.Queries.RefusalsAsync(document.Id, contact.Id, RowsMax, cancellationToken);
        return Results.Ok(new WhyView(
            journey, engine.Now.ToApi(), row is null ? null : await TripAsync(engine, contact, row, mask, cancellationToken), await NotSentAsync(engine, contact, document.Id, mask, cancellationToken),
            EntryReading.Of(engine, contact, document, mask), [.. refusals.Select(refusal => new RefusedView(refusal.StartingPoint, refusal.Reason, refusal.At.ToApi()))]));
    }

    static async ValueTask<TripView> TripAsync(IEngine engine, Contact contact, EnrolmentRow row, Mask mask, CancellationToken cancellationToken)
    {
        var (trails, complete) = await TrailsAsync(engine, contact, row, cancellationToken);
        var plans = new Dictionary<int, JourneyPlan?>();
        var steps = new List<StepView>();
        foreach (var trail in trails)
            foreach (var step in trail.Steps)
                if (steps.Count < StepsMax)
                    steps.Add(View(step, trail, await PlanAsync(engine, plans, row.Journey, trail.Version, cancellationToken), mask));
        var body = EnrolmentCodec.Read(row.Body.Span);
        var dials = (await engine.Catalogue.JourneyAsync(row.Journey, cancellationToken))?.Dials;
        var here = row.Outcome is null && body.State is EnrolmentState.Waiting waiting ? await HereAsync(engine, contact, body, waiting, plans, dials is null ? null : JourneysApi.Due(row, dials).ToApi(), mask, cancellationToken) : null;
        return new(
            row.Id.Value, row.Version, row.Number, body.StartingPoint, body.StartEvent, mask.Event(body.Data.Json, contact), body.StartedAt.ToApi(), row.EndedAt.ToApi(), row.Outcome, mask.Reason(row.Outcome?.ToString(), row.Why), steps, complete && steps.Count < StepsMax, here);
    }

    /// <summary>The trip's history, oldest first, as far back as is looked.</summary>
    static async ValueTask<(List<Trail> Trails, bool Complete)> TrailsAsync(IEngine engine, Contact contact, EnrolmentRow row, CancellationToken cancellationToken)
    {
        var trails = new List<Trail>();
        long? before = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var items = await engine.Queries.TimelineAsync(contact.Id, before, PageLength, cancellationToken);
            foreach (var item in items)
                foreach (var trail in TimelineCodec.Decode(item.Row.Body.Span).Trails)
                    if (trail.Enrolment == row.Id)
                        trails.Add(trail);
            if (items.Count < PageLength || items[^1].Row.At < row.StartedAt)
            {
                trails.Reverse();
                return (trails, true);
            }

            before = items[^1].Row.Sequence;
        }

        trails.Reverse();
        return (trails, false);
    }

    static StepView View(TrailStep step, Trail trail, JourneyPlan? plan, Mask mask)
    {
        var at = trail.At.ToApi();
        if (step.Edge == TrailStep.Entered)
        {
            var rule = plan?.Starts.FirstOrDefault(start => start.Id == step.Point)?.Rule;
            return new(at, trail.Version, trail.Cause, step.Point, step.Edge, null, ExplanationView.Of(rule?.Recall(step.Bits, step.Detail), mask));
        }

        var point = plan?.IndexOf(step.Point) is >= 0 and var index ? plan.Points[index] : null;
        var edge = point is null || step.Edge is null ? -1 : Edge(point, step.Edge);
        var decided = edge < 0 ? null : point!.Decided(edge)?.Recall(step.Bits, step.Detail);
        return new(at, trail.Version, trail.Cause, step.Point, step.Edge, mask.Reason(step.Edge, Decisions.Words(step.Detail)), ExplanationView.Of(decided, mask));
    }

    static int Edge(PlanPoint point, string name)
    {
        for (var edge = 0; edge < point.Edges.Length; edge++)
            if (point.Edges[edge].Name == name)
                return edge;
        return -1;
    }

    /// <summary>The version's plan: of what is live as it runs, else compiled from what was published.</summary>
    static async ValueTask<JourneyPlan?> PlanAsync(IEngine engine, Dictionary<int, JourneyPlan?> known, JourneyId journey, int version, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(version, out var plan))
            return plan;
        plan = engine.Current.Journeys.FirstOrDefault(live => live.Id == journey)?.Versions.GetValueOrDefault(version);
        if (plan is null && await engine.Catalogue.JourneyVersionAsync(journey, version, cancellationToken) is { } published)
            plan = JourneyCompiler.Compile(JourneyJson.Read(published.Definition.Span), version, engine.Current.Zone);
        return known[version] = plan;
    }

    static async ValueTask<HereView> HereAsync(IEngine engine, Contact contact, Enrolment enrolment, EnrolmentState.Waiting waiting, Dictionary<int, JourneyPlan?> plans, DateTimeOffset? until, Mask mask, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(engine, plans, enrolment.Journey, enrolment.Version, cancellationToken);
        // What waits for a condition is asked it now.
        var condition = plan?.IndexOf(waiting.Point) is >= 0 and var index ? plan.Points[index].Decided(0) : null;
        return new(waiting.Point, waiting.Wait.Reason, waiting.Since.ToApi(), until, waiting.Wait.Noted, ExplanationView.Of(condition?.Explain(new(contact, engine.Now, null, enrolment, plan!.Zone)), mask));
    }

    static async ValueTask<IReadOnlyList<NotSentView>> NotSentAsync(IEngine engine, Contact contact, JourneyId journey, Mask mask, CancellationToken cancellationToken)
    {
        var messages = await engine.Queries.MessagesAsync(journey, contact.Id, null, null, 200, cancellationToken);
        return [.. messages.Where(message => message.Status is MessageStatus.Skipped or MessageStatus.Failed or MessageStatus.InDoubt or MessageStatus.Cancelled).Take(RowsMax)
            .Select(message => new NotSentView(message.Key.ToString(), message.Enrolment?.Value, message.Point, message.Channel, message.Content, message.Status, mask.Reason(message.Status.ToString(), message.Why), (message.SettledAt ?? message.DecidedAt).ToApi()))];
    }
}

/// <param name="Trip">The last trip, or the one asked for; null: the contact was never in.</param>
/// <param name="NotSent">Messages of this journey that did not go to the contact, newest first.</param>
/// <param name="Refused">When it would have come in and was refused, newest first: one a reason and day.</param>
sealed record WhyView(string Journey, DateTimeOffset AsOf, TripView? Trip, IReadOnlyList<NotSentView> NotSent, EntryView Entry, IReadOnlyList<RefusedView> Refused);

/// <param name="StartEvent">The event that brought the contact in, with its data; null: no event did.</param>
/// <param name="Steps">What happened, oldest first.</param>
/// <param name="Complete">False: there is more before, or after, than is told.</param>
/// <param name="Here">Where it stands; null when it has ended.</param>
sealed record TripView(
    Guid Enrolment, int Version, int Number, string StartingPoint, string? StartEvent, System.Text.Json.JsonElement? Data, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, Outcome? Outcome, string? Why,
    IReadOnlyList<StepView> Steps, bool Complete, HereView? Here);

/// <param name="Cause">What made it go on: an event's name, or a code such as timer, hand, change.</param>
/// <param name="Point">A point; of the edge "entered", the starting point.</param>
/// <param name="Edge">How it left; null: it stayed.</param>
/// <param name="Detail">A reason, or the name of the way drawn.</param>
/// <param name="Condition">The condition that decided, as it was answered then.</param>
sealed record StepView(DateTimeOffset At, int Version, string Cause, string Point, string? Edge, string? Detail, ExplanationView? Condition);

/// <param name="Reason">Why it waits: a stable code such as delay, activity, window.</param>
/// <param name="Until">Null: until something happens.</param>
/// <param name="Noted">What it waits for happened in a pause; it goes on with the journey.</param>
/// <param name="Condition">Of a wait for a condition: what it says now.</param>
sealed record HereView(string Point, string Reason, DateTimeOffset Since, DateTimeOffset? Until, bool Noted, ExplanationView? Condition);

sealed record NotSentView(string Key, Guid? Enrolment, string Point, string Channel, string Content, MessageStatus Status, string? Why, DateTimeOffset At);

sealed record RefusedView(string StartingPoint, string Reason, DateTimeOffset At);
