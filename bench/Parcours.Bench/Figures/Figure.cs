using System.Globalization;

namespace Parcours.Bench.Figures;

/// <summary>What a figure should come to.</summary>
/// <param name="Aim">What would be better still; null: the bar is all.</param>
sealed record Bar(double Value, bool AtLeast, double? Aim = null)
{
    public static Bar Least(double value, double? aim = null) => new(value, true, aim);
    public static Bar Most(double value, double? aim = null) => new(value, false, aim);
    public bool IsMetBy(double figure) => AtLeast ? figure >= Value : figure <= Value;
}

/// <summary>One thing that was measured.</summary>
/// <param name="Part">The part of the run.</param>
/// <param name="Unit">After the value: "/s", "ms", "of limit".</param>
/// <param name="OtherCores">What the rest of the machine used meanwhile; null: not known.</param>
sealed record Figure(string Part, string Name, double Value, string Unit, Bar? Bar, double? OtherCores, string Load, IReadOnlyList<double> Passes)
{
    public string Shown => Number(Value) + (Unit.StartsWith('/') ? "" : " ") + Unit;
    public string Verdict => Bar is null ? "" : Bar.IsMetBy(Value) ? "met" : "MISSED";

    /// <summary>Three digits that say something.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 or 0 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
