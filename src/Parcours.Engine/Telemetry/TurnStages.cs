using System.Diagnostics;

namespace Parcours.Engine.Telemetry;

/// <summary>Measures the stages of a turn, and traces them where somebody wants traces. Does nothing while nobody listens.</summary>
sealed class TurnStages(TimeProvider time)
{
    const int LinksMax = 16;
    Activity? _turn, _span;
    string? _stage;
    long _since;
    DateTimeOffset _stepped, _steppedUntil;

    /// <param name="callers">Traces of those who wait for this turn.</param>
    public void Begin(IReadOnlyList<Work.SubmissionRequest> callers)
    {
        Abandon();
        if (!EngineTelemetry.WantsStages)
            return;
        _since = time.GetTimestamp();
        if (EngineTelemetry.Source.HasListeners())
            _turn = EngineTelemetry.Source.StartActivity(ActivityKind.Internal, parentContext: default, links: callers.Where(caller => caller.Trace != default).Take(LinksMax).Select(caller => new ActivityLink(caller.Trace)), name: "turn");
    }

    /// <summary>What follows belongs to this stage.</summary>
    public void Enter(string stage)
    {
        if (_since == 0)
            return;
        Leave();
        _stage = stage;
        if (_turn is not null && stage == "step")
            _stepped = time.GetUtcNow();
        if (_turn is { } turn)
            _span = EngineTelemetry.Source.StartActivity(stage, ActivityKind.Internal, turn.Context);
    }

    void Leave()
    {
        var now = time.GetTimestamp();
        if (_stage is { } stage)
            EngineTelemetry.Staged(stage, time.GetElapsedTime(_since, now));
        if (_turn is not null && _stage == "step")
            _steppedUntil = time.GetUtcNow();
        _span?.Dispose();
        (_span, _stage, _since) = (null, null, now);
    }

    /// <summary>One piece of work over many contacts, within the turn; null: nobody listens.</summary>
    public Activity? Slice(string kind) => _turn is { } turn ? EngineTelemetry.Source.StartActivity("slice", ActivityKind.Internal, turn.Context)?.SetTag("parcours.job", kind) : null;

    /// <summary>The timers of a turn fire among its entries: one span for all of them, as long as the step that they are part of.</summary>
    void TellTimers(TurnTally tally)
    {
        if (_turn is not { } turn || tally.Timers == 0)
            return;
        using var timers = EngineTelemetry.Source.StartActivity("timers", ActivityKind.Internal, turn.Context, startTime: _stepped);
        timers?.SetTag("parcours.timers", tally.Timers).SetTag("parcours.late_seconds", tally.Latest?.TotalSeconds).SetEndTime(_steppedUntil.UtcDateTime);
    }

    /// <summary>The commit is through.</summary>
    public void End(TurnTally tally)
    {
        if (_since == 0)
            return;
        Leave();
        TellTimers(tally);
        _turn?.SetTag("parcours.entries", tally.Entries).SetTag("parcours.timers", tally.Timers).SetTag("parcours.results", tally.Results).Dispose();
        (_turn, _since) = (null, 0);
    }

    /// <summary>A turn that failed was never ended.</summary>
    void Abandon()
    {
        _span?.Dispose();
        _turn?.SetStatus(ActivityStatusCode.Error).Dispose();
        (_turn, _span, _stage, _since) = (null, null, null, 0);
    }
}
