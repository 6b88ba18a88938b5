namespace Parcours.Journeys.Conditions;

/// <summary>One spelling for filters that say the same, so that equal aggregates are found to be equal (Semantics 7.3).</summary>
static class Canonicals
{
    internal static Condition Of(Condition condition) => condition switch
    {
        Condition.All { Of: [var only] } => Of(only),
        Condition.Any { Of: [var only] } => Of(only),
        Condition.All all => new Condition.All(Sorted(all.Of)),
        Condition.Any any => new Condition.Any(Sorted(any.Of)),
        Condition.Not { Of: Condition.Not inner } => Of(inner.Of),
        Condition.Not not => new Condition.Not(Of(not.Of)),
        // Ignoring case is what nothing said means.
        Condition.Field { IgnoreCase: true } field => field with { IgnoreCase = null },
        _ => condition,
    };

    static Condition[] Sorted(IReadOnlyList<Condition> of) => [.. of.Select(Of).OrderBy(part => part.ToJson(), StringComparer.Ordinal)];
}
