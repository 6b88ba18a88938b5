using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Winners of experiments (Semantics 6.13).</summary>
/// <remarks>Kept in a document of its own, as what has come of schedules: the journey's would have another revision, and whoever edits it would be told of somebody else's edit.</remarks>
sealed partial class CatalogueService
{
    public async ValueTask<IReadOnlyList<ExperimentReport>> ExperimentsAsync(JourneyId journey, CancellationToken cancellationToken) =>
        _engine.Catalogue.Journeys.FirstOrDefault(one => one.Id == journey) is { } live
            // By the clock, not by how far partitions have come: those where nothing happens stand still.
            ? await JudgeAsync(live, _worker.Now(), cancellationToken)
            : [];

    async ValueTask<IReadOnlyList<ExperimentReport>> JudgeAsync(LiveJourney journey, Instant now, CancellationToken cancellationToken)
    {
        var points = journey.Experiments.ToList();
        if (points.Count == 0)
            return [];
        // Who has converted was exposed before: read in this order, no more can have converted than were exposed.
        var converted = await _store.Queries.CountersAsync(CounterKind.Converted, journey.Id, cancellationToken);
        var exposed = await _store.Queries.CountersAsync(CounterKind.Exposed, journey.Id, cancellationToken);
        return [.. points.Select(point => ExperimentReport.Of(journey, point.Id, point.Experiment!, exposed, converted, now))];
    }

    public Task<CatalogueAnswer> ChooseWinnerAsync(JourneyId journey, string point, string? path, string by, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (_engine.Catalogue.Journeys.FirstOrDefault(one => one.Id == journey) is not { Status: JourneyStatus.Live or JourneyStatus.Paused } live)
                return Refuse("journey.not-live", "Only an experiment of a live journey has a winner.");
            if (live.Experiments.FirstOrDefault(one => one.Id == point)?.Experiment is not { } experiment)
                return Refuse("experiment.unknown", $"The live version has no experiment at a point '{point}'.");
            if (path is not null && !experiment.Paths.Contains(path))
                return Refuse("experiment.path", $"The experiment has no path '{path}'.");
            if (live.WinnerAt(point, experiment.Trial) == path && (path is not null || live.Winners.Any(winner => winner.Point == point && winner.Trial == experiment.Trial)))
                return new CatalogueAnswer.Done(held.Document, null, []);
            return await WriteWinnersAsync(live, [new(point, experiment.Trial, path, now.ToMicroseconds(), by)], [], now, cancellation);
        }, cancellationToken);

    /// <summary>The time has come to look whether an experiment has a winner: it is chosen once, and a control entry says which. On the worker's thread.</summary>
    public async ValueTask JudgeAsync(JourneyId journey, Instant now, CancellationToken cancellationToken)
    {
        if (_engine.Catalogue.Journeys.FirstOrDefault(one => one.Id == journey) is not { } live)
            return;
        // First, so that one which cannot be read is not looked at again and again.
        _worker.JudgeAgain(journey, LiveJourney.FullHour(now + Duration.Epsilon));
        var won = (await JudgeAsync(live, now, cancellationToken)).Where(report => report.Plan.Automatic && report.Winner is null && report.Verdict.Winner is not null).ToList();
        if (won.Count > 0)
            await WriteWinnersAsync(live, [.. won.Select(report => new WinnerRecord(report.Point, report.Plan.Trial, report.Verdict.Winner, now.ToMicroseconds(), null))], [.. won.Select(report => new AuditLine(AuditLine.ByItself, "choose-winner", $"{journey}/{report.Point}"))], now, cancellationToken);
        // Kept, though nothing is decided by it: whoever starts anew looks at the next full hour, as if nothing had been.
        await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
        var judged = JsonSerializer.SerializeToUtf8Bytes(new ScheduleRecord(now.ToMicroseconds()), CatalogueJson.Default.ScheduleRecord);
        if (await unit.WriteDocumentAsync(DocumentKinds.JourneyJudged, journey.Value, judged, null, now, cancellationToken) is { } kept)
            _state.Put(kept);
        await unit.CommitAsync(cancellationToken);
    }

    ValueTask<CatalogueAnswer> WriteWinnersAsync(LiveJourney journey, IReadOnlyList<WinnerRecord> winners, IReadOnlyList<AuditLine> audit, Instant now, CancellationToken cancellationToken)
    {
        var kept = journey.Winners.Where(winner => winners.All(one => one.Point != winner.Point)).Select(winner => new WinnerRecord(winner.Point, winner.Trial, winner.Path, winner.At.ToMicroseconds(), winner.By));
        return ChangeAsync("winner", DocumentKinds.JourneyWinners, journey.Id.Value, JsonSerializer.SerializeToUtf8Bytes(new WinnersRecord([.. kept, .. winners]), CatalogueJson.Default.WinnersRecord), null, now, async unit =>
        {
            foreach (var line in audit)
                await line.WriteAsync(unit, now, cancellationToken);
        }, null, [], cancellationToken);
    }
}
