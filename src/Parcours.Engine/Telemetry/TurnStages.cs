using System.Diagnostics;

namespace Parcours.Engine.Telemetry;

/// <summary>Measures the stages of a turn, and traces them where somebody wants traces. Does nothing while nobody listens.</summary>
sealed class TurnStages(TimeProvider time)
{
    const int LinksMax = 16;
    Activity? _turn, _span;
    string? _stage;
    long _since;

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
        if (_turn is { } turn)
            _span = EngineTelemetry.Source.StartActivity(stage, ActivityKind.Internal, turn.Context);
    }

    void Leave()
    {
        var now = time.GetTimestamp();
        if (_stage is { } stage)
            EngineTelemetry.Staged(stage, time.GetElapsedTime(_since, now));
        _span?.Dispose();
        (_span, _stage, _since) = (null, null, now);
    }

    /// <summary>The commit is through.</summary>
    public void End(TurnTally tally)
    {
        if (_since == 0)
            return;
        Leave();
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
