using System.Collections.Immutable;
using NodaTime;

namespace Parcours.Journeys.Experiments;

/// <summary>The statistics of experiments: docs/experiments.md says which and why. Pure functions.</summary>
public static class ExperimentStatistics
{
    /// <summary>How large a difference of rates is expected to be, as the standard deviation of what may be: differences of a few points are found soonest. Part of the method: never change it under a running experiment.</summary>
    public const double ExpectedDifference = 0.05;

    /// <summary>Judges an experiment. Which path is the winner follows from the figures, the rules and how long it runs alone.</summary>
    /// <param name="paths">At least one; the first is the base.</param>
    /// <param name="runs">For how long it has run.</param>
    public static ExperimentVerdict Judge(ImmutableArray<ArmFigures> paths, ArmFigures? holdOut, ExperimentRules rules, Duration runs)
    {
        var error = 1 - rules.Confidence;
        // Bonferroni: as sure of all comparisons with the base together as of one.
        var each = error / Math.Max(1, paths.Length - 1);
        var chances = ChancesToBeBest(paths);
        var arms = ImmutableArray.CreateBuilder<ArmVerdict>(paths.Length);
        for (var index = 0; index < paths.Length; index++)
            arms.Add(new(paths[index], RateOf(paths[index], rules.Confidence), index == 0 ? null : Compare(paths[0], paths[index], each), chances[index]));

        ArmVerdict? held = null;
        RateComparison? effect = null;
        if (holdOut is { } without)
        {
            var with = new ArmFigures("", paths.Sum(path => path.Exposed), paths.Sum(path => path.Converted));
            held = new(without, RateOf(without, rules.Confidence), null, 0);
            effect = Compare(without, with, error);
        }

        var enoughPeople = paths.All(path => path.Exposed >= rules.LeastPeople);
        var enoughTime = runs >= rules.LeastTime;
        var leader = paths.MaxBy(path => path.Rate);
        var judged = arms.MoveToImmutable();
        return new(judged, held, effect, enoughPeople, enoughTime, leader.Converted > 0 ? leader.Name : null,
            enoughPeople && enoughTime ? Best(judged) : null);
    }

    /// <summary>The path with the highest rate, if it is better than the base beyond chance; the base, if all others are worse beyond chance.</summary>
    static string? Best(ImmutableArray<ArmVerdict> arms)
    {
        if (arms.Length < 2)
            return null;
        var best = arms.MaxBy(arm => arm.Figures.Rate)!;
        return best.AgainstBase is { } against
            ? against.IsBetter ? best.Figures.Name : null
            : arms.Skip(1).All(arm => arm.AgainstBase is { IsWorse: true }) ? best.Figures.Name : null;
    }

    static Estimate RateOf(ArmFigures arm, double confidence) => Wilson(arm.Converted, arm.Exposed, confidence);

    /// <summary>Wilson's score interval of a rate (Wilson 1927; Newcombe 1998, method 3).</summary>
    /// <param name="confidence">Above 0, below 1.</param>
    public static Estimate Wilson(long converted, long exposed, double confidence)
    {
        if (exposed == 0)
            return new(0, 0, 1);
        double n = exposed, rate = converted / n;
        var z = NormalQuantile(0.5 + (confidence / 2));
        var middle = rate + (z * z / (2 * n));
        var half = z * Math.Sqrt((rate * (1 - rate) / n) + (z * z / (4 * n * n)));
        var scale = 1 + (z * z / n);
        return new(rate, converted == 0 ? 0 : (middle - half) / scale, converted == exposed ? 1 : (middle + half) / scale);
    }

    /// <summary>
    /// Compares two rates so that one may look at any time: the mixture sequential probability ratio test (Robbins 1970; Johari, Koomen, Pekelis and Walsh 2022) and the confidence sequence that belongs to it.
    /// </summary>
    /// <param name="error">How likely it may be to find a difference where there is none, at all looks together.</param>
    public static RateComparison Compare(ArmFigures against, ArmFigures arm, double error)
    {
        if (against.Exposed == 0 || arm.Exposed == 0)
            return new(new(0, -1, 1), null, 1, false);
        var difference = arm.Rate - against.Rate;
        var variance = Variance(against) + Variance(arm);
        const double Mixture = ExpectedDifference * ExpectedDifference;
        var ratio = Math.Log((variance + Mixture) / variance);
        var p = Math.Min(1, Math.Exp((ratio / 2) - (Mixture * difference * difference / (2 * variance * (variance + Mixture)))));
        var half = Math.Sqrt(variance * (variance + Mixture) / Mixture * (ratio - (2 * Math.Log(error))));
        var estimate = new Estimate(difference, Math.Max(-1, difference - half), Math.Min(1, difference + half));
        return new(estimate, against.Converted == 0 ? null : new(difference / against.Rate, estimate.Low / against.Rate, estimate.High / against.Rate), p, Math.Abs(difference) > half);
    }

