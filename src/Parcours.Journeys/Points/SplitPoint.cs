using System.Buffers.Binary;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Percentage split: every contact draws a path and keeps it (Semantics 13.5).</summary>
[Description("Percentage split: every contact draws a path by its share, and draws the same one at each visit.")]
public sealed record SplitPoint : JourneyPoint
{
    /// <summary>More paths than a map can show are a mistake.</summary>
    public const int PathsMax = 20;

    [Description("Two to twenty paths whose shares make 100.")]
    public required IReadOnlyList<SplitPath> Paths { get; init; }

    [Description("Whether a contact who comes back in a later entry draws anew.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NewDrawEachEntry { get; init; }

    public override IEnumerable<PointExit> Exits() => Paths.Select((path, index) => new PointExit(path.Name, path.Next, $"paths/{index}/next"));

    public override string Explain() => $"splits {string.Join(" / ", Paths.Select(path => string.Create(CultureInfo.InvariantCulture, $"{path.Name} {path.Share:0.##} %")))}";

    protected internal override void Check(CheckContext check) => CheckShares(check, Paths);

    /// <param name="other">The name of a way out beside the paths.</param>
    internal static void CheckShares(CheckContext check, IReadOnlyList<SplitPath> paths, string? other = null)
    {
        if (paths.Count is < 2 or > PathsMax)
            check.Error(ProblemCodes.SplitPaths, "paths", $"A split needs 2 to {PathsMax} paths, not {paths.Count}.", ("count", $"{paths.Count}"));
        for (var index = 0; index < paths.Count; index++)
        {
            check.Named(paths[index].Name, $"paths/{index}/name");
            if (paths[index].Name == other)
                check.Error(ProblemCodes.NameTaken, $"paths/{index}/name", $"'{other}' is what a way out beside the paths is called; give the path another name.", ("name", other));
            if (paths[index].Share is < 0 or > 100)
                check.Error(ProblemCodes.SplitShare, $"paths/{index}/share", "A share is a percentage from 0 to 100.", ("share", Text(paths[index].Share)));
        }
        check.Unique(paths.Select((path, index) => (path.Name, $"paths/{index}/name")));

        // Shares out of range are told already, and adding them could overflow.
        if (paths.All(path => path.Share is >= 0 and <= 100) && paths.Sum(path => path.Share) is var sum && sum != 100)
            check.Error(ProblemCodes.SplitSum, "paths", $"The shares make {Text(sum)}; change them so that they make 100.", ("sum", Text(sum)));
    }

    static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Bounds([.. Paths.Select(path => path.Share)]), NewDrawEachEntry, new(Fingerprint(), [.. Paths.Select(path => new PathShare(path.Name, path.Share))])) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    /// <summary>Up to which draw each path reaches, exclusive; the last takes the rest.</summary>
    // Laid end to end in path order, so that a changed share moves only those between the old bound and the new.
    internal static ulong[] Bounds(ImmutableArray<decimal> shares)
    {
        var bounds = new ulong[shares.Length - 1];
        var upTo = 0m;
        for (var index = 0; index < bounds.Length; index++)
        {
            upTo += shares[index];
            bounds[index] = Bound(upTo);
        }
        return bounds;
    }

    /// <summary>A hash of the paths' names and shares: where they lead can change without another split.</summary>
    uint Fingerprint() => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Paths.Select(path => $"{path.Name}\t{Text(path.Share / 1.0000000000000000000000000000m)}")))));

    /// <summary>Below which draw so many percent lie.</summary>
    // 2^64 does not fit 64 bits: a bound of 100 % is the greatest draw, and the few-in-2^64 beyond it are nobody.
    internal static ulong Bound(decimal percent) => percent >= 100 ? ulong.MaxValue : (ulong)(percent / 100m * 18_446_744_073_709_551_616m);

    internal static int Path(ulong[] bounds, ulong draw)
    {
        var path = 0;
        while (path < bounds.Length && draw >= bounds[path])
            path++;
        return path;
    }

    sealed class Plan(ulong[] bounds, bool newDrawEachEntry, SplitPlan split) : PlanPoint
    {
        public override SplitPlan Split => split;

        public override Move Enter(StepContext context)
        {
            var path = Drawn(context) ?? Draw(context);
            context.Note(0, Edges[path].Name);
            return Move.Follow(path);
        }

        /// <summary>What it drew here earlier in this entry, where that is on record.</summary>
        int? Drawn(StepContext context)
        {
            if (context.Enrolment.Draws.IsEmpty || context.Enrolment.DrawAt(Id) is not { } name)
                return null;
            for (var edge = 0; edge < Edges.Length; edge++)
                if (Edges[edge].Name == name)
                    return edge;
            return null;
        }

        int Draw(StepContext context)
        {
            var salt = newDrawEachEntry ? context.Enrolment.Number.ToString(CultureInfo.InvariantCulture) : "";
            var draw = Hashes.Draw(context.Plan.Id, Id, context.Contact.Id, salt);
            // Who has been here and has nothing on record drew before anything was set: by the version's own shares, and so it stays (Semantics 6.5).
            if (context.Visit > 1 || context.Journey.Dials.SharesAt(Id, split.Fingerprint) is not { } dial)
                return Path(bounds, draw);
            var path = Path(dial.Bounds, draw);
            context.Do(new Effect.KeepDraw(Edges[path].Name));
            return path;
        }
    }
}

/// <summary>One path of a split.</summary>
public sealed record SplitPath
{
    [Description("What the line on the map, counters and history call it; unique in its split.")]
    public required string Name { get; init; }

    [Description("Percent of the contacts; 0 lets nobody through.")]
    public required decimal Share { get; init; }

    [Description("Where it leads.")]
    public string? Next { get; init; }
}
