using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Plans;

/// <summary>What a split says in its version.</summary>
/// <param name="Fingerprint">Of its paths and their shares: equal where a newer version has not changed them.</param>
public sealed record SplitPlan(uint Fingerprint, ImmutableArray<PathShare> Paths);

/// <param name="Share">Percent.</param>
public readonly record struct PathShare(string Name, decimal Share);

/// <summary>The shares of a split as they were set while the journey runs (Semantics 6.3).</summary>
/// <param name="Of">The <see cref="SplitPlan.Fingerprint"/> of what they take the place of: a version that says something else has its own say.</param>
/// <param name="Paths">In the order of the version.</param>
public sealed record ShareDial(uint Of, ImmutableArray<PathShare> Paths, Instant At, string? By)
{
    /// <summary>Up to which draw each path reaches, as <see cref="SplitPoint"/> lays them.</summary>
    internal ulong[] Bounds { get; } = SplitPoint.Bounds([.. Paths.Select(path => path.Share)]);
}

/// <summary>The entry rate as it was set while the journey runs.</summary>
/// <param name="Of">What the version says, of which it takes the place.</param>
/// <param name="Rate">Null: as many as come.</param>
public sealed record RateDial(EntryRate? Of, EntryRate? Rate, Instant At, string? By);
