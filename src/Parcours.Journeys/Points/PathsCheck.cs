using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Points;

/// <summary>What the names of paths must be, for every rule whose ways out have names.</summary>
static class PathsCheck
{
    /// <summary>More paths than a map can show are a mistake.</summary>
    public const int Most = 20;

    /// <summary>The way out of a branch for whom no path takes.</summary>
    public const string Otherwise = "otherwise";

    /// <summary>The way out of a wait for whom nothing has happened in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>One to twenty paths, each with a name of its own that none of the point's other ways out has.</summary>
    /// <param name="others">The names of the ways out beside the paths.</param>
    public static void Paths(this CheckContext check, IEnumerable<string> names, params ReadOnlySpan<string> others)
    {
        var all = names.ToList();
        if (all.Count is 0 or > Most)
            check.Error(ProblemCodes.PathsCount, "paths", $"Here belong 1 to {Most} paths, not {all.Count}.", ("count", $"{all.Count}"));
        for (var index = 0; index < all.Count; index++)
        {
            check.Named(all[index], $"paths/{index}/name");
            if (others.Contains(all[index]))
                check.Error(ProblemCodes.NameTaken, $"paths/{index}/name", $"'{all[index]}' is what a way out beside the paths is called; give the path another name.", ("name", all[index]));
        }

        check.Unique(all.Select((name, index) => (name, $"paths/{index}/name")));
    }
}
