using NodaTime;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Pauses of whole journeys, and of single points (Semantics 8.2, 8.3).</summary>
sealed partial class CatalogueService
{
    public Task<CatalogueAnswer> PauseJourneyAsync(JourneyId journey, bool runOn, Instant? resumesAt, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (resumesAt <= now)
                return Refuse("journey.resumes-at", "The pause would be over already; choose a moment to come.");
            if (resumesAt is not null && await WhileUpgradingAsync(cancellation) is { } upgrading)
                return upgrading;
            var resumes = resumesAt?.ToMicroseconds();
            // Of one that is paused already only the end of the pause is set, or taken away.
            return held.Record.Status switch
            {
                JourneyStatus.Live => await WriteJourneyAsync("pause", journey.Value, held.Record with { Status = JourneyStatus.Paused, PausedAt = now.ToMicroseconds(), RunOn = runOn, ResumesAt = resumes, PausesAt = null }, now, null, null, [], cancellation),
                JourneyStatus.Paused => await WriteJourneyAsync("pause", journey.Value, held.Record with { ResumesAt = resumes }, now, null, null, [], cancellation),
                _ => Refuse("journey.not-live", "Only a live journey can be paused."),
            };
        }, cancellationToken);

    public Task<CatalogueAnswer> SchedulePauseAsync(JourneyId journey, Instant at, bool runOn, Instant? resumesAt, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (held.Record.Status != JourneyStatus.Live)
                return Refuse("journey.not-live", "Only a live journey can be paused.");
            if (at <= now)
                return Refuse("journey.pauses-at", "The pause would begin in the past; choose a moment to come, or pause at once.");
            if (resumesAt <= at)
                return Refuse("journey.resumes-at", "The pause would be over before it begins; choose a later end.");
            return await WhileUpgradingAsync(cancellation) is { } upgrading
                ? upgrading
                : await WriteJourneyAsync("schedule-pause", journey.Value, held.Record with { PausesAt = at.ToMicroseconds(), RunOn = runOn, ResumesAt = resumesAt?.ToMicroseconds() }, now, null, null, [], cancellation);
        }, cancellationToken);

    public Task<CatalogueAnswer> CancelPauseAsync(JourneyId journey, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            return held.Record.PausesAt is null
                ? Refuse("journey.no-pause-set", "No pause is set; who is paused is resumed.")
                : await WriteJourneyAsync("schedule-pause", journey.Value, held.Record with { PausesAt = null, RunOn = false, ResumesAt = null }, now, null, null, [], cancellation);
        }, cancellationToken);

    /// <summary>The moment has come for which a pause was set. On the worker's thread.</summary>
    public async ValueTask PauseAsync(JourneyId journey, Instant now, AuditLine audit, CancellationToken cancellationToken)
    {
        if (!_state.Journeys.TryGetValue(journey.Value, out var held) || held.Record is not { Status: JourneyStatus.Live, PausesAt: not null })
            return;
        await WriteJourneyAsync("pause", journey.Value, held.Record with { Status = JourneyStatus.Paused, PausedAt = now.ToMicroseconds(), PausesAt = null }, now,
            unit => audit.WriteAsync(unit, now, cancellationToken), null, [], cancellationToken);
    }

    public Task<CatalogueAnswer> ResumeJourneyAsync(JourneyId journey, CancellationToken cancellationToken) =>
        RunAsync((now, cancellation) => ResumeAsync(journey, now, null, cancellation), cancellationToken);

    /// <summary>Goes on at this instant, because somebody says so or its time has come. On the worker's thread.</summary>
    /// <param name="audit">Put on record with it; null: whoever ordered it does so.</param>
    public async ValueTask<CatalogueAnswer> ResumeAsync(JourneyId journey, Instant now, AuditLine? audit, CancellationToken cancellationToken)
    {
        if (!_state.Journeys.TryGetValue(journey.Value, out var held))
            return new CatalogueAnswer.NotFound();
        if (held.Record.Status != JourneyStatus.Paused)
            return Refuse("journey.not-paused", "Only a paused journey can be resumed.");
        // Freeze: what was left of each elapsed wait is left still, because its journey time stood still (Semantics 8.2).
        var frozen = held.Record.RunOn || held.Record.PausedAt is not { } since ? 0 : now.ToMicroseconds() - since;
        var record = held.Record with { Status = JourneyStatus.Live, PausedAt = null, RunOn = false, ResumesAt = null, FrozenMicroseconds = held.Record.FrozenMicroseconds + frozen };
        return await WriteJourneyAsync("resume", journey.Value, record, now, unit => StartAsync(unit, new SweepJob(journey, SweepKind.Resume, _controlled, 0), audit, now, cancellationToken), null, [], cancellationToken);
    }

    public Task<CatalogueAnswer> PausePointAsync(JourneyId journey, string point, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (held.Record.Status is not (JourneyStatus.Live or JourneyStatus.Paused))
                return Refuse("journey.not-live", "Only points of a live or paused journey can be paused.");
            if (!_state.Plans.TryGetValue((journey.Value, held.Record.Live), out var plan) || plan.IndexOf(point) < 0)
                return Refuse("point.unknown", $"The live version has no point '{point}'.", new Dictionary<string, string> { ["point"] = point });
            if (await WhileUpgradingAsync(cancellation) is { } upgrading)
                return upgrading;
            var points = held.Record.HeldPoints ?? [];
            return points.Contains(point)
                ? new CatalogueAnswer.Done(held.Document, null, [])
                : await WriteJourneyAsync("pause-point", journey.Value, held.Record with { HeldPoints = [.. points, point] }, now, null, null, [], cancellation);
        }, cancellationToken);

    public Task<CatalogueAnswer> ResumePointAsync(JourneyId journey, string point, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (held.Record.HeldPoints?.Contains(point) != true)
                return Refuse("point.not-paused", $"The point '{point}' is not paused.", new Dictionary<string, string> { ["point"] = point });
            var left = held.Record.HeldPoints.Where(other => other != point).ToList();
            // In a pause of the whole journey they are told when that goes on.
            return await WriteJourneyAsync("resume-point", journey.Value, held.Record with { HeldPoints = left.Count == 0 ? null : left }, now,
                held.Record.Status == JourneyStatus.Live ? unit => StartAsync(unit, new SweepJob(journey, SweepKind.Resume, _controlled, 0), now, cancellation) : null, null, [], cancellation);
        }, cancellationToken);
}
