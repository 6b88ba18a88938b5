using System.Text.Json;
using NodaTime;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Api;

/// <summary>What one should know before a journey goes live, pauses or ends.</summary>
static class ReviewApi
{
    const int EventNamesMax = 1_000;
    static readonly TimeSpan CountWait = TimeSpan.FromMilliseconds(800);

    public static void Map(RouteGroupBuilder journeys)
    {
        journeys.MapGet("{id}/review", ReviewAsync).WithName("review-journey").WithSummary("Before publishing: every problem, who is eligible now (asked again until complete), who enters at once, what brings people in, what is sent first.").Produces<ReviewView>().Fails(404);
        journeys.MapGet("{id}/forecast", ForecastAsync).WithName("forecast-journey").WithSummary("About how many contacts would come in a day, by what happened in the last four weeks and by the dates of the four to come.").Produces<ForecastView>().Fails(404);
        journeys.MapGet("{id}/standing", StandingAsync).WithName("journey-standing").WithSummary("Before pausing or ending: how many are inside, how many wait with a clock that a pause freezes, how many messages are decided and not sent.").Produces<StandingView>().Fails(404);
    }

    static async Task<IResult> ReviewAsync(string id, IEngine engine, CountBoard board, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var problems = await engine.Catalogue.CheckJourneyAsync(journey.Definition, cancellationToken);
        if (JourneyCheck.Check(journey.Definition, AnyReferences.Instance).Definition is not { } definition)
            return Results.Ok(new ReviewView([.. problems.Select(CatalogueAnswers.Reason)], null, null, [], [], 0));
        var sound = problems.All(problem => problem.Severity != Severity.Error);
        var taking = TakingCurrent(engine, journey.Id, definition);
        return Results.Ok(new ReviewView(
            [.. problems.Select(CatalogueAnswers.Reason)],
            sound ? await WhoAsync(engine, board, Eligible(definition), "/settings", cancellationToken) : null,
            sound && taking.Count > 0 ? await WhoAsync(engine, board, [.. Eligible(definition), new Condition.Any([.. taking.Select(Comes)])], "/start", cancellationToken) : null,
            await StartsAsync(engine, board, taking, definition, cancellationToken), [.. Contents(definition)], definition.Points.Count));
    }

    /// <summary>It reads what happened to a thousand contacts: asked once, not with the review, which is asked again while it counts.</summary>
    static async Task<IResult> ForecastAsync(string id, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var problems = await engine.Catalogue.CheckJourneyAsync(journey.Definition, cancellationToken);
        if (problems.Any(static problem => problem.Severity == Severity.Error) || JourneyCheck.Check(journey.Definition, AnyReferences.Instance).Definition is not { } definition)
            return Results.Ok(new ForecastView(null, EntryForecast.Days, 0));
        var plan = JourneyCompiler.Compile(definition, 1, engine.Current.Zone);
        var forecast = await EntryForecast.OfAsync(engine, plan, await ContactSearchApi.TotalAsync(engine, cancellationToken), cancellationToken);
        return Results.Ok(new ForecastView(forecast is null ? null : Math.Round(forecast.PerDay, 1), EntryForecast.Days, forecast?.Contacts ?? 0));
    }

    /// <summary>Who might enter: for whom the eligibility holds and the exclusions do not. Without either it is everybody.</summary>
    public static List<Condition> Eligible(JourneyDefinition definition)
    {
        var parts = new List<Condition>();
        if (definition.Settings?.Eligibility is { } eligibility)
            parts.Add(eligibility);
        if (definition.Settings?.Exclusions is { } exclusions)
            parts.Add(new Condition.Not(exclusions));
        return parts;
    }

    /// <summary>Starting points of which those come in at once of whom they are true already (Semantics 6.10); each does so once.</summary>
    static List<StartingPoint> TakingCurrent(IEngine engine, JourneyId id, JourneyDefinition definition)
    {
        var taken = engine.Current.Journeys.FirstOrDefault(live => live.Id == id)?.CurrentTaken;
        return [.. definition.Start.Where(start => start.CurrentKey is { } key && taken?.Contains(key) != true)];
    }

    static Condition Comes(StartingPoint start) => start.Filter is { } filter ? new Condition.All([start.Current!, filter]) : start.Current!; // TakingCurrent chose those that have one.

