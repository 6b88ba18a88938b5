namespace Parcours.Journeys.Experiments;

/// <summary>One rate against another.</summary>
/// <param name="Difference">In the unit of rates: 0.02 is two points of a hundred. The interval holds at every look together, however often one looks.</param>
/// <param name="Uplift">The difference as a part of the base's rate; null where the base's is 0.</param>
/// <param name="P">How likely a difference like this comes about by chance alone at any look; at most 1.</param>
/// <param name="IsReal">Whether the interval leaves 0 out.</param>
public readonly record struct RateComparison(Estimate Difference, Estimate? Uplift, double P, bool IsReal)
{
    public bool IsBetter => IsReal && Difference.Value > 0;
    public bool IsWorse => IsReal && Difference.Value < 0;
}