    // One success and one failure more than there were: where nobody or everybody converts it is not taken for certain (Agresti and Coull 1998 add two).
    static double Variance(ArmFigures arm)
    {
        var rate = (arm.Converted + 1.0) / (arm.Exposed + 2.0);
        return rate * (1 - rate) / arm.Exposed;
    }

    /// <summary>How likely each is to have the highest rate, if beforehand every rate is as likely as any other: by Simpson's rule over the product of the posteriors.</summary>
    public static ImmutableArray<double> ChancesToBeBest(ImmutableArray<ArmFigures> arms)
    {
        const int Steps = 4_096;
        var (low, high) = (1.0, 0.0);
        foreach (var arm in arms)
        {
            // The posterior is a beta distribution: nine standard deviations hold all of it that counts.
            double a = arm.Converted + 1, b = arm.Exposed - arm.Converted + 1, mean = a / (a + b), reach = 9 * Math.Sqrt(mean * (1 - mean) / (a + b + 1));
            (low, high) = (Math.Min(low, Math.Max(0, mean - reach)), Math.Max(high, Math.Min(1, mean + reach)));
        }

        var width = (high - low) / Steps;
        var densities = new double[arms.Length][];
        var belows = new double[arms.Length][];
        for (var index = 0; index < arms.Length; index++)
            (densities[index], belows[index]) = Posterior(arms[index], low, width, Steps);

        var chances = new double[arms.Length];
        for (var index = 0; index < arms.Length; index++)
            for (var step = 0; step <= Steps; step++)
            {
                var weight = step is 0 or Steps ? 1 : step % 2 == 1 ? 4 : 2;
                var product = densities[index][step];
                for (var other = 0; other < arms.Length; other++)
                    if (other != index)
                        product *= belows[other][step];
                chances[index] += weight * product;
            }

        var sum = chances.Sum();
        return [.. chances.Select(chance => chance / sum)];
    }

    /// <summary>The density at each step, and how much of it lies below.</summary>
    static (double[] Density, double[] Below) Posterior(ArmFigures arm, double low, double width, int steps)
    {
        double a = arm.Converted, b = arm.Exposed - arm.Converted;
        var (density, below) = (new double[steps + 1], new double[steps + 1]);
        var peak = a + b == 0 ? 0 : (a == 0 ? 0 : a * Math.Log(a / (a + b))) + (b == 0 ? 0 : b * Math.Log(b / (a + b)));
        for (var step = 0; step <= steps; step++)
        {
            density[step] = At(low + (step * width));
            // Simpson's rule over each step, with its middle.
            below[step] = step == 0 ? 0 : below[step - 1] + ((density[step - 1] + (4 * At(low + ((step - 0.5) * width))) + density[step]) * width / 6);
        }

        var all = below[steps];
        for (var step = 0; step <= steps; step++)
            (density[step], below[step]) = (density[step] / all, below[step] / all);
        return (density, below);

        // Against its peak, so that thousands of people overflow nothing.
        double At(double rate)
        {
            var power = (a == 0 ? 0 : rate <= 0 ? double.NegativeInfinity : a * Math.Log(rate)) + (b == 0 ? 0 : rate >= 1 ? double.NegativeInfinity : b * Math.Log(1 - rate));
            return Math.Exp(power - peak);
        }
    }

    /// <summary>The standard normal distribution's quantile: Wichura's algorithm AS 241 (1988), good to 16 digits.</summary>
    /// <param name="probability">Above 0, below 1.</param>
    public static double NormalQuantile(double probability)
    {
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var near = 0.180625 - (q * q);
            return q * Polynomial(near, NearTop) / Polynomial(near, NearBottom);
        }

        var r = Math.Sqrt(-Math.Log(q < 0 ? probability : 1 - probability));
        var value = r <= 5 ? Polynomial(r - 1.6, MiddleTop) / Polynomial(r - 1.6, MiddleBottom) : Polynomial(r - 5, FarTop) / Polynomial(r - 5, FarBottom);
        return q < 0 ? -value : value;
    }

    static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var value = 0.0;
        for (var index = coefficients.Length - 1; index >= 0; index--)
            value = (value * x) + coefficients[index];
        return value;
    }

    static readonly double[] NearTop = [3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3];
    static readonly double[] NearBottom = [1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3];
    static readonly double[] MiddleTop = [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4];
    static readonly double[] MiddleBottom = [1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9];
    static readonly double[] FarTop = [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7];
    static readonly double[] FarBottom = [1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15];
}
