using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

/// <summary>A journey as its partition sees it now: the versions that somebody may be in, and the dials (Semantics 6.3).</summary>
/// <param name="Newest">The version that new entries take.</param>
/// <param name="Versions">Compiled plans by version; those with nobody inside may be left out.</param>
public sealed record LiveJourney(JourneyId Id, int Priority, JourneyStatus Status, int Newest, ImmutableDictionary<int, JourneyPlan> Versions, JourneyDials Dials)
{
    /// <summary>What was decided of its experiments.</summary>
    public ImmutableArray<ExperimentWinner> Winners { get; init; } = [];

    /// <summary>How many may enter in a time: as the newest version says, or as was set since; null: as many as come.</summary>
    public EntryRate? EntryRate => Versions.GetValueOrDefault(Newest)?.EntryRate is var published && Dials.Rate is { } dial && dial.Of == published ? dial.Rate : published;

    /// <summary>The points of its newest version where something is measured.</summary>
    public IEnumerable<PlanPoint> Experiments => Versions.TryGetValue(Newest, out var plan) ? plan.Points.Where(point => point.Experiment is not null) : [];

    /// <summary>Up to when its experiments were looked at.</summary>
    public Instant JudgedUpTo { get; init; }

    /// <summary>The next full hour at which the engine may choose a winner that is still to be chosen; null: none is. An hour more costs nobody anything, and figures are read rarely.</summary>
    public Instant? NextJudgement => JudgedFrom is { } from ? JudgedUpTo < from ? FullHour(from) : FullHour(JudgedUpTo + Duration.Epsilon) : null;

    /// <summary>The first full hour that is not before this.</summary>
    public static Instant FullHour(Instant at)
    {
        var hour = Duration.FromHours(1);
        var over = (at - NodaConstants.UnixEpoch).ToInt64Nanoseconds() % hour.ToInt64Nanoseconds();
        return over == 0 ? at : at + hour - Duration.FromNanoseconds(over);
    }

    Instant? JudgedFrom => Status is JourneyStatus.Live or JourneyStatus.Paused
        ? Experiments.Where(point => point.Experiment!.Automatic && !Winners.Any(winner => winner.Point == point.Id && winner.Trial == point.Experiment.Trial)).Select(point => BeganAt(point.Id, point.Experiment!.Trial) + point.Experiment.Rules.LeastTime).Min(at => (Instant?)at)
        : null;

    /// <summary>When the first version that measures the same at this point was published.</summary>
    public Instant BeganAt(string point, uint trial)
    {
        var began = Instant.MaxValue;
        foreach (var version in Versions.Values)
            if (version.IndexOf(point) is >= 0 and var index && version.Points[index].Experiment?.Trial == trial)
                began = Instant.Min(began, version.PublishedAt);
        return began;
    }

    /// <summary>The path that later arrivals take at this point of an experiment; null: there is no winner.</summary>
    public string? WinnerAt(string point, uint trial)
    {
        foreach (var winner in Winners)
            if (winner.Trial == trial && winner.Point == point)
                return winner.Path;
        return null;
    }

    /// <summary>Moments of its schedules up to this have come, or were before it went live (Semantics 6.12).</summary>
    public Instant ScheduledUpTo { get; init; }

    /// <summary>Of which starting points those of whom they were true already have been taken in, by <see cref="PlanStart.CurrentKey"/> (Semantics 6.10).</summary>
    public ImmutableHashSet<string> CurrentTaken { get; init; } = [];

    /// <summary>The next moment of a starting point of its newest version that brings many in at once; null: it has none, or none comes.</summary>
    public Instant? NextOccurrence => Sweeping.Select(MomentOf).Min();

    /// <summary>Starting points of which a moment has come by now. Those that were missed are caught up once, however many.</summary>
    public IReadOnlyList<PlanStart> Occurring(Instant now) => [.. Sweeping.Where(start => MomentOf(start) <= now)];

    /// <summary>From when on whoever comes in by a stimulus is none of the current ones any more: the going live of the first version that took them in, not before the journey's start (Semantics 6.10).</summary>
    public Instant CurrentFrom(PlanStart start)
    {
        var from = Versions[Newest].PublishedAt;
        for (var version = Newest - 1; version > 0 && Versions.TryGetValue(version, out var plan) && plan.Starts.Any(one => one.CurrentKey == start.CurrentKey); version--)
            from = plan.PublishedAt;
        return Versions[Newest].StartsAt is { } begins && begins > from ? begins : from;
    }

