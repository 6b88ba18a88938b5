using System.Collections.Concurrent;

namespace Parcours.Api.Intake;

/// <summary>How many entries a minute one sender may bring (Semantics 16.3). In memory: a restart forgives, and every node counts for itself.</summary>
/// <remarks>For each sender only the moment is kept at which all that it brought would have been brought at its rate (a generic cell rate): no window whose edge lets double through.</remarks>
public sealed class EntryRates(TimeProvider time)
{
    const int HeldMax = 200_000;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, long> _level = new(StringComparer.Ordinal);

    /// <summary>Takes <paramref name="entries"/> of the sender's share.</summary>
    /// <param name="perMinute">Its rate, and the most that it may bring at once; a request over that is taken when the sender has been quiet for a minute.</param>
    /// <returns>Zero when they may come; else how long to wait, and nothing was taken.</returns>
    public TimeSpan Take(string sender, int entries, int perMinute)
    {
        if (entries <= 0)
            return TimeSpan.Zero;
        if (_level.Count > HeldMax)
            Forget();
        var cost = Window.Ticks / perMinute * entries;
        while (true)
        {
            var now = time.GetUtcNow().UtcTicks;
            var held = _level.TryGetValue(sender, out var level);
            var from = Math.Max(held ? level : 0, now);
            var over = from + Math.Min(cost, Window.Ticks) - now - Window.Ticks;
            if (over > 0)
                return TimeSpan.FromTicks(over);
            if (held ? _level.TryUpdate(sender, from + cost, level) : _level.TryAdd(sender, from + cost))
                return TimeSpan.Zero;
        }
    }

    void Forget()
    {
        var now = time.GetUtcNow().UtcTicks;
        foreach (var (sender, level) in _level)
            if (level <= now)
                _level.TryRemove(sender, out _);
    }
}
