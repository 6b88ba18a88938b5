using System.Reflection;
using System.Security.Claims;
using NodaTime;
using Parcours.Api.Intake;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>The installation itself: its clock, its figures, what went wrong.</summary>
static class SystemApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("system", SystemAsync).WithName("system").WithTags("System").WithSummary("Version, clock, and running totals since this process started.").Produces<SystemView>();
        api.MapGet("system/alerts", AlertsAsync).WithName("alerts").WithTags("System").WithSummary("What journeys want somebody to look at, newest first.").Produces<IReadOnlyList<AlertView>>();
        api.MapGet("system/dead-letters", DeadLettersAsync).WithName("dead-letters").WithTags("System").WithSummary("Entries that could not be read (Semantics 3.8).").Produces<IReadOnlyList<DeadLetterView>>();
        api.MapGet("intake/refusals", (IntakeTally tally, ClaimsPrincipal user, IEngine engine) => Refusals(tally, Mask.For(user, engine)))
            .WithName("intake-refusals").WithTags("Intake").WithSummary("What the intake refused or did not take as it came since this process started, by key and reason.").Produces<IntakeRefusalsView>();
        api.MapGet("clock", (IEngine engine) => new ClockView(engine.Now.ToApi(), engine.IsVirtual)).WithName("clock").WithTags("System").WithSummary("The engine's clock.").Produces<ClockView>();
        api.MapPut("clock", PutClockAsync).WithName("put-clock").WithTags("System").WithSummary("Moves a virtual clock on, through everything that falls due; answers when all is at rest (Semantics 1.8).").Produces<ClockView>().Fails(400, 409);
    }

    // A reason quotes what was sent.
    static IntakeRefusalsView Refusals(IntakeTally tally, Mask mask) =>
        new(tally.Since, tally.Taken, tally.Refused, tally.UnreadableTimes, tally.OtherBodies, [.. tally.Lines.Select(line => line with { LastReason = mask.Text(line.LastReason) })]);

    static async Task<SystemView> SystemAsync(IEngine engine, CancellationToken cancellationToken)
    {
        var totals = await engine.Queries.CountersAsync(CounterKind.Total, null, cancellationToken);
        var version = typeof(SystemApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        return new(version, engine.Now.ToApi(), engine.IsVirtual, (await engine.Queries.ClockAsync(cancellationToken)).ToApi(),
            totals.GroupBy(pair => pair.Key.Point).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)), engine.Figures);
    }

    static async Task<IReadOnlyList<AlertView>> AlertsAsync([AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        var mask = Mask.For(user, engine);
        // What failed may quote anything.
        return [.. from alert in await engine.Queries.AlertsAsync(page.Size, cancellationToken)
            let failed = alert.Code == "step-failed"
            select new AlertView(alert.Journey.Value, alert.Code, failed ? mask.Failure(alert.Detail) : alert.Detail, alert.At.ToApi(),
                NamedTexts.Read(alert.Arguments).ToDictionary(named => named.Key, named => failed ? mask.Failure(named.Value) : named.Value))];
    }

    static async Task<IReadOnlyList<DeadLetterView>> DeadLettersAsync([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) =>
        [.. (await engine.Queries.DeadLettersAsync(page.Size, cancellationToken)).Select(letter => new DeadLetterView(letter.Partition.Index, letter.Sequence, letter.At.ToApi(), letter.Why))];

    static async Task<IResult> PutClockAsync(Body<ClockBody> body, IEngine engine, CancellationToken cancellationToken)
    {
        if (!engine.IsVirtual)
            return new ProblemAnswer(Problems.Of(409, "clock-is-real", "The clock can be moved under 'serve --test-clock TIME' and in the demo only."));
        var to = body.Value.Now.ToInstant();
        if (to < engine.Now)
            return new ProblemAnswer(Problems.Of(409, "clock-backwards", $"The clock stands at {engine.Now.ToApi():O} and never goes back."));
        // One century is a slip of the finger, and would run for hours through every due time.
        if (to > engine.Now + Duration.FromDays(36_525))
            return new ProblemAnswer(Problems.Invalid("clock.far", "/now", "This is over a hundred years away."));
        try
        {
            await engine.AdvanceToAsync(to, cancellationToken);
        }
        catch (InvalidOperationException) when (to < engine.Now)
        {
            return new ProblemAnswer(Problems.Of(409, "clock-backwards", "Somebody else has moved the clock further meanwhile; it never goes back."));
        }

        return Results.Ok(new ClockView(engine.Now.ToApi(), true));
    }
}

/// <param name="AsOf">The least clock of all partitions (Semantics 7.9).</param>
sealed record SystemView(string Version, DateTimeOffset Now, bool VirtualClock, DateTimeOffset AsOf, IReadOnlyDictionary<string, long> Totals, EngineFigures Figures);

/// <param name="Detail">A sentence in English.</param>
/// <param name="Arguments">What it speaks of, by name: with the code, it can be said in any language.</param>
sealed record AlertView(string Journey, string Code, string Detail, DateTimeOffset At, IReadOnlyDictionary<string, string> Arguments);
sealed record DeadLetterView(int Partition, long Sequence, DateTimeOffset At, string Why);
/// <param name="OtherBodies">Items under a message id that was seen with another body: the first stands (Semantics 5.1). Over restarts: totals of <c>/system</c>.</param>
sealed record IntakeRefusalsView(DateTimeOffset Since, long Taken, long Refused, long UnreadableTimes, long OtherBodies, IReadOnlyList<IntakeTally.Line> Lines);
sealed record ClockView(DateTimeOffset Now, bool Virtual);
sealed record ClockBody(DateTimeOffset Now);
