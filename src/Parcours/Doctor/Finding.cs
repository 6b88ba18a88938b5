namespace Parcours.Doctor;

[System.Text.Json.Serialization.JsonConverter(typeof(Journeys.Definitions.Json.CamelCaseEnumConverter<Verdict>))]
enum Verdict
{
    Ok = 0,
    /// <summary>It works; somebody should know.</summary>
    Warning = 1,
    /// <summary>It does not work, or will not for long.</summary>
    Problem = 2,
}

/// <summary>What one look came to.</summary>
/// <param name="Check">Stable, for programs that read <c>--json</c>.</param>
/// <param name="Text">One line: what was seen, and what to do where something is to be done.</param>
sealed record Finding(string Check, Verdict Verdict, string Text)
{
    public static Finding Ok(string check, string text) => new(check, Verdict.Ok, text);
    public static Finding Warn(string check, string text) => new(check, Verdict.Warning, text);
    public static Finding Problem(string check, string text) => new(check, Verdict.Problem, text);
}
