using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

sealed partial class ConditionCheck
{
    /// <summary>Parts of one <c>all</c> that can never hold together. Finds what authors do by mistake; it is no proof that the rest can.</summary>
    void Contradictions(IReadOnlyList<Condition> of, string path)
    {
        var said = of.Where(part => part is not null).Select(part => Opposites.Of(part)).ToList();
        var texts = said.Select(part => part.Positive).ToList();
        for (var index = 0; index < said.Count; index++)
        {
            var earlier = texts.IndexOf(texts[index]);
            if (earlier < index && said[earlier].Holds != said[index].Holds)
            {
                Never(path, "One part is the opposite of another, so this never holds.");
                return;
            }
        }
        foreach (var property in of.OfType<Condition.Property>().GroupBy(part => part.Name, StringComparer.Ordinal))
            if (!Possible([.. property.Select(part => new Comparing(part.Is, part.Value, part.Values, part.Duration, part.IgnoreCase))]))
                Never(path, $"No value of '{property.Key}' meets all of these, so this never holds.");
        // A path may lead through an array, of which one item meets this and another that.
        foreach (var property in of.OfType<Condition.Field>().Where(part => !part.Name.Contains('.', StringComparison.Ordinal)).GroupBy(part => part.Name, StringComparer.Ordinal))
            if (!Possible([.. property.Select(part => new Comparing(part.Is, part.Value, part.Values, part.Duration, part.IgnoreCase))], mayBeTexts: true))
                Never(path, $"No value of '{property.Key}' meets all of these, so this never holds.");
    }

    void Never(string path, string text) => Error("condition.contradiction", path, text + " Remove one of them, or use any.");

    /// <param name="mayBeTexts">Whether it may have several texts at once.</param>
    static bool Possible(Comparing[] parts, bool mayBeTexts = false)
    {
        // Holding without a value is for the negations alone.
        if (parts.Any(part => part.Is == Comparison.Unknown) && parts.Any(part => part.Is is not (Comparison.Unknown or Comparison.NotEquals or Comparison.NotIn or Comparison.NotContains)))
            return false;
        var single = parts.Where(part => part.Is == Comparison.Equals && part.Value is { Kind: ValueKind.Text or ValueKind.Number or ValueKind.Boolean }).Select(part => part.Value!.Value).ToList();
        if (!(mayBeTexts && single.TrueForAll(value => value.Kind == ValueKind.Text)) && single.Skip(1).Any(value => value.Kind != single[0].Kind || !string.Equals(value.ToString(), single[0].ToString(), StringComparison.OrdinalIgnoreCase) && value != single[0]))
            return false;
        foreach (var kind in (ReadOnlySpan<ValueKind>)[ValueKind.Number, ValueKind.Date, ValueKind.DateTime])
        {
            decimal? low = null, high = null;
            var (lowIncluded, highIncluded) = (true, true);
            foreach (var part in parts)
            {
                var (from, to, included) = Bounds(part, kind);
                if (from is { } bottom && (low is null || bottom > low || (bottom == low && !included)))
                    (low, lowIncluded) = (bottom, included);
                if (to is { } top && (high is null || top < high || (top == high && !included)))
                    (high, highIncluded) = (top, included);
            }
            if (low > high || (low == high && low is not null && !(lowIncluded && highIncluded)))
                return false;
        }
        return true;
    }

    static (decimal? From, decimal? To, bool Included) Bounds(Comparing part, ValueKind kind)
    {
        var first = part.Value ?? (part.Values is { Count: > 0 } ? part.Values[0] : Value.None);
        if (first.Kind != kind)
            return (null, null, true);
        return part.Is switch
        {
            Comparison.Equals => (Ordered(first), Ordered(first), true),
            Comparison.LessThan or Comparison.Before => (null, Ordered(first), false),
            Comparison.AtMost => (null, Ordered(first), true),
            Comparison.GreaterThan or Comparison.After => (Ordered(first), null, false),
            Comparison.AtLeast => (Ordered(first), null, true),
            Comparison.Between when part.Values is { Count: 2 } => (Ordered(part.Values[0]), Ordered(part.Values[1]), true),
            _ => (null, null, true),
        };
    }
}

/// <summary>A condition as the plain one that it says or denies.</summary>
static class Opposites
{
    internal static (string Positive, bool Holds) Of(Condition condition) => condition switch
    {
        Condition.Not { Of: { } inner } when Of(inner) is var (text, holds) => (text, !holds),
        Condition.Property property when Turned(property.Is) is { } turned => ((property with { Is = turned }).ToJson(), false),
        Condition.Field field when Turned(field.Is) is { } turned => ((field with { Is = turned }).ToJson(), false),
        Condition.Event { Is: Comparison.DidNot } happened => ((happened with { Is = Comparison.Did }).ToJson(), false),
        _ => (condition.ToJson(), true),
    };

    static Comparison? Turned(Comparison comparison) => comparison switch
    {
        Comparison.NotEquals => Comparison.Equals,
        Comparison.NotIn => Comparison.In,
        Comparison.NotContains => Comparison.Contains,
        Comparison.Unknown => Comparison.Known,
        _ => null,
    };
}
