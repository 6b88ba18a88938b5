using System.ComponentModel;
using System.Globalization;
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

    protected internal override void Check(CheckContext check)
    {
        if (Paths.Count is < 2 or > PathsMax)
            check.Error(ProblemCodes.SplitPaths, "paths", $"A split needs 2 to {PathsMax} paths, not {Paths.Count}.", ("count", $"{Paths.Count}"));
        for (var index = 0; index < Paths.Count; index++)
        {
            check.Named(Paths[index].Name, $"paths/{index}/name");
            if (Paths[index].Share is < 0 or > 100)
                check.Error(ProblemCodes.SplitShare, $"paths/{index}/share", "A share is a percentage from 0 to 100.", ("share", Text(Paths[index].Share)));
        }
        check.Unique(Paths.Select((path, index) => (path.Name, $"paths/{index}/name")));

        // Shares out of range are told already, and adding them could overflow.
        if (Paths.All(path => path.Share is >= 0 and <= 100) && Paths.Sum(path => path.Share) is var sum && sum != 100)
            check.Error(ProblemCodes.SplitSum, "paths", $"The shares make {Text(sum)}; change them so that they make 100.", ("sum", Text(sum)));
    }

    static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Bounds(), NewDrawEachEntry) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    /// <summary>Up to which draw each path reaches, exclusive; the last takes the rest.</summary>
    // Laid end to end in path order, so that a changed share moves only those between the old bound and the new.
    ulong[] Bounds()
    {
        var bounds = new ulong[Paths.Count - 1];
        var upTo = 0m;
        for (var index = 0; index < bounds.Length; index++)
        {
            upTo += Paths[index].Share;
            // 2^64 does not fit 64 bits: a bound of 100 % is the greatest draw, and the few-in-2^64 beyond it are nobody.
            bounds[index] = upTo >= 100 ? ulong.MaxValue : (ulong)(upTo / 100m * 18_446_744_073_709_551_616m);
        }
        return bounds;
    }

    sealed class Plan(ulong[] bounds, bool newDrawEachEntry) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var salt = newDrawEachEntry ? context.Enrolment.Number.ToString(CultureInfo.InvariantCulture) : "";
            var draw = Hashes.Draw(context.Plan.Id, Id, context.Contact.Id, salt);
            var path = 0;
            while (path < bounds.Length && draw >= bounds[path])
                path++;
            context.Note(0, Edges[path].Name);
            return Move.Follow(path);
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
