using System.Collections.Concurrent;
using NodaTime;
using Parcours.Api;
using Parcours.Engine;
using Parcours.Engine.Catalogues;

namespace Parcours.Contacts;

/// <summary>Who will join and leave a segment though nothing happens, only because time goes on.</summary>
/// <param name="Join">Who is outside, and comes in when a flip that is known already is due.</param>
/// <param name="Leave">Who is inside, and goes.</param>
/// <param name="NextJoin">When the first of them comes in; null: nobody does.</param>
/// <param name="Looked">How many contacts were looked at.</param>
/// <param name="Complete">False: only the newest were looked at within the time there was.</param>
sealed record SegmentForecast(int Days, long Join, long Leave, DateTimeOffset? NextJoin, DateTimeOffset? NextLeave, long Looked, bool Complete, DateTimeOffset AsOf);

/// <summary>Reads the flips that contacts keep (Semantics 7.6): no index of them by segment is kept, so contacts are looked through, for a bounded time, and the answer is good for a minute.</summary>
sealed class SegmentForecasts(IEngine engine, TimeProvider time) : IDisposable
{
    public const int DaysMax = 31;
    const int LookAtOnce = 5_000, HeldMax = 100;
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(2), GoodFor = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<(string Name, int Version, int Days), (SegmentForecast Forecast, long At)> _held = new();
    readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<SegmentForecast> OfAsync(SegmentDocument segment, int days, CancellationToken cancellationToken)
    {
        var key = (segment.Name, segment.Version, days);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_held.TryGetValue(key, out var held) && time.GetElapsedTime(held.At) < GoodFor)
                return held.Forecast;
            var forecast = await LookAsync(segment.Name, days, cancellationToken);
            if (_held.Count >= HeldMax)
                _held.Clear();
            _held[key] = (forecast, time.GetTimestamp());
            return forecast;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    async Task<SegmentForecast> LookAsync(string name, int days, CancellationToken cancellationToken)
    {
        var (began, now) = (time.GetTimestamp(), engine.Now);
        var until = now + Duration.FromDays(days);
        var (join, leave, looked) = (0L, 0L, 0L);
        Instant? nextJoin = null, nextLeave = null;
        long? at = long.MaxValue;
        while (at is { } next && (looked == 0 || time.GetElapsedTime(began) < Budget))
        {
            var scan = await engine.Queries.ScanContactsAsync(next, descending: true, LookAtOnce, LookAtOnce, Look, cancellationToken);
            (looked, at) = (looked + scan.Looked, scan.Next);
        }

        return new(days, join, leave, nextJoin?.ToApi(), nextLeave?.ToApi(), looked, at is null, now.ToApi());

        // Counted where it is read: nobody is copied.
        bool Look(ReadOnlySpan<byte> body)
        {
            var contact = engine.Decode(body);
            if (contact is not { MergedInto: null, IsArchived: false } || !contact.SegmentFlips.TryGetValue(name, out var flip) || flip > until)
                return false;
            if (contact.Segments.Contains(name))
                (leave, nextLeave) = (leave + 1, nextLeave is { } left && left < flip ? left : flip);
            else
                (join, nextJoin) = (join + 1, nextJoin is { } joined && joined < flip ? joined : flip);
            return false;
        }
    }
}
