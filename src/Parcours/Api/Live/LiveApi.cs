using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Journeys.Machine;
using Parcours.Security;
using Parcours.Work;

namespace Parcours.Api;

/// <summary>Numbers that move by themselves: one journey's, and those of all for the home page.</summary>
static class LiveApi
{
    const string EventStream = "text/event-stream";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("journeys/{id}/live", JourneyAsync).WithName("journey-live").WithTags("Journeys")
            .WithSummary("Server-sent events: 'statistics' with what /statistics answers, at once and whenever it has changed, at most once a second.").Produces<string>(200, EventStream).Fails(404, 503);
        api.MapGet("journeys/{id}/readers", ReadersAsync).WithName("journey-readers").WithTags("Journeys")
            .WithSummary("Server-sent events: 'readers' with the users who have the draft open, at once and whenever that changes. Who is signed in has it open as long as this line is.").Produces<string>(200, EventStream).Fails(404, 503);
        api.MapGet("live", HomeAsync).WithName("live").WithTags("System")
            .WithSummary("Server-sent events: 'journeys' with the figures of all journeys by id, 'work' with what /work answers, 'mine' with what /me/inbox answers to who is signed in; each at once and whenever it has changed, at most once a second.").Produces<string>(200, EventStream).Fails(503);
    }

    static async Task<IResult> JourneyAsync(string id, IEngine engine, FiguresLog log, LiveTopics topics, CancellationToken cancellationToken, [Description("Of this version alone.")] int? version = null, [Description("Since the day (UTC) of this time, of the last hundred.")] DateTimeOffset? since = null)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        return Stream(topics, new LiveSubject($"journey {id} {version} {since?.UtcDateTime.Date:yyyy-MM-dd}", async cancellation =>
        {
            var statistics = await JourneysApi.StatisticsOfAsync(engine, log, journey.Id, version, since, cancellation);
            return [new("statistics", Json(statistics), Json(statistics with { AsOf = default }))];
        }));
    }

    static async Task<IResult> ReadersAsync(string id, ClaimsPrincipal user, IEngine engine, Users users, DraftReaders readers, LiveTopics topics, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is null)
            return JourneysApi.NotFound(id);
        var me = await MeApi.UserAsync(user, users, cancellationToken);
        return topics.TryWatch(new LiveSubject(LiveTopics.ReadersKey + id, _ => ValueTask.FromResult<IReadOnlyList<LiveEvent>>([readers.EventOf(id)]))) is { } watch
            ? new LiveStream(watch, me is null ? null : () => readers.Enter(id, me))
            : Full;
    }

    static async Task<IResult> HomeAsync(ClaimsPrincipal user, IEngine engine, Users users, WorkBoard board, LiveTopics topics, CancellationToken cancellationToken)
    {
        var home = new LiveSubject(LiveTopics.HomeKey, async cancellation => [await JourneysAsync(engine, cancellation), await WorkAsync(board, cancellation)]);
        // One line for all: a browser opens few to a server.
        return await MeApi.UserAsync(user, users, cancellationToken) is { } me
            ? Stream(topics, home, new LiveSubject($"mine {me.Id}", async cancellation => [await MineAsync(engine, me, cancellation)]))
            : Stream(topics, home);
    }

    static async ValueTask<LiveEvent> MineAsync(IEngine engine, User me, CancellationToken cancellationToken)
    {
        var data = Json(await NotificationsApi.MineAsync(engine, me, cancellationToken));
        return new("mine", data, data);
    }

    static async ValueTask<LiveEvent> JourneysAsync(IEngine engine, CancellationToken cancellationToken)
    {
        var figures = await JourneyFigures.ReadAsync(engine.Queries, null, cancellationToken);
        var data = Json(figures.OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key.Value, pair => pair.Value));
        return new("journeys", data, data);
    }

    static async ValueTask<LiveEvent> WorkAsync(WorkBoard board, CancellationToken cancellationToken)
    {
        var data = Json(await board.ListAsync(cancellationToken));
        return new("work", data, data);
    }

    static IResult Stream(LiveTopics topics, params ReadOnlySpan<LiveSubject> subjects) =>
        topics.TryWatch(subjects) is { } watch
            ? new LiveStream(watch)
            : Full;

    static ProblemAnswer Full => new(Problems.Of(503, "live.full", "Too many watch live numbers here already. Try again later, or ask for them now and then.") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "30" } });

    static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options);
}