    // One or the other, by Sweeping. Those who are there are asked but once: while nobody may come in they wait for it.
    Instant? MomentOf(PlanStart start) => start.Schedule is { } schedule ? schedule.Next(From) : Status == JourneyStatus.Paused || CurrentTaken.Contains(start.CurrentKey!) ? null : CurrentFrom(start);

    IEnumerable<PlanStart> Sweeping => Status is JourneyStatus.Live or JourneyStatus.Paused && Versions.TryGetValue(Newest, out var plan) ? plan.Starts.Where(start => start.Schedule is not null || start.CurrentKey is not null) : [];

    // One at the very start counts.
    Instant From => Versions[Newest].StartsAt is { } start && start > ScheduledUpTo ? start - Duration.Epsilon : ScheduledUpTo;
}

/// <summary>The numbers are stored.</summary>
public enum JourneyStatus : byte
{
    Draft = 0,
    /// <summary>Published; a memory that its conditions need is being filled (Semantics 7.7).</summary>
    Filling = 1,
    Live = 2,
    Paused = 3,
    Ended = 4,
    Archived = 5,
}

/// <summary>What may vary while a version runs; changed by control entries only.</summary>
/// <param name="PausedAt">When the pause began; null while it runs.</param>
/// <param name="RunOn">The pause's policy: false = freeze (default), true = clocks run on (Semantics 8.2).</param>
/// <param name="Frozen">How long the journey was frozen in all pauses that are over: elapsed waits are due in wall time less this.</param>
public sealed record JourneyDials(Instant? PausedAt, bool RunOn, Duration Frozen)
{
    public static JourneyDials Running { get; } = new(null, false, Duration.Zero);

    /// <summary>When it pauses by itself, while it runs; null: when somebody says so. <see cref="RunOn"/> and <see cref="ResumesAt"/> are then those of that pause.</summary>
    public Instant? PausesAt { get; init; }

    /// <summary>When a pause ends by itself; null: when somebody says so.</summary>
    public Instant? ResumesAt { get; init; }

    /// <summary>Ids of points that are paused on their own (Semantics 8.3).</summary>
    public ImmutableHashSet<string> HeldPoints { get; init; } = [];

    /// <summary>Shares of splits that were set while it runs, by point.</summary>
    public ImmutableDictionary<string, ShareDial> Shares { get; init; } = ImmutableDictionary<string, ShareDial>.Empty;

    /// <summary>The entry rate that was set while it runs; null: none was.</summary>
    public RateDial? Rate { get; init; }

    /// <summary>What was set in the place of these shares; null: nothing, and they hold.</summary>
    public ShareDial? SharesAt(string point, uint fingerprint) => !Shares.IsEmpty && Shares.TryGetValue(point, out var dial) && dial.Of == fingerprint ? dial : null;

    /// <summary>Whether nobody passes this point now.</summary>
    public bool Holds(string point) => !HeldPoints.IsEmpty && HeldPoints.Contains(point);

    /// <summary>Wall time to journey time.</summary>
    public Instant ToJourneyTime(Instant wall) => (PausedAt is { } since && !RunOn ? (wall < since ? wall : since) : wall) - Frozen;

    /// <summary>Journey time to wall time, as long as the journey is not paused again.</summary>
    public Instant ToWallTime(Instant journey) => journey + Frozen;
}

/// <summary>A segment as compiled.</summary>
/// <param name="Level">0 when it names no segment, else one more than the highest that it names (Semantics 7.5).</param>
/// <param name="DefaultMember">Whether a contact of whom nothing is known is a member.</param>
/// <param name="Filling">Its first fill is running: membership is decided by the fill, contact by contact; live stimuli keep memory and the membership of contacts decided already.</param>
public sealed record CompiledSegment(string Name, int Version, CompiledCondition Condition, int Level, bool DefaultMember, bool Filling);

