using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Plans;

/// <summary>Dependencies as the burst asks them: short arrays instead of immutable sets, which cost ten times as much to ask.</summary>
sealed class Listeners(Dependencies dependencies)
{
    readonly string[] _events = [.. dependencies.Events];
    readonly string[] _properties = [.. dependencies.Properties];
    readonly string[] _tags = [.. dependencies.Tags];
    readonly string[] _lists = [.. dependencies.Lists];
    readonly string[] _segments = [.. dependencies.Segments];
    readonly string[] _journeys = [.. dependencies.Journeys];
    readonly string[] _positions = [.. dependencies.Positions];

    public static Listeners None { get; } = new(Dependencies.None);
    public bool Time { get; } = dependencies.Time;
    public bool Messages { get; } = dependencies.Messages;
    public bool Consent { get; } = dependencies.Consent;

    public bool HearEvent(string name) => Has(_events, name);

    public bool Hear(ContactChange change) => change switch
    {
        ContactChange.PropertySet set => Has(_properties, set.Name),
        ContactChange.TagAdded added => Has(_tags, added.Tag),
        ContactChange.TagRemoved removed => Has(_tags, removed.Tag),
        ContactChange.ListJoined joined => Has(_lists, joined.List),
        ContactChange.ListLeft left => Has(_lists, left.List),
        ContactChange.SegmentEntered entered => Has(_segments, entered.Segment),
        ContactChange.SegmentLeft left => Has(_segments, left.Segment),
        ContactChange.ConsentChanged => Consent,
        ContactChange.JourneyLeft left => Has(_journeys, left.Journey.Value),
        ContactChange.JourneyMoved moved => Has(_positions, moved.Journey.Value),
        _ => false,
    };

    /// <summary>Whether any of these changes, or the event, is heard.</summary>
    public bool Hear(List<ContactChange> changes, int from, int to, string? occurred)
    {
        if (occurred is not null && Has(_events, occurred))
            return true;
        for (var index = from; index < to; index++)
            if (Hear(changes[index]))
                return true;
        return false;
    }

    static bool Has(string[] names, string name)
    {
        foreach (var candidate in names)
            if (string.Equals(candidate, name, StringComparison.Ordinal))
                return true;
        return false;
    }
}

/// <summary>Who listens inside one journey version; made once a plan.</summary>
sealed class PlanListeners
{
    readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public PlanListeners(JourneyPlan plan)
    {
        Goal = plan.Goal is { } goal ? new(goal.Dependencies) : null;
        Exits = [.. plan.Exits.Select(exit => new Listeners(exit.Condition.Dependencies))];
        Points = [.. plan.Points.Select(point => ReferenceEquals(point.Hears, Dependencies.None) ? Listeners.None : new Listeners(point.Hears))];
        HasEnds = Goal is not null || Exits.Length > 0;
        foreach (var point in plan.Points)
            _indexes[point.Id] = point.Index;
    }

    public Listeners? Goal { get; }
    public Listeners[] Exits { get; }
    public Listeners[] Points { get; }
    /// <summary>Whether it has a goal or exits at all.</summary>
    public bool HasEnds { get; }

    public int IndexOf(string point) => _indexes.TryGetValue(point, out var index) ? index : -1;
}

public sealed partial class JourneyPlan
{
    PlanListeners? _listeners;

    // Two threads may both make it: they make the same.
    internal PlanListeners Listeners => _listeners ??= new(this);
}
