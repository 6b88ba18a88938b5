using System.Collections.Immutable;
using System.ComponentModel;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Branch by which starting point brought the contact in.</summary>
[Description("Branch by the starting point that brought the contact in.")]
public sealed record StartedByPoint : JourneyPoint
{
    [Description("One to twenty paths, each with its starting points.")]
    public required IReadOnlyList<StartedByPath> Paths { get; init; }

    [Description("Where to go when another starting point brought the contact in.")]
    public string? Otherwise { get; init; }

    public override IEnumerable<PointExit> Exits() =>
        [.. Paths.Select((path, index) => new PointExit(path.Name, path.Next, $"paths/{index}/next")), new(PathsCheck.Otherwise, Otherwise, "otherwise")];

    public override string Explain() => "goes by the starting point";

    protected internal override void Check(CheckContext check)
    {
        check.Paths(Paths.Select(path => path.Name), PathsCheck.Otherwise);
        var known = check.Definition.Start.Select(start => start.Id).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < Paths.Count; index++)
        {
            if (Paths[index].Starts.Count == 0)
                check.Error(ProblemCodes.ValuesNone, $"paths/{index}/starts", "Name at least one starting point.");
            for (var start = 0; start < Paths[index].Starts.Count; start++)
                if (!known.Contains(Paths[index].Starts[start]))
                    check.Error(ProblemCodes.StartMissing, $"paths/{index}/starts/{start}", $"There is no starting point '{Paths[index].Starts[start]}' in this journey.", ("start", Paths[index].Starts[start]));
        }

        check.Unique(Paths.SelectMany((path, index) => path.Starts.Select((start, place) => (start, $"paths/{index}/starts/{place}"))));
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Paths.SelectMany((path, index) => path.Starts.Select(start => (start, index))).ToImmutableDictionary(pair => pair.start, pair => pair.index, StringComparer.Ordinal), Paths.Count)
        {
            Id = compile.Id,
            Index = compile.Index,
            Edges = compile.Edges,
        };

    sealed class Plan(ImmutableDictionary<string, int> paths, int otherwise) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var path = paths.GetValueOrDefault(context.Enrolment.StartingPoint, otherwise);
            context.Note(0, Edges[path].Name);
            return Move.Follow(path);
        }
    }
}

/// <summary>One path of a branch by starting point.</summary>
public sealed record StartedByPath
{
    [Description("What the line on the map, counters and history call it; unique in its point, and not otherwise.")]
    public required string Name { get; init; }

    [Description("The ids of the starting points that go this way.")]
    public required IReadOnlyList<string> Starts { get; init; }

    [Description("Where it leads.")]
    public string? Next { get; init; }
}
