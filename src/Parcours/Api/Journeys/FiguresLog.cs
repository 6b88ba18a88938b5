using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>What the counters of a journey stood at when a day began: with it the figures of a period are a difference.</summary>
/// <param name="At">Microseconds since 1970 UTC.</param>
sealed record FiguresDay(long At, IReadOnlyList<FigureLine> Lines);

/// <summary>What came about on a day (UTC) in all journeys; today's, as far as it has gone.</summary>
sealed record DayFigures(DateOnly Day, long Started, long Ended, long Successful, long MessagesSent);

sealed record FigureLine(CounterKind Kind, int Version, string Point, string Edge, long Value);

/// <summary>Writes down each day, for every journey whose counters have moved, what they stood at; kept for a hundred days. Has the members of segments written down with it.</summary>
/// <remarks>The store keeps totals alone: counters by day would be rows of the hot path, and nobody asks for more than "since when".</remarks>
sealed partial class FiguresLog(IEngine engine, SegmentDays segments, TimeProvider time, ILogger<FiguresLog> log) : BackgroundService
{
    public const int DaysKept = 100;
    /// <summary>How many days are told one by one.</summary>
    public const int DaysTold = 28;
    const int OldAtOnce = 4;
    const string Kind = "figures-day";
    static readonly TimeSpan LookEach = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim _turn = new(1, 1);
    readonly Dictionary<JourneyId, long> _sums = [];
    LocalDate? _written;
    (LocalDate Today, Dictionary<JourneyId, DayFigures[]> Begins) _begins = (LocalDate.MinIsoValue, []);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await engine.WorksAsync(stoppingToken);
        using var timer = new PeriodicTimer(LookEach, time);
        do
        {
            try
            {
                await TakeAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is Engine.Ports.StoreException or OverloadedException)
            {
                // The next look is in a minute; a day that begins late is only a little too long.
                LogFailure(failure);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    static async ValueTask<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Writes the day down, if it is a new one by the engine's clock.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var (now, today) = (engine.Now, engine.Now.InUtc().Date);
            if (_written == today)
                return;
            foreach (var journey in (await engine.Queries.CountersAsync(null, null, cancellationToken)).Where(pair => pair.Key.Journey.Value is { Length: > 0 }).GroupBy(pair => pair.Key.Journey))
            {
                // Counters only rise, so a sum tells whether any has.
                var sum = journey.Sum(pair => pair.Value);
                if (_sums.GetValueOrDefault(journey.Key) != sum)
                    await WriteAsync(journey.Key, today, new(now.ToMicroseconds(), [.. journey.Select(pair => new FigureLine(pair.Key.Kind, pair.Key.Version, pair.Key.Point, pair.Key.Edge, pair.Value))]), cancellationToken);
                _sums[journey.Key] = sum;
            }

            await segments.TakeAsync(today, cancellationToken);
            _written = today;
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task WriteAsync(JourneyId journey, LocalDate day, FiguresDay figures, CancellationToken cancellationToken)
    {
        // Days on which nothing moved are not written, and let an old one stand: a few go at once, until none is too many.
        var oldest = IdOf(journey, day.PlusDays(-DaysKept));
        var old = (await engine.Queries.DocumentsAsync(Kind, journey.Value + "/", null, OldAtOnce, cancellationToken)).Where(document => string.CompareOrdinal(document.Id, oldest) <= 0).ToList();
        await engine.WriteAsync(async (unit, now) =>
        {
            // After a restart the day may have been written already: what it began with stands.
            await unit.WriteDocumentAsync(Kind, IdOf(journey, day), JsonSerializer.SerializeToUtf8Bytes(figures, FiguresJson.Default.FiguresDay), 0, now, cancellationToken);
            foreach (var document in old)
                await unit.DeleteDocumentAsync(Kind, document.Id, null, cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>The counters as they stood when that day began, or later where nothing older is known; null: nothing is, or the journey had not begun.</summary>
    public async ValueTask<(Instant At, IReadOnlyDictionary<CounterKey, long> Counters)?> AtAsync(JourneyId journey, Instant since, CancellationToken cancellationToken)
    {
        var day = since.InUtc().Date;
        for (var back = 0; back <= DaysKept; back++)
            if (await engine.Queries.DocumentAsync(Kind, IdOf(journey, day.PlusDays(-back)), cancellationToken) is { } document)
                return Read(journey, document.Json);
        return await engine.Queries.DocumentsAsync(Kind, journey.Value + "/", IdOf(journey, day), 1, cancellationToken) is [var first] ? Read(journey, first.Json) : null;
    }

    /// <summary>The last days one by one, of all journeys together.</summary>
    public async Task<IReadOnlyList<DayFigures>> DaysAsync(CancellationToken cancellationToken)
    {
        await TakeAsync(cancellationToken);
        var today = engine.Now.InUtc().Date;
        if (_begins.Today != today)
            _begins = (today, []);
        // One set for the whole answer: the day may turn meanwhile.
        var (begins, days) = (_begins.Begins, new DayFigures[DaysTold]);
        for (var day = 0; day < DaysTold; day++)
            days[day] = None(today.PlusDays(day + 1 - DaysTold));
        foreach (var journey in (await engine.Queries.CountersAsync(null, null, cancellationToken)).Where(pair => pair.Key.Journey.Value is { Length: > 0 }).GroupBy(pair => pair.Key.Journey))
        {
            DayFigures[]? began;
            lock (begins)
                _ = begins.TryGetValue(journey.Key, out began);
            if (began is null)
            {
                began = await BeginsAsync(journey.Key, today, cancellationToken);
                lock (begins)
                    begins[journey.Key] = began;
            }

            var now = Of(today, journey.Select(pair => new FigureLine(pair.Key.Kind, pair.Key.Version, pair.Key.Point, pair.Key.Edge, pair.Value)));
            for (var day = 0; day < DaysTold; day++)
            {
                var (from, until, sum) = (began[day], day + 1 < DaysTold ? began[day + 1] : now, days[day]);
                days[day] = new(
                    sum.Day, sum.Started + until.Started - from.Started, sum.Ended + until.Ended - from.Ended, sum.Successful + until.Successful - from.Successful, sum.MessagesSent + until.MessagesSent - from.MessagesSent);
            }
        }

        return days;
    }

    /// <summary>What the counters stood at when each of the days told began: as the day before it, where it was not written down since nothing had moved.</summary>
    async Task<DayFigures[]> BeginsAsync(JourneyId journey, LocalDate today, CancellationToken cancellationToken)
    {
        var written = await engine.Queries.DocumentsAsync(Kind, journey.Value + "/", IdOf(journey, today.PlusDays(-DaysKept - 1)), DaysKept + 2, cancellationToken);
        var begins = new DayFigures[DaysTold];
        var (at, last) = (0, None(today));
        for (var day = 0; day < DaysTold; day++)
        {
            for (var until = IdOf(journey, today.PlusDays(day + 1 - DaysTold)); at < written.Count && string.CompareOrdinal(written[at].Id, until) <= 0; at++)
                last = Of(today, JsonSerializer.Deserialize(written[at].Json.Span, FiguresJson.Default.FiguresDay)!.Lines);
            begins[day] = last;
        }

        return begins;
    }

    static DayFigures None(LocalDate day) => new(day.ToDateOnly(), 0, 0, 0, 0);

    static DayFigures Of(LocalDate day, IEnumerable<FigureLine> lines)
    {
        var (started, ended, successful, sent) = (0L, 0L, 0L, 0L);
        foreach (var line in lines)
            switch (line.Kind)
            {
                case CounterKind.Started:
                    started += line.Value;
                    break;
                case CounterKind.Ended:
                    ended += line.Value;
                    successful += line.Edge == "successful" ? line.Value : 0;
                    break;
                case CounterKind.MessageSettled when line.Edge == "sent":
                    sent += line.Value;
                    break;
            }

        return new(day.ToDateOnly(), started, ended, successful, sent);
    }

    static (Instant, IReadOnlyDictionary<CounterKey, long>) Read(JourneyId journey, ReadOnlyMemory<byte> json)
    {
        var figures = JsonSerializer.Deserialize(json.Span, FiguresJson.Default.FiguresDay)!;
        return (Microseconds.ToInstant(figures.At), figures.Lines.ToDictionary(line => new CounterKey(line.Kind, journey, line.Version, line.Point, line.Edge), line => line.Value));
    }

    static string IdOf(JourneyId journey, LocalDate day) => $"{journey}/{day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}";

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    [LoggerMessage(21, LogLevel.Warning, "The day's figures could not be written down yet")]
    partial void LogFailure(Exception failure);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FiguresDay))]
sealed partial class FiguresJson : JsonSerializerContext;
