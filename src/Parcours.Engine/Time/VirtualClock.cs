using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Time;

/// <summary>A clock that moves only when told: the demo, <c>--test-clock</c>, rehearsal and tests run on it (Semantics 1.8).</summary>
/// <remarks>Only the engine moves it, due time by due time; timers of the framework made on it never fire.</remarks>
public sealed class VirtualClock(Instant start) : TimeProvider
{
    long _microseconds = start.ToMicroseconds();

    public Instant Now => Microseconds.ToInstant(Interlocked.Read(ref _microseconds));

    internal void MoveTo(Instant to) => Interlocked.Exchange(ref _microseconds, Math.Max(to.ToMicroseconds(), Interlocked.Read(ref _microseconds)));

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
