using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Points;

/// <summary>Whom the settings of a journey let in, as far as lists, segments and tags say it.</summary>
static class EligiblePeople
{
    /// <summary>Whether nobody can be eligible for both: each asks for one of some lists, and they have none in common. Who is on two lists is not seen here.</summary>
    public static bool AreApart(JourneySettings one, JourneySettings other) =>
        Asked(one) is { } here && Asked(other) is { } there && !here.Except(Excluded(one)).Intersect(there.Except(Excluded(other))).Any();

    /// <summary>One of these is needed; null: it can be anybody.</summary>
    static HashSet<string>? Asked(JourneySettings settings) => Asked(settings.Eligibility);

    static HashSet<string>? Asked(Condition? condition) => condition switch
    {
        Condition.List list => [$"list {list.Name}"],
        Condition.Segment segment => [$"segment {segment.Name}"],
        Condition.Tag tag => [$"tag {tag.Name}"],
        Condition.Any any => Union(any.Of),
        // All of them are needed, so any of them says who it can be: the one that names the fewest.
        Condition.All all => all.Of.Select(Asked).OfType<HashSet<string>>().MinBy(names => names.Count),
        _ => null,
    };

    static HashSet<string>? Union(IReadOnlyList<Condition> of)
    {
        HashSet<string> names = [];
        foreach (var part in of)
        {
            if (Asked(part) is not { } asked)
                return null;
            names.UnionWith(asked);
        }

        return names;
    }

    static HashSet<string> Excluded(JourneySettings settings) => Asked(settings.Exclusions) ?? [];
}
