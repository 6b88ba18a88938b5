using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Experiments;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>Experiments of a journey: what they have come to, and which path wins (Semantics 6.13; docs/experiments.md).</summary>
static class ExperimentsApi
{
    public static void Map(RouteGroupBuilder journeys)
    {
        var experiments = journeys.MapGroup("{id}/experiments");
        experiments.MapGet("", ListAsync).WithName("journey-experiments").WithSummary("The experiments of the live version: figures, what can be said of them, and their winners.").Produces<IReadOnlyList<ExperimentView>>().Fails(404);
        experiments.MapPut("{point}/winner", ChooseAsync).WithName("choose-winner").WithSummary("Makes a path the winner: all who come to the experiment later take it. Who has met it already, and is further on, is not touched.")
            .Produces<ExperimentView>().Produces<ExperimentView>(202).Fails(400, 404, 422);
        experiments.MapDelete("{point}/winner", TakeBackAsync).WithName("take-winner-back").WithSummary("Takes the winner back: paths are drawn again, and people are counted again. The engine then chooses none by itself.").Produces<ExperimentView>().Produces<ExperimentView>(202).Fails(404, 422);
    }

    static async Task<IResult> ListAsync(string id, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        return Results.Ok((await engine.Catalogue.ExperimentsAsync(journey.Id, cancellationToken)).Select(ExperimentView.Of).ToList());
    }

    static Task<IResult> ChooseAsync(string id, string point, Body<WinnerBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(body.Value.Path)
            ? throw new BadInputException(Problems.Invalid("experiment.path", "/path", "Name the path that wins."))
            : DecideAsync(id, point, body.Value.Path, context, engine, cancellationToken);

    static Task<IResult> TakeBackAsync(string id, string point, HttpContext context, IEngine engine, CancellationToken cancellationToken) => DecideAsync(id, point, null, context, engine, cancellationToken);

    static async Task<IResult> DecideAsync(string id, string point, string? path, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var answer = await engine.Catalogue.ChooseWinnerAsync(journey.Id, point, path, JourneyListApi.ActorOf(context.User) ?? "api", cancellationToken);
        async ValueTask<object?> View() =>
            (await engine.Catalogue.ExperimentsAsync(journey.Id, cancellationToken)).FirstOrDefault(report => report.Point == point) is { } report ? ExperimentView.Of(report) : null;
        return answer switch
        {
            CatalogueAnswer.Done => Results.Ok(await View()),
            CatalogueAnswer.InProgress => Results.Accepted(null, await View()),
            _ => await answer.ToResultAsync(context, default, $"journey '{id}'", (_, _) => View()),
        };
    }
}

/// <param name="Path">The name of the path.</param>
sealed record WinnerBody(string Path);

/// <summary>An experiment as it stands.</summary>
/// <param name="Within">How long after the arrival the goal counts, in seconds.</param>
/// <param name="Runs">Seconds from its beginning until its winner, or now.</param>
/// <param name="LeastTime">In seconds.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Leader">The path with the highest rate so far.</param>
/// <param name="Ready">The path that may be called the winner by the rules; null: none yet.</param>
/// <param name="Effect">All paths together against those held out.</param>
/// <param name="Winner">What was decided; null: nothing so far.</param>
sealed record ExperimentView(
    string Point, DateTimeOffset Began, long Runs, long Within, bool Automatic, long LeastPeople, long LeastTime, double Confidence, bool EnoughPeople, bool EnoughTime,
    string? Leader, string? Ready, IReadOnlyList<ExperimentPathView> Paths, ExperimentPathView? HoldOut, ComparisonView? Effect, WinnerView? Winner)
{
    public static ExperimentView Of(ExperimentReport report) => new(
        report.Point, report.Began.ToApi(), (long)report.Runs.TotalSeconds, (long)report.Plan.Within.TotalSeconds, report.Plan.Automatic,
        report.Plan.Rules.LeastPeople, (long)report.Plan.Rules.LeastTime.TotalSeconds, report.Plan.Rules.Confidence, report.Verdict.EnoughPeople, report.Verdict.EnoughTime,
        report.Verdict.Leader, report.Verdict.Winner, [.. report.Verdict.Arms.Select(Path)], report.Verdict.HoldOut is { } held ? Path(held) : null,
        report.Verdict.Effect is { } effect ? ComparisonView.Of(effect) : null, report.Winner is { } winner ? new(winner.Path, winner.At.ToApi(), winner.By, winner.By is null) : null);

    static ExperimentPathView Path(ArmVerdict arm) =>
        new(arm.Figures.Name, arm.Figures.Exposed, arm.Figures.Converted, EstimateView.Of(arm.Rate), arm.AgainstBase is { } against ? ComparisonView.Of(against) : null, arm.ChanceToBeBest);
}

/// <param name="Exposed">Contacts who met the path, each once.</param>
/// <param name="Converted">Those of them who reached the goal in time.</param>
/// <param name="AgainstBase">Null for the first path, which is the base, and for who is held out.</param>
/// <param name="ChanceToBeBest">From 0 to 1; 0 for who is held out.</param>
sealed record ExperimentPathView(string Name, long Exposed, long Converted, EstimateView Rate, ComparisonView? AgainstBase, double ChanceToBeBest);

/// <summary>A number and the interval in which the true one lies.</summary>
sealed record EstimateView(double Value, double Low, double High)
{
    public static EstimateView Of(Estimate estimate) => new(estimate.Value, estimate.Low, estimate.High);
}

/// <param name="Difference">Of the rates; 0.02 is two points of a hundred.</param>
/// <param name="Uplift">The difference as a part of the base's rate; null where that is 0.</param>
/// <param name="P">How likely such a difference comes about by chance, however often one looks.</param>
/// <param name="Real">Beyond chance.</param>
sealed record ComparisonView(EstimateView Difference, EstimateView? Uplift, double P, bool Real)
{
    public static ComparisonView Of(RateComparison comparison) => new(EstimateView.Of(comparison.Difference), comparison.Uplift is { } uplift ? EstimateView.Of(uplift) : null, comparison.P, comparison.IsReal);
}

/// <param name="Path">Null: it was taken back.</param>
/// <param name="By">Who chose; <c>api</c>: a program; null: the engine.</param>
/// <param name="ByItself">The engine chose, by its figures.</param>
sealed record WinnerView(string? Path, DateTimeOffset At, string? By, bool ByItself);
