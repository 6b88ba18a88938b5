using System.Collections.Concurrent;
using Parcours.Security;
using Parcours.Telemetry;

namespace Parcours.Api.Intake;

/// <summary>Counts what the intake refuses, so that nobody has to read a sender's log to learn that it sends rubbish. Since the start of this process.</summary>
public sealed class IntakeTally(TimeProvider time, NodeMeter meter)
{
    // More kinds of refusals than this come only from somebody who makes them up.
    const int HeldMax = 10_000;

    readonly ConcurrentDictionary<(string Key, string Code), Line> _lines = new();
    long _taken, _refused, _unreadableTimes, _otherBodies;

    public DateTimeOffset Since { get; } = time.GetUtcNow();
    public long Taken => Interlocked.Read(ref _taken);
    public long Refused => Interlocked.Read(ref _refused);
    public long UnreadableTimes => Interlocked.Read(ref _unreadableTimes);

    /// <summary>Items under a message id that was seen with another body: the first stands (Semantics 5.1).</summary>
    public long OtherBodies => Interlocked.Read(ref _otherBodies);

    public void Took(int items, int unreadableTimes)
    {
        Interlocked.Add(ref _taken, items);
        Interlocked.Add(ref _unreadableTimes, unreadableTimes);
    }

    public void RefusedItem(ApiKey? key, string code, string reason, string? messageId)
    {
        Interlocked.Increment(ref _refused);
        meter.Refused(code);
        Add(key, code, reason, messageId);
    }

    public void TookOtherBody(ApiKey? key, string? messageId)
    {
        Interlocked.Increment(ref _otherBodies);
        Add(key, "other_body", "Another body came under a message id of the last 7 days; the first one stands. Give each message an id of its own.", messageId);
    }

    void Add(ApiKey? key, string code, string reason, string? messageId)
    {
        var at = (key?.Id ?? "", code);
        if (_lines.Count >= HeldMax && !_lines.ContainsKey(at))
            return;
        _lines.AddOrUpdate(at, _ => new(key?.Id, key?.Name, code, 1, time.GetUtcNow(), reason, messageId), (_, line) => line with { Count = line.Count + 1, LastAt = time.GetUtcNow(), LastReason = reason, LastMessageId = messageId });
    }

    public IReadOnlyList<Line> Lines => [.. _lines.Values.OrderByDescending(line => line.Count).ThenBy(line => line.Code, StringComparer.Ordinal)];

    /// <summary>All refusals of one key for one reason.</summary>
    /// <param name="Key">The key's id; null: none that is known.</param>
    public sealed record Line(string? Key, string? KeyName, string Code, long Count, DateTimeOffset LastAt, string LastReason, string? LastMessageId);
}
