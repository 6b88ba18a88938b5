using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

public sealed partial class Catalogue
{
    CatalogueIndex? _index;

    // Two threads may both make it: they make the same.
    internal CatalogueIndex Index => _index ??= new(this);

    /// <summary>What may be noticed of messages, as the version says under which they were decided; nothing where nobody can ask it any more.</summary>
    public MessageTracking TrackingOf(JourneyId journey, int version, string point) =>
        Index.Journey(journey)?.Versions.GetValueOrDefault(version) is { } plan && plan.Listeners.IndexOf(point) is >= 0 and var index ? plan.Points[index].Tracking : MessageTracking.None;

    /// <summary>In which version the content of a message decided there is sent; null: in the one that is live (Semantics 6.7).</summary>
    public int? PinnedContentOf(JourneyId journey, int version, string point) =>
        Index.Journey(journey)?.Versions.GetValueOrDefault(version) is { PinnedContents.IsEmpty: false } plan && plan.Listeners.IndexOf(point) is >= 0 and var index && plan.Points[index].PinnedContent is { } content && plan.PinnedContents.TryGetValue(content, out var pinned) ? pinned : null;
}

/// <summary>One starting point of a live journey's newest version.</summary>
/// <param name="Journey">The journey's place in <see cref="Catalogue.Journeys"/>: priority, then id.</param>
/// <param name="Start">The starting point's place in the definition.</param>
readonly record struct StartAt(int Journey, int Start) : IComparable<StartAt>
{
    public int CompareTo(StartAt other) => Journey != other.Journey ? Journey.CompareTo(other.Journey) : Start.CompareTo(other.Start);
}

/// <summary>Whom one event name, property, tag, list or segment concerns.</summary>
sealed class Concerned
{
    public AggregateDefinition[] Aggregates { get; set; } = [];
    /// <summary>Places in <see cref="CatalogueIndex.Segments"/>.</summary>
    public int[] Segments { get; set; } = [];
    public StartAt[] Starts { get; set; } = [];
    /// <summary>Starting points at a contact's own moment that this can move.</summary>
    public StartAt[] Dates { get; set; } = [];
    /// <summary>Starting points for which this event begins, or ends, what may be abandoned, or answers a message.</summary>
    public StartAt[] Abandons { get; set; } = [];
}

/// <summary>From what happened to whom it concerns, so that cost follows the listeners (Semantics 7.3).</summary>
sealed class CatalogueIndex
{
    readonly Dictionary<string, Concerned> _events = new(StringComparer.Ordinal);
    readonly Dictionary<string, Concerned> _properties = new(StringComparer.Ordinal);
    readonly Dictionary<string, Concerned> _tags = new(StringComparer.Ordinal);
    readonly Dictionary<string, Concerned> _lists = new(StringComparer.Ordinal);
    readonly Dictionary<string, Concerned> _segments = new(StringComparer.Ordinal);
    readonly Dictionary<string, Concerned> _ends = new(StringComparer.Ordinal);
    readonly Dictionary<string, Concerned> _positions = new(StringComparer.Ordinal);
    readonly HashSet<string> _positionsHeard = new(StringComparer.Ordinal);
    readonly HashSet<string> _endsHeard = new(StringComparer.Ordinal);
    readonly Concerned _consent = new();
    readonly Dictionary<JourneyId, LiveJourney> _journeys = [];
    readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    readonly Dictionary<AggregateId, AggregateDefinition> _aggregates = [];
    readonly Dictionary<(JourneyId, string), StartAt> _timed = [];
    readonly List<StartAt> _dates = [];
    readonly List<StartAt> _sent = [];