/// <summary>What unknown consent means on a topic (setting of the topic; the default is <see cref="NeedsGiven"/>).</summary>
public enum UnknownConsent : byte
{
    NeedsGiven = 0,
    UnlessRefused = 1,
}

public sealed record Topic(string Name, UnknownConsent WhenUnknown);

/// <summary>The limits of Semantics 16 that the machine itself keeps.</summary>
public sealed record MachineLimits
{
    public int StepsPerBurst { get; init; } = 1_000;
    public int VisitsPerPoint { get; init; } = 100;
    public int DerivedDepth { get; init; } = 16;
    public int EntriesPerDay { get; init; } = 100;
    public int EnrolmentsInProgress { get; init; } = 200;
    /// <summary>How many failed enrolments of a contact can be put back: the newest.</summary>
    public int FailedKept { get; init; } = 20;
    /// <summary>For how long they can.</summary>
    public Duration FailedKeptFor { get; init; } = Duration.FromDays(90);
    public int PropertiesPerContact { get; init; } = 1_000;
    /// <summary>Of a contact's properties, names and texts (Semantics 16.1).</summary>
    public int ContactBytes { get; init; } = 65_536;
    /// <summary>Single events that a contact's memory keeps in all: 256 KB at about 16 bytes each (Semantics 16.1).</summary>
    public int MemoryItems { get; init; } = 16_384;
    public int JourneyDataBytes { get; init; } = 65_536;
    /// <summary>Older than this when received is late (Semantics 2.3).</summary>
    public Duration LateAfter { get; init; } = Duration.FromHours(24);
}

/// <summary>Everything that a burst knows besides its contact: an immutable snapshot, changed at control entries only.</summary>
/// <remarks>Built by <c>CatalogueBuilder</c>. The indexes make cost follow the listeners, not the number of journeys and segments (Semantics 7.3).</remarks>
public sealed partial class Catalogue
{
    public required long Revision { get; init; }
    /// <summary>By priority (higher first), then id: the order in which starting points are tried (Semantics 3.1).</summary>
    public required ImmutableArray<LiveJourney> Journeys { get; init; }
    public required ImmutableArray<CompiledSegment> Segments { get; init; }
    public required ImmutableDictionary<string, Topic> Topics { get; init; }
    /// <summary>Frequency caps, for all journeys alike.</summary>
    public ImmutableArray<FrequencyCap> Caps { get; init; } = [];
    /// <summary>Quiet hours, likewise.</summary>
    public QuietHours Quiet { get; init; } = QuietHours.None;
    /// <summary>Pools of codes, by name.</summary>
    public ImmutableDictionary<string, CouponPool> Pools { get; init; } = ImmutableDictionary<string, CouponPool>.Empty;
    /// <summary>Declared actions, by name.</summary>
    public ImmutableDictionary<string, CustomAction> Actions { get; init; } = ImmutableDictionary<string, CustomAction>.Empty;
    /// <summary>Teams of users, by name.</summary>
    public ImmutableDictionary<string, Team> Teams { get; init; } = ImmutableDictionary<string, Team>.Empty;
    /// <summary>All journeys that there are, live or not; null: not known.</summary>
    public ImmutableHashSet<JourneyId>? Existing { get; init; }
    public MachineLimits Limits { get; init; } = new();
    /// <summary>The installation's zone, for conditions outside a journey.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
    /// <summary>Aggregates that are kept: those of live segments and journeys and of fills under way.</summary>
    public required ImmutableArray<AggregateDefinition> Aggregates { get; init; }

    /// <summary>The same installation with these journeys alone, which need not be live: to see ahead what they would do.</summary>
    public Catalogue With(ImmutableArray<LiveJourney> only) =>
        new()
        {
            Revision = Revision,
            Journeys = only,
            Segments = Segments,
            Topics = Topics,
            Caps = Caps,
            Quiet = Quiet,
            Pools = Pools,
            Actions = Actions,
            Teams = Teams,
            Existing = Existing,
            Limits = Limits,
            Zone = Zone,
            Aggregates = [.. Aggregates.Concat(only.SelectMany(journey => journey.Versions.Values).SelectMany(plan => plan.Aggregates)).DistinctBy(aggregate => aggregate.Id).OrderBy(aggregate => aggregate.Id.Value)],
        };
}