    static async Task<EligibleView> WhoAsync(IEngine engine, CountBoard board, List<Condition> parts, string place, CancellationToken cancellationToken)
    {
        var total = await ContactSearchApi.TotalAsync(engine, cancellationToken);
        return parts.Count == 0
            ? new(total, total, total, true, engine.Now.ToApi())
            : await CountedAsync(engine, board, new Condition.All(parts), place, total, cancellationToken);
    }

    static async Task<EligibleView> CountedAsync(IEngine engine, CountBoard board, Condition condition, string place, long total, CancellationToken cancellationToken)
    {
        ContactJudge judge;
        try
        {
            judge = await ContactJudge.OfAsync(engine, JsonSerializer.Deserialize<JsonElement>(condition.ToJson()), place, cancellationToken);
        }
        catch (BadInputException)
        {
            // It asks for the event that starts the enrolment: nobody can be asked ahead of it.
            return new(null, null, total, true, engine.Now.ToApi());
        }

        var state = await board.AskAsync(CountWish.Of(judge), CountWait, cancellationToken);
        return new(state.IsComplete ? state.Matches : null, state.IsComplete ? state.Matches : state.Looked == 0 ? null : (long)((double)state.Matches / state.Looked * state.Of), total, state.IsComplete, state.AsOf.ToApi());
    }

