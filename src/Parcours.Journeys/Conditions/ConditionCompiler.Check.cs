using System.Collections.Immutable;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Conditions;

public static partial class ConditionCompiler
{
    /// <summary>All problems of a condition at once, with codes <c>condition.*</c> (docs/conditions.md).</summary>
    /// <param name="path">The JSON pointer of the condition within its document; empty at its root.</param>
    /// <param name="point">The journey point that it belongs to, if one.</param>
    public static ImmutableArray<Problem> Check(Condition condition, string path, string? point = null, ConditionScope? scope = null) =>
        new ConditionCheck(scope ?? ConditionScope.Open, point).Run(condition, path);
}
