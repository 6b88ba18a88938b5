using System.Buffers.Binary;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Experiments;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Who chooses the winner of an experiment.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WinnerIsChosen>))]
public enum WinnerIsChosen
{
    ByHand = 0,
    /// <summary>By the engine, once there are enough people, enough time and a difference beyond chance.</summary>
    Automatically = 1,
}

/// <summary>Experiment: a split whose paths are measured by what their contacts do, until one of them is the winner for all who come later (Semantics 6.13).</summary>
[Description("Experiment: every contact draws a path by its share and keeps it; what they do is counted, and the winner takes all who come later.")]
public sealed record ExperimentPoint : JourneyPoint
{
    /// <summary>The way out of whom the experiment holds out.</summary>
    public const string HeldOut = "holdOut";

    /// <summary>The longest time after the arrival in which the goal counts.</summary>
    public static readonly Duration WithinMax = Duration.FromDays(365);

    static readonly Duration LeastTimeWithout = Duration.FromDays(7);
    const int LeastPeopleWithout = 200;
    const decimal ConfidenceWithout = 95;

    [Description("Two to twenty paths whose shares make 100. The first is the base: the others are compared with it.")]
    public required IReadOnlyList<SplitPath> Paths { get; init; }

    [Description("What counts as success.")]
    public required Activity Goal { get; init; }

    [Description("How long after the arrival it counts: ISO 8601, days of 24 h, at most a year.")]
    public required Duration Within { get; init; }

    [Description("Percent of the contacts who are held out before paths are drawn, to see what the paths bring about at all: above 0, at most 50.")]
    public decimal? HoldOut { get; init; }

    [Description("Where those held out go; only with holdOut.")]
    public string? OnHoldOut { get; init; }

    [Description("Whether those held out take the winner's path too, once there is one; without it they stay held out.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReleaseHoldOut { get; init; }

    [Description("Who chooses the winner: byHand (without it), or automatically.")]
    public WinnerIsChosen? Winner { get; init; }

    [Description("How many contacts each path needs before a winner may be called: 200 without it.")]
    public int? LeastPeople { get; init; }

    [Description("How long the experiment runs before a winner may be called: ISO 8601, days of 24 h; P7D without it.")]
    public Duration? LeastTime { get; init; }

    [Description("How sure it must be, in percent: 80 to 99.9; 95 without it.")]
    public decimal? Confidence { get; init; }

    public override IEnumerable<PointExit> Exits()
    {
        var paths = Paths.Select((path, index) => new PointExit(path.Name, path.Next, $"paths/{index}/next"));
        return HoldOut is null ? paths : paths.Append(new(HeldOut, OnHoldOut, "onHoldOut"));
    }

    public override string Explain() =>
        $"tries {string.Join(" / ", Paths.Select(path => string.Create(CultureInfo.InvariantCulture, $"{path.Name} {path.Share:0.##} %")))}, measured by whether {Goal.Explain()} within {IsoDuration.Format(Within)}";

    protected internal override void Check(CheckContext check)
    {
        SplitPoint.CheckShares(check, Paths, HeldOut);
        if (Goal is MessageActivity)
            check.Error(ProblemCodes.ExperimentGoal, "goal", "The message of one point is no goal for all paths: name an event such as email_clicked, with the field journey.");
        Goal.Check(check, "goal/");
        check.Wait(Within, "within");
        if (Within > WithinMax && Within <= CheckContext.WaitMax)
            check.Error(ProblemCodes.ExperimentRules, "within", "A goal counts for at most a year (P365D).");
        if (HoldOut is not (null or (> 0 and <= 50)))
            check.Error(ProblemCodes.SplitShare, "holdOut", "Hold out more than 0 % and at most 50 %.", ("share", HoldOut.Value.ToString(CultureInfo.InvariantCulture)));
        if (HoldOut is null && (OnHoldOut is not null || ReleaseHoldOut))
            check.Error(ProblemCodes.ExperimentHoldOut, OnHoldOut is not null ? "onHoldOut" : "releaseHoldOut", "Nobody is held out: say how many in holdOut, or take this away.");
        if (LeastPeople is < 10)
            check.Error(ProblemCodes.ExperimentRules, "leastPeople", "With fewer than 10 contacts a path nothing can be said.");
        if (LeastTime is { } time)
            check.Wait(time, "leastTime");
        if (Confidence is < 80 or > 99.9m)
            check.Error(ProblemCodes.ExperimentRules, "confidence", "Be 80 % to 99.9 % sure.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(SplitPoint.Bounds([.. Paths.Select(path => path.Share)]), HoldOut is { } held ? SplitPoint.Bound(held) : 0, ReleaseHoldOut,
            new(Trial(), [.. Paths.Select(path => path.Name)], HoldOut is not null, Goal.Compile(compile), Within, Winner == WinnerIsChosen.Automatically,
                new(LeastPeople ?? LeastPeopleWithout, LeastTime ?? LeastTimeWithout, (double)(Confidence ?? ConfidenceWithout) / 100)))
        { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    /// <summary>A hash of what is measured: where the paths lead and when a winner may be called can change without beginning anew.</summary>
    uint Trial()
    {
        var measured = new ExperimentPoint { Paths = [.. Paths.Select(path => path with { Next = null })], Goal = Goal, Within = Within, HoldOut = HoldOut };
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(measured, JourneyJson.Compact.GetTypeInfo(typeof(ExperimentPoint)))));
    }

    sealed class Plan(ulong[] bounds, ulong heldBelow, bool releases, ExperimentPlan experiment) : PlanPoint
    {
        public override ExperimentPlan Experiment => experiment;

        public override Move Enter(StepContext context)
        {
            var met = context.Exposure(Id, experiment.Trial);
            var winner = context.Journey.WinnerAt(Id, experiment.Trial);
            var path = met is { } mark ? EdgeOf(mark.Path) : Draw(context);
            if (winner is not null)
            {
                if (releases || path < bounds.Length + 1)
                    path = EdgeOf(winner);
            }
            else if (met is null)
            {
                context.Do(new Effect.Expose(new(context.Plan.Id, Id, context.Plan.Version, experiment.Trial, Edges[path].Name, context.Now, context.Now + experiment.Within, false)));
            }

            context.Note(0, Edges[path].Name);
            return Move.Follow(path);
        }

        /// <summary>Semantics 13.5: who is held out is drawn with a salt of its own, before all else.</summary>
        int Draw(StepContext context)
        {
            if (heldBelow > 0 && Hashes.Draw(context.Plan.Id, Id, context.Contact.Id, "hold-out") < heldBelow)
                return bounds.Length + 1;
            return SplitPoint.Path(bounds, Hashes.Draw(context.Plan.Id, Id, context.Contact.Id));
        }

        int EdgeOf(string name)
        {
            for (var edge = 0; edge < Edges.Length; edge++)
                if (Edges[edge].Name == name)
                    return edge;
            throw new InvalidOperationException($"The experiment has no path {name}.");
        }
    }
}
