namespace Parcours.Journeys.Definitions;

/// <summary>An error forbids going live; a warning is shown.</summary>
public enum Severity
{
    Error = 0,
    Warning = 1,
}

/// <summary>One problem of a definition. All of them are told at once.</summary>
/// <param name="Code">Stable, dotted: <c>point.unreachable</c>, <c>field.unknown</c>, <c>condition.type</c> … listed in docs/journeys.md.</param>
/// <param name="Path">A JSON pointer (RFC 6901) into the document, e.g. <c>/points/w1/for</c>.</param>
/// <param name="Point">The id of the point that it concerns, if one.</param>
/// <param name="Text">English: what is wrong and what to do about it. The screens translate by <paramref name="Code"/> and <paramref name="Arguments"/>.</param>
public sealed record Problem(Severity Severity, string Code, string Path, string? Point, string Text, IReadOnlyDictionary<string, string>? Arguments = null);
