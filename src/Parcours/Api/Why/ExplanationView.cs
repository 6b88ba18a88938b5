using System.Diagnostics.CodeAnalysis;
using Parcours.Journeys.Conditions;

namespace Parcours.Api;

/// <summary>One node of a condition with what was found.</summary>
sealed record ExplanationView(string Kind, string Subject, string Expected, string Actual, bool Holds, IReadOnlyList<ExplanationView>? Parts)
{
    /// <summary>Values of sensitive properties are covered for who only reads (Semantics 11.4).</summary>
    [return: NotNullIfNotNull(nameof(explanation))]
    public static ExplanationView? Of(Explanation? explanation, Mask mask) => explanation is null ? null : new(
        explanation.Kind, explanation.Subject, explanation.Expected, Found(explanation, mask), explanation.Holds, explanation.Parts.IsDefaultOrEmpty ? null : [.. explanation.Parts.Select(part => Of(part, mask))]);

    static string Found(Explanation explanation, Mask mask) => explanation.Kind switch
    {
        "property" when explanation.Actual.Length > 0 && !mask.Shows(explanation.Subject) => Mask.Hidden,
        // Of which of an event's properties it is made, and whether that repeats a sensitive one, is not looked into.
        "field" or "event" => mask.Text(explanation.Actual),
        _ => explanation.Actual,
    };
}
