namespace Parcours.Bench.Load;

/// <summary>Of many durations, in milliseconds.</summary>
sealed record Percentiles(double Half, double Most, double Max)
{
    public static Percentiles Of(IReadOnlyCollection<double> milliseconds)
    {
        if (milliseconds.Count == 0)
            return new(double.NaN, double.NaN, double.NaN);
        var sorted = milliseconds.Order().ToArray();
        return new(sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, sorted.Length * 99 / 100)], sorted[^1]);
    }
}