    public CatalogueIndex(Catalogue catalogue)
    {
        // In order of level, so that one pass upwards settles everything (Semantics 7.5).
        Segments = [.. catalogue.Segments.OrderBy(segment => segment.Level).ThenBy(segment => segment.Name, StringComparer.Ordinal)];
        for (var place = 0; place < Segments.Length; place++)
            _places[Segments[place].Name] = place;
        AtCreation = [.. Enumerable.Range(0, Segments.Length).Where(place => Segments[place].DefaultMember || Segments[place].Filling || Segments[place].Condition.Dependencies.Time)];

        foreach (var aggregate in catalogue.Aggregates)
        {
            _aggregates[aggregate.Id] = aggregate;
            foreach (var name in aggregate.Events.Distinct(StringComparer.Ordinal))
            {
                var concerned = Of(_events, name);
                concerned.Aggregates = [.. concerned.Aggregates, aggregate];
            }
        }
        IndexSegments();
        IndexStarts(catalogue);
    }

    /// <summary>By level, then name.</summary>
    public CompiledSegment[] Segments { get; }
    /// <summary>Those to look at when a contact is new.</summary>
    public int[] AtCreation { get; }

    public Concerned? Event(string name) => _events.GetValueOrDefault(name);
    public AggregateDefinition? Aggregate(AggregateId id) => _aggregates.GetValueOrDefault(id);
    public LiveJourney? Journey(JourneyId id) => _journeys.GetValueOrDefault(id);
    /// <summary>Whether a property drives any journey: else nobody asks where contacts belong.</summary>
    public bool HasStages { get; private set; }
    /// <summary>Whether the publisher of any version moved those inside: else nobody asks who stands in an older one.</summary>
    public bool MovesPeople { get; private set; }
    /// <summary>Whether a starting point or a wait of any journey listens for the end of this one.</summary>
    public bool HearsEndOf(JourneyId id) => _endsHeard.Contains(id.Value);
    /// <summary>Whether any condition asks where contacts stand in this journey.</summary>
    public bool HearsPositionsOf(JourneyId id) => _positionsHeard.Count > 0 && _positionsHeard.Contains(id.Value);
    /// <summary>Whether any starting point waits for nothing to happen: else nobody looks at events for it.</summary>
    public bool Watches { get; private set; }
    /// <summary>Starting points that hear of every message that was sent: mostly none.</summary>
    public IReadOnlyList<StartAt> Sent => _sent;
    /// <summary>All starting points at a moment of each contact's own.</summary>
    public IReadOnlyList<StartAt> Dates => _dates;
    /// <summary>The starting point on a date, by schedule, for what is abandoned, or for current ones, with this key; null: no live journey has it.</summary>
    public StartAt? TimedStart((JourneyId, string) key) => _timed.TryGetValue(key, out var at) ? at : null;
    public int PlaceOf(string segment) => _places.TryGetValue(segment, out var place) ? place : -1;

    public Concerned? Of(ContactChange change) => change switch
    {
        ContactChange.PropertySet set => _properties.GetValueOrDefault(set.Name),
        ContactChange.TagAdded added => _tags.GetValueOrDefault(added.Tag),
        ContactChange.TagRemoved removed => _tags.GetValueOrDefault(removed.Tag),
        ContactChange.ListJoined joined => _lists.GetValueOrDefault(joined.List),
        ContactChange.ListLeft left => _lists.GetValueOrDefault(left.List),
        ContactChange.SegmentEntered entered => _segments.GetValueOrDefault(entered.Segment),
        ContactChange.SegmentLeft left => _segments.GetValueOrDefault(left.Segment),
        ContactChange.ConsentChanged => _consent,
        ContactChange.JourneyLeft left => _ends.GetValueOrDefault(left.Journey.Value),
        ContactChange.JourneyMoved moved => _positions.GetValueOrDefault(moved.Journey.Value),
        _ => null,
    };

    void IndexSegments()
    {
        var listening = new Dictionary<Concerned, List<int>>();
        for (var place = 0; place < Segments.Length; place++)
            foreach (var concerned in OfAll(Segments[place].Condition.Dependencies))
                Add(listening, concerned, place);
        foreach (var (concerned, places) in listening)
            concerned.Segments = [.. places];
    }

