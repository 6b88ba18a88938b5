using System.Collections.Concurrent;

namespace Parcours.Hooks;

/// <summary>What came to each hook lately, to map against and to see what goes wrong. In memory alone: whoever is erased is not kept here, and a restart forgets.</summary>
public sealed class HookBoard(TimeProvider time)
{
    /// <summary>A larger body is not kept.</summary>
    public const int BodyBytesMax = 16 * 1024;
    const int ErrorsMax = 20;

    /// <summary>A delivery is somebody's: it is shown for a day at most.</summary>
    static readonly TimeSpan Length = TimeSpan.FromHours(24);

    readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    public Line Of(string hook)
    {
        var line = _lines.GetValueOrDefault(hook) ?? Line.Empty;
        return line.LastAt is { } at && at + Length < time.GetUtcNow() ? line with { Body = null } : line;
    }

    /// <param name="body">UTF-8 JSON, or what came instead.</param>
    public void Received(string hook, ReadOnlySpan<byte> body)
    {
        var (kept, size) = (body.Length <= BodyBytesMax ? body.ToArray() : null, body.Length);
        _lines.AddOrUpdate(hook, _ => Line.Empty with { LastAt = time.GetUtcNow(), Body = kept, Bytes = size }, (_, line) => line with { LastAt = time.GetUtcNow(), Body = kept, Bytes = size });
    }

    public void Took(string hook, int taken, int duplicates) =>
        _lines.AddOrUpdate(hook, _ => Line.Empty with { Taken = taken, Duplicates = duplicates }, (_, line) => line with { Taken = line.Taken + taken, Duplicates = line.Duplicates + duplicates });

    /// <param name="reason">Without any value that came.</param>
    public void Refused(string hook, string code, string reason)
    {
        var error = new Error(time.GetUtcNow(), code, reason);
        _lines.AddOrUpdate(hook, _ => Line.Empty with { Refused = 1, Errors = [error] }, (_, line) => line with { Refused = line.Refused + 1, Errors = [error, .. line.Errors.Take(ErrorsMax - 1)] });
    }

    public void Forget(string hook) => _lines.TryRemove(hook, out _);

    /// <param name="Body">The last body; null: there was none, it is over a day old, or it was over 16 KB.</param>
    /// <param name="Bytes">The size of the last.</param>
    /// <param name="Errors">The newest first.</param>
    public sealed record Line(DateTimeOffset? LastAt, ReadOnlyMemory<byte>? Body, int Bytes, long Taken, long Duplicates, long Refused, IReadOnlyList<Error> Errors)
    {
        public static Line Empty { get; } = new(null, null, 0, 0, 0, 0, []);
    }

    public sealed record Error(DateTimeOffset At, string Code, string Reason);
}
