using NodaTime;
using Parcours.Journeys.Experiments;

namespace Parcours.Journeys.Tests.Experiments;

/// <summary>The method of docs/experiments.md, against published values and values that were computed in another way. Semantics 6.13.</summary>
public sealed class ExperimentStatisticsTests
{
    static readonly ExperimentRules Rules = new(200, Duration.FromDays(7), 0.95);

    /// <summary>M. Wichura, "Algorithm AS 241", Applied Statistics 37 (1988): the test values of the paper; and the quantile that everybody knows.</summary>
    [Theory]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-20, -9.262340089798408)]
    [InlineData(0.975, 1.959963984540054)]
    public void A_normal_quantile_is_that_of_the_paper(double probability, double quantile) => Assert.Equal(quantile, ExperimentStatistics.NormalQuantile(probability), 1e-12);

    /// <summary>R. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_rate_is_that_of_the_paper(long converted, long exposed, double low, double high)
    {
        var estimate = ExperimentStatistics.Wilson(converted, exposed, 0.95);

        Assert.Equal((low, high), (Math.Round(estimate.Low, 4), Math.Round(estimate.High, 4)));
        Assert.Equal((double)converted / exposed, estimate.Value);
    }

    /// <summary>Computed by the definition of the mixture: the likelihood ratio integrated numerically over the normal prior, and the interval by bisection of that (Python, double precision).</summary>
    [Theory]
    [InlineData(100, 1_000, 150, 1_000, 0.05, 0.0449854043402828, 0.018362198097246797)]
    [InlineData(20, 200, 24, 200, 0.05, 0.10118424730733938, 1)]
    [InlineData(0, 50, 5, 50, 0.01, 0.2172688671734225, 0.4986636297544614)]
    public void A_comparison_is_that_of_the_integral(long converted, long exposed, long otherConverted, long otherExposed, double error, double half, double p)
    {
        var comparison = ExperimentStatistics.Compare(new("", exposed, converted), new("", otherExposed, otherConverted), error);

        Assert.Equal(p, comparison.P, 1e-9);
        Assert.Equal(half, comparison.Difference.High - comparison.Difference.Value, 1e-9);
        Assert.Equal(comparison.IsReal, comparison.P < error);
    }

    /// <summary>Computed exactly, in rational numbers (Python's fractions): the integral of one posterior's density by the others' distributions, as sums of beta functions.</summary>
    [Fact]
    public void The_chance_to_be_best_is_that_of_the_exact_sums()
    {
        static double Second(long a, long n, long b, long m) => ExperimentStatistics.ChancesToBeBest([new("a", n, a), new("b", m, b)])[1];

        Assert.Equal(0.9476031033523692, Second(20, 100, 30, 100), 1e-9);
        Assert.Equal(0.7619047619047619, Second(0, 10, 1, 10), 1e-9);
        Assert.Equal(0.924480378902574, Second(50, 1_000, 65, 1_000), 1e-9);
        var three = ExperimentStatistics.ChancesToBeBest([new("a", 20, 3), new("b", 20, 5), new("c", 20, 8)]);
        Assert.Equal(0.02865273918656743, three[0], 1e-9);
        Assert.Equal(0.15563713152441716, three[1], 1e-9);
        Assert.Equal(0.8157101292890154, three[2], 1e-9);
    }

    [Fact]
    public void The_chances_make_one_and_nothing_overflows()
    {
        Assert.Equal([0.5, 0.5], ExperimentStatistics.ChancesToBeBest([new("a", 0, 0), new("b", 0, 0)]).Select(chance => Math.Round(chance, 9)));
        foreach (var (converted, exposed) in new[] { (0L, 5_000_000L), (5_000_000L, 5_000_000L), (2_500_000L, 5_000_000L), (1L, 1L) })
            Assert.Equal(1, ExperimentStatistics.ChancesToBeBest([new("a", exposed, converted), new("b", 100, 10), new("c", exposed, converted)]).Sum(), 1e-9);
    }

    /// <summary>Whoever looks sixty times finds a difference where there is none in at most one of twenty experiments; with the test for one look it would be every third.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    public void However_often_one_looks_chance_is_rarely_taken_for_a_difference(double rate)
    {
        const int Experiments = 400, Looks = 60, People = 50;
        var dice = new Random(20260302);
        var found = 0;
        for (var experiment = 0; experiment < Experiments; experiment++)
        {
            long one = 0, other = 0;
            var real = false;
            for (var look = 1; look <= Looks; look++)
            {
                for (var person = 0; person < People; person++)
                {
                    one += dice.NextDouble() < rate ? 1 : 0;
                    other += dice.NextDouble() < rate ? 1 : 0;
                }

                real |= ExperimentStatistics.Compare(new("a", look * People, one), new("b", look * People, other), 0.05).IsReal;
            }

            found += real ? 1 : 0;
        }

        Assert.InRange(found, 0, Experiments / 20);
    }

    [Theory]
    [InlineData(10, 30, true)]
    [InlineData(30, 10, false)]
    public void A_difference_is_better_or_worse_with_its_uplift(long converted, long otherConverted, bool better)
    {
        var comparison = ExperimentStatistics.Compare(new("a", 100_000, converted * 1_000), new("b", 100_000, otherConverted * 1_000), 0.05);

        Assert.Equal((better, !better), (comparison.IsBetter, comparison.IsWorse));
        Assert.Equal(comparison.Difference.Value * 100 / converted, comparison.Uplift!.Value.Value, 1e-9);
    }

    static string? Winner(ExperimentRules rules, Duration runs, params (long Converted, long Exposed)[] paths) =>
        ExperimentStatistics.Judge([.. paths.Select((path, index) => new ArmFigures($"{(char)('a' + index)}", path.Exposed, path.Converted))], null, rules, runs).Winner;

    [Fact]
    public void A_winner_needs_enough_people_on_each_path_enough_time_and_a_difference_beyond_chance()
    {
        var week = Duration.FromDays(7);

        Assert.Equal("b", Winner(Rules, week, (1_000, 10_000), (1_500, 10_000)));
        Assert.Null(Winner(Rules, week - Duration.FromSeconds(1), (1_000, 10_000), (1_500, 10_000)));
        Assert.Null(Winner(Rules with { LeastPeople = 10_001 }, week, (1_000, 10_000), (1_500, 10_000)));
        Assert.Null(Winner(Rules, week, (1_000, 10_000), (1_010, 10_000)));
        Assert.Null(Winner(Rules, week, (0, 10_000), (0, 10_000)));
    }

    [Fact]
    public void The_base_wins_when_all_others_are_worse_beyond_chance()
    {
        Assert.Equal("a", Winner(Rules, Duration.FromDays(7), (1_500, 10_000), (1_000, 10_000), (900, 10_000)));
        Assert.Null(Winner(Rules, Duration.FromDays(7), (1_500, 10_000), (1_490, 10_000), (900, 10_000)));
    }

    /// <summary>Bonferroni: the same figures are beyond chance with one comparison and not with nine.</summary>
    [Fact]
    public void The_more_paths_the_more_it_takes()
    {
        var (one, other) = ((Converted: 100L, Exposed: 1_000L), (Converted: 148L, Exposed: 1_000L));

        Assert.Equal("b", Winner(Rules, Duration.FromDays(7), one, other));
        Assert.Null(Winner(Rules, Duration.FromDays(7), [one, other, .. Enumerable.Repeat(one, 8)]));
    }

    [Fact]
    public void Those_held_out_say_what_all_paths_bring_about_and_never_win()
    {
        var verdict = ExperimentStatistics.Judge([new("a", 10_000, 1_500), new("b", 10_000, 1_500)], new ArmFigures("holdOut", 5_000, 2_500), Rules, Duration.FromDays(7));

        Assert.True(verdict.Effect!.Value.IsWorse);
        Assert.Null(verdict.Winner);
        Assert.Equal("a", verdict.Leader);
    }
}
