using NodaTime;

namespace Parcours.Journeys.Plans;

/// <summary>How many may enter a journey in a time (Semantics 9.3).</summary>
/// <param name="Most">1 to 1,000,000.</param>
/// <param name="Per">Whole seconds.</param>
public sealed record EntryRate(int Most, Duration Per)
{
    public const int MostMax = 1_000_000;

    /// <summary>They are let in at whole seconds.</summary>
    public static readonly Duration Step = Duration.FromSeconds(1);

    /// <summary>From one to the next: the time divided by the number, never less.</summary>
    public Duration Spacing => Duration.FromTicks(Math.Max(1, (long)Math.Ceiling(Per.TotalTicks / Most / 10)) * 10);

    /// <summary>The whole second at or after an instant.</summary>
    public static Instant Whole(Instant at)
    {
        var seconds = at.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds) is var floor && floor < at ? floor + Step : floor;
    }
}