    void IndexStarts(Catalogue catalogue)
    {
        var listening = new Dictionary<Concerned, List<StartAt>>();
        var dated = new Dictionary<Concerned, List<StartAt>>();
        var watching = new Dictionary<Concerned, List<StartAt>>();
        for (var place = 0; place < catalogue.Journeys.Length; place++)
        {
            var journey = catalogue.Journeys[place];
            _journeys[journey.Id] = journey;
            foreach (var version in journey.Versions.Values)
            {
                HasStages |= version.Stages is not null;
                MovesPeople |= !version.People.IsEmpty;
                foreach (var point in version.Points)
                {
                    _endsHeard.UnionWith(point.Hears.Journeys);
                    _positionsHeard.UnionWith(point.Hears.Positions);
                }
                if (version.Goal is { } goal)
                    _positionsHeard.UnionWith(goal.Dependencies.Positions);
                foreach (var exit in version.Exits)
                    _positionsHeard.UnionWith(exit.Condition.Dependencies.Positions);
            }
            // A draft, a filling, an ended or an archived journey does not listen; what is paused refuses with a reason.
            if (journey.Status is not (JourneyStatus.Live or JourneyStatus.Paused) || !journey.Versions.TryGetValue(journey.Newest, out var plan))
                continue;
            for (var start = 0; start < plan.Starts.Length; start++)
            {
                foreach (var concerned in OfAll(plan.Starts[start].Hears))
                    Add(listening, concerned, new StartAt(place, start));
                if (plan.Starts[start] is { Date: not null } or { Schedule: not null } or { Abandonment: not null } or { Current: not null } or { Sent: not null })
                    _timed[(journey.Id, plan.Starts[start].Id)] = new(place, start);
                foreach (var name in plan.Starts[start].Abandonment?.Events ?? [])
                    Add(watching, Of(_events, name), new StartAt(place, start));
                if (plan.Starts[start].Sent is { } messages)
                {
                    _sent.Add(new(place, start));
                    foreach (var name in messages.Answers)
                        Add(watching, Of(_events, name), new StartAt(place, start));
                }
                if (plan.Starts[start].Date is not { } date)
                    continue;
                _dates.Add(new(place, start));
                foreach (var property in date.Properties)
                    Add(dated, Of(_properties, property), new StartAt(place, start));
                foreach (var name in date.Events)
                    Add(dated, Of(_events, name), new StartAt(place, start));
            }
        }
        _endsHeard.UnionWith(_ends.Keys);
        _positionsHeard.UnionWith(_positions.Keys);
        foreach (var (concerned, starts) in listening)
            concerned.Starts = [.. starts];
        foreach (var (concerned, starts) in dated)
            concerned.Dates = [.. starts];
        foreach (var (concerned, starts) in watching)
            concerned.Abandons = [.. starts];
        Watches = watching.Count > 0;
    }

    IEnumerable<Concerned> OfAll(Dependencies dependencies) =>
        dependencies.Events.Select(name => Of(_events, name))
            .Concat(dependencies.Properties.Select(name => Of(_properties, name)))
            .Concat(dependencies.Tags.Select(name => Of(_tags, name)))
            .Concat(dependencies.Lists.Select(name => Of(_lists, name)))
            .Concat(dependencies.Segments.Select(name => Of(_segments, name)))
            .Concat(dependencies.Journeys.Select(name => Of(_ends, name)))
            .Concat(dependencies.Positions.Select(name => Of(_positions, name)))
            .Concat(dependencies.Consent ? [_consent] : []);

    static Concerned Of(Dictionary<string, Concerned> index, string name) =>
        index.TryGetValue(name, out var concerned) ? concerned : index[name] = new();

    static void Add<T>(Dictionary<Concerned, List<T>> listening, Concerned concerned, T listener)
    {
        if (!listening.TryGetValue(concerned, out var list))
            listening[concerned] = list = [];
        list.Add(listener);
    }
}