    static async Task<IReadOnlyList<StartReview>> StartsAsync(IEngine engine, CountBoard board, IReadOnlyList<StartingPoint> taking, JourneyDefinition definition, CancellationToken cancellationToken)
    {
        var events = (await engine.Queries.EventNamesAsync(EventNamesMax, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var starts = new List<StartReview>();
        foreach (var start in definition.Start)
        {
            var review = start switch
            {
                EventStart one => new(one.Id, one.Kind, one.Name, null, one.Events.Any(events.Contains)),
                SegmentEnteredStart one => new(one.Id, one.Kind, one.Name, await MembersAsync(CounterKind.SegmentMembers, one.Segment), true),
                ListEnteredStart one => new(one.Id, one.Kind, one.Name, await MembersAsync(CounterKind.ListMembers, one.List), true),
                TagAddedStart one => new(one.Id, one.Kind, one.Name, await MembersAsync(CounterKind.TagMembers, one.Tag), true),
                ScheduleStart one => await ScheduledAsync(engine, board, definition, one, cancellationToken),
                _ => new StartReview(start.Id, start.Kind, start.Name, null, true),
            };
            starts.Add(review with { TakesCurrent = taking.Contains(start) });
        }

        return starts;

        async ValueTask<long?> MembersAsync(CounterKind kind, string name) =>
            (await engine.Queries.CountersAsync(kind, null, cancellationToken)).Where(pair => pair.Key.Point == name).Sum(pair => pair.Value);
    }

    /// <summary>When it comes next, were it live from now on, and how many match by now.</summary>
    static async Task<StartReview> ScheduledAsync(IEngine engine, CountBoard board, JourneyDefinition definition, ScheduleStart start, CancellationToken cancellationToken)
    {
        var (next, where) = (default(Instant?), default(string));
        // One with errors has no moments yet: the check says why.
        if (JourneyCheck.Check(definition with { Start = [start] }, AnyReferences.Instance).All(problem => problem.Severity != Severity.Error || !problem.Path.StartsWith("/start/0", StringComparison.Ordinal)))
        {
            var zone = definition.Settings?.TimeZone is { } named ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(named) : null;
            var from = definition.Settings?.StartsAt is { } begins && begins > engine.Now ? begins - Duration.Epsilon : engine.Now;
            var schedule = start.ScheduleIn(zone ?? engine.Current.Zone);
            (next, where) = (schedule?.Next(from), schedule?.Zone.Id);
        }

        var matches = start.Filter is null || next is null ? null
            : await CountedAsync(engine, board, start.Filter, "/start", await ContactSearchApi.TotalAsync(engine, cancellationToken), cancellationToken);
        return new(start.Id, start.Kind, start.Name, null, true) { Next = next.ToApi(), Zone = where, Matches = matches };
    }

    /// <summary>What is sent, with what comes first at the top: how many points lie before it.</summary>
    static IEnumerable<SentView> Contents(JourneyDefinition definition)
    {
        var depth = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = new Queue<(string Id, int Depth)>(definition.Start.Where(start => start.Next is not null).Select(start => (start.Next!, 0)));
        while (waiting.TryDequeue(out var at))
            if (definition.Points.TryGetValue(at.Id, out var point) && depth.TryAdd(at.Id, at.Depth))
                foreach (var exit in point.Exits())
                    if (exit.Target is { } target)
                        waiting.Enqueue((target, at.Depth + 1));
        return definition.Points.Where(pair => pair.Value is SendEmailPoint).Select(pair => new SentView(pair.Key, pair.Value.Name, "email", ((SendEmailPoint)pair.Value).Content, depth.GetValueOrDefault(pair.Key, int.MaxValue)))
            .OrderBy(sent => sent.PointsBefore).ThenBy(sent => sent.Point, StringComparer.Ordinal);
    }

    static async Task<IResult> StandingAsync(string id, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var statistics = StatisticsReading.Of(await engine.Queries.CountersAsync(null, journey.Id, cancellationToken), await engine.Queries.ClockAsync(cancellationToken));
        var live = await QueueApi.LiveAsync(engine, journey, cancellationToken);
        var (elapsed, calendar, open) = (0L, 0L, 0L);
        foreach (var point in statistics.Points.Where(point => point.Waiting > 0))
            switch (live?.Points.GetValueOrDefault(point.Point)?.WaitsBy)
            {
                case WaitClock.Elapsed: elapsed += point.Waiting; break;
                case WaitClock.Calendar: calendar += point.Waiting; break;
                default: open += point.Waiting; break;
            }
        var unsent = statistics.Points.Sum(point => point.Messages?.GetValueOrDefault("waiting") ?? 0);
        return Results.Ok(new StandingView(journey.Status, statistics.InProgress, elapsed, calendar, open, unsent, journey.Dials.PausedAt.ToApi(), journey.Dials.RunOn));
    }
}

/// <param name="Eligible">Null while there are errors.</param>
/// <param name="AtOnce">Who comes in when it goes live, by starting points that take those too of whom they are true already; a journey's rules on coming again may keep some out. Null: nobody, or there are errors.</param>
/// <param name="Contents">What is sent, nearest to the beginning first.</param>
sealed record ReviewView(IReadOnlyList<ProblemReason> Problems, EligibleView? Eligible, EligibleView? AtOnce, IReadOnlyList<StartReview> Starts, IReadOnlyList<SentView> Contents, int Points);

/// <param name="PerDay">On average. Null: nothing that has happened says anything of it, or there are errors.</param>
/// <param name="Days">So many days were looked at, the last; where dates bring people in, those to come.</param>
/// <param name="Contacts">How many contacts were looked at; where there are more, evenly over all.</param>
sealed record ForecastView(double? PerDay, int Days, long Contacts);

/// <param name="Now">Null while it counts, or where it hangs on the event that starts the enrolment.</param>
/// <param name="About">While it counts, as many as those looked at let expect.</param>
sealed record EligibleView(long? Now, long? About, long Of, bool Complete, DateTimeOffset AsOf);

/// <param name="Members">Of a segment, list or tag: how many have it already.</param>
/// <param name="Seen">False: such an event has never come so far.</param>
sealed record StartReview(string Id, string Kind, string? Name, long? Members, bool Seen)
{
    /// <summary>Whether those of whom it is true already come in when it goes live.</summary>
    public bool TakesCurrent { get; init; }
    /// <summary>Of a schedule: when it comes next; null: not any more.</summary>
    public DateTimeOffset? Next { get; init; }
    /// <summary>Of a schedule: the time zone in which its times are meant.</summary>
    public string? Zone { get; init; }
    /// <summary>Of a schedule: how many match now; asked again until complete.</summary>
    public EligibleView? Matches { get; init; }
}

sealed record SentView(string Point, string? Name, string Channel, string Content, int PointsBefore);

/// <param name="WaitingElapsed">Delays and time-outs: a pause freezes what is left of them, or lets them run on.</param>
/// <param name="WaitingCalendar">Waits for a date or hour: those that pass meanwhile go on when the journey does.</param>
/// <param name="WaitingOpen">Those who wait without a clock.</param>
/// <param name="Unsent">Messages decided and not sent: a pause holds them, an end cancels them.</param>
sealed record StandingView(JourneyStatus Status, long InProgress, long WaitingElapsed, long WaitingCalendar, long WaitingOpen, long Unsent, DateTimeOffset? PausedAt, bool RunOn);
