namespace Parcours.Simulation.Tests;

/// <summary>All chance of one simulation comes from its seed; each use has dice of its own, so that drawing more for one leaves the others as they were.</summary>
sealed class Dice(int seed, string use)
{
    readonly Random _random = new(HashCode(seed, use));

    public int Next(int below) => _random.Next(below);
    public int Between(int least, int most) => _random.Next(least, most + 1);
    public bool Chance(double probability) => _random.NextDouble() < probability;
    public T Pick<T>(params IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    // Not string.GetHashCode: that one differs from process to process.
    static int HashCode(int seed, string use)
    {
        var hash = unchecked(seed * 486_187_739);
        foreach (var letter in use)
            hash = unchecked(hash * 31 + letter);
        return hash;
    }
}
