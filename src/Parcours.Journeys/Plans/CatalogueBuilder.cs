using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>Gathers journeys, segments and topics into a <see cref="Catalogue"/>.</summary>
public sealed class CatalogueBuilder
{
    readonly Dictionary<string, (int Version, CompiledCondition Condition, bool Filling)> _segments = new(StringComparer.Ordinal);
    readonly List<LiveJourney> _journeys = [];
    readonly List<AggregateDefinition> _aggregates = [];
    readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    readonly List<FrequencyCap> _caps = [];
    readonly List<QuietRule> _quiet = [];
    readonly Dictionary<string, HolidayCalendar> _holidays = new(StringComparer.Ordinal);
    readonly Dictionary<string, CouponPool> _pools = new(StringComparer.Ordinal);
    readonly Dictionary<string, CustomAction> _actions = new(StringComparer.Ordinal);
    readonly Dictionary<string, Team> _teams = new(StringComparer.Ordinal);

    public long Revision { get; set; }
    /// <summary>All journeys that there are, drafts and archived ones too; null: not known, and nothing that is kept of one is dropped for its being gone.</summary>
    public ImmutableHashSet<JourneyId>? Existing { get; set; }
    public MachineLimits Limits { get; set; } = new();
    /// <summary>The installation's zone.</summary>
    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    public CatalogueBuilder Add(LiveJourney journey)
    {
        _journeys.Add(journey);
        return this;
    }

    /// <summary>Adds a segment; a later one of the same name replaces it.</summary>
    public CatalogueBuilder AddSegment(string name, int version, CompiledCondition condition, bool filling = false)
    {
        _segments[name] = (version, condition, filling);
        return this;
    }

    public CatalogueBuilder Add(Topic topic)
    {
        _topics[topic.Name] = topic;
        return this;
    }

    public CatalogueBuilder Add(FrequencyCap cap)
    {
        _caps.Add(cap);
        return this;
    }

    public CatalogueBuilder Add(QuietRule rule)
    {
        _quiet.Add(rule);
        return this;
    }

    /// <summary>A country's own calendar: it takes the place of the one that is known.</summary>
    public CatalogueBuilder Add(HolidayCalendar calendar)
    {
        _holidays[calendar.Country] = calendar;
        return this;
    }

    public CatalogueBuilder Add(CouponPool pool)
    {
        _pools[pool.Name] = pool;
        return this;
    }

    public CatalogueBuilder Add(CustomAction action)
    {
        _actions[action.Name] = action;
        return this;
    }

    public CatalogueBuilder Add(Team team)
    {
        _teams[team.Name] = team;
        return this;
    }

    /// <summary>Keeps an aggregate that no live segment or journey needs yet: a fill under way (Semantics 7.7).</summary>
    public CatalogueBuilder Keep(AggregateDefinition aggregate)
    {
        _aggregates.Add(aggregate);
        return this;
    }

    /// <summary>The chain of segments that name each other in a circle, first and last alike; null when there is none. Ask before publishing (Semantics 7.5).</summary>
    public IReadOnlyList<string>? FindCycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var name in _segments.Keys.Order(StringComparer.Ordinal))
            if (Walk(name, path, done) is { } cycle)
                return cycle;
        return null;
    }

    List<string>? Walk(string name, List<string> path, HashSet<string> done)
    {
        if (path.IndexOf(name) is >= 0 and var at)
            return [.. path[at..], name];
        if (!_segments.TryGetValue(name, out var segment) || !done.Add(name))
            return null;
        path.Add(name);
        foreach (var named in segment.Condition.Dependencies.Segments.Order(StringComparer.Ordinal))
            if (Walk(named, path, done) is { } cycle)
                return cycle;
        path.RemoveAt(path.Count - 1);
        return null;
    }

    /// <summary>Builds the snapshot.</summary>
    /// <param name="now">At which the defaults of segments are reckoned: the clock at the control entry.</param>
    /// <exception cref="InvalidOperationException">Segments name each other in a circle: ask <see cref="FindCycle"/> first.</exception>
    public Catalogue Build(Instant now)
    {
        if (FindCycle() is { } cycle)
            throw new InvalidOperationException($"Segments name each other in a circle: {string.Join(" → ", cycle)}.");

        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        // A contact of whom nothing is known; lower levels first, because a reference reads the stored membership.
        var nobody = new Contact(default, now);
        var segments = ImmutableArray.CreateBuilder<CompiledSegment>(_segments.Count);
        foreach (var (name, segment) in _segments.OrderBy(pair => LevelOf(pair.Key, levels)).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var member = segment.Condition.Holds(new ConditionContext(nobody, now, Zone: Zone));
            if (member)
                nobody.Segments.Add(name);
            segments.Add(new(name, segment.Version, segment.Condition, levels[name], member, segment.Filling));
        }

        return new Catalogue
        {
            Revision = Revision,
            Journeys = [.. _journeys.OrderByDescending(journey => journey.Priority).ThenBy(journey => journey.Id)],
            Segments = segments.ToImmutable(),
            Topics = _topics.ToImmutableDictionary(StringComparer.Ordinal),
            Caps = [.. _caps.OrderBy(cap => cap.Name, StringComparer.Ordinal)],
            Quiet = _quiet.Count == 0 ? QuietHours.None : new([.. _quiet.OrderBy(rule => rule.Name, StringComparer.Ordinal)], _holidays.ToImmutableDictionary(StringComparer.Ordinal)),
            Pools = _pools.Count == 0 ? ImmutableDictionary<string, CouponPool>.Empty : _pools.ToImmutableDictionary(StringComparer.Ordinal),
            Actions = _actions.ToImmutableDictionary(StringComparer.Ordinal),
            Teams = _teams.Count == 0 ? ImmutableDictionary<string, Team>.Empty : _teams.ToImmutableDictionary(StringComparer.Ordinal),
            Existing = Existing,
            Limits = Limits,
            Zone = Zone,
            Aggregates =
            [
                .. _segments.Values.SelectMany(segment => segment.Condition.Aggregates)
                    .Concat(_journeys.Where(Keeps).SelectMany(journey => journey.Versions.Values).SelectMany(plan => plan.Aggregates))
                    .Concat(_aggregates)
                    .DistinctBy(aggregate => aggregate.Id)
                    .OrderBy(aggregate => aggregate.Id.Value),
            ],
        };
    }

    static bool Keeps(LiveJourney journey) => journey.Status is JourneyStatus.Live or JourneyStatus.Paused or JourneyStatus.Filling;

    int LevelOf(string name, Dictionary<string, int> levels)
    {
        if (levels.TryGetValue(name, out var known))
            return known;
        var level = 0;
        foreach (var named in _segments[name].Condition.Dependencies.Segments)
            if (_segments.ContainsKey(named))
                level = Math.Max(level, LevelOf(named, levels) + 1);
        return levels[name] = level;
    }
}
