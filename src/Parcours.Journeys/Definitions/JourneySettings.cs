using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Definitions;

/// <summary>What holds for a whole journey.</summary>
public sealed record JourneySettings
{
    [Description("Who may enter; without it, everybody. Eligibility alone brings nobody in.")]
    public Condition? Eligibility { get; init; }

    [Description("Who may not enter.")]
    public Condition? Exclusions { get; init; }

    [Description("Nothing enters before this instant.")]
    public Instant? StartsAt { get; init; }

    [Description("At this instant the whole journey ends: whoever is inside leaves, exited.")]
    public Instant? EndsAt { get; init; }

    [Description("An IANA time zone for local times and calendar days; without it, the installation's.")]
    public string? TimeZone { get; init; }

    [Description("Whether a contact who was inside may come again; without it, never.")]
    public ReEntrySetting? ReEntry { get; init; }

    [Description("How many may enter in a time; whoever comes beyond waits at the starting point, in order of arrival. Without it, as many as come.")]
    public EntryRateSetting? EntryRate { get; init; }

    [Description("Who would come in while the journey is paused: refuse (without it), or queue, which lets them in to wait before the first point until it goes on.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public EntryWhilePaused WhilePaused { get; init; }

    [Description("A property of the starting event: a contact may be inside once for each of its values.")]
    public string? EventKey { get; init; }

    [Description("Journeys with a higher number are served first by one stimulus; 0 without it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Priority { get; init; }

    [Description("A contact property that drives the journey: each stage and each end names values of it, and a new value, from anywhere, moves the contact there.")]
    public string? StageProperty { get; init; }

    [Description("How many rules and actions a stage has at most, from 1 to 500; 200 without it.")]
    public int? StageMost { get; init; }

    [Description("What e-mails of this journey are, where their point does not say.")]
    public EmailDefaults? Email { get; init; }

    [Description("Once it holds, the enrolment ends successful.")]
    public Condition? Goal { get; init; }

    [Description("Ways out at any point: once one holds, the enrolment ends exited, with the exit's name as the reason.")]
    public IReadOnlyList<ExitSetting>? Exits { get; init; }
}

/// <summary>Whether a contact who was inside may come again (Semantics 6.9).</summary>
public sealed record ReEntrySetting
{
    [Description("never; afterLeaving; afterInterval, counted from the last entry; always, which takes the contact from where it stands and begins anew.")]
    public required ReEntry Kind { get; init; }

    [Description("With afterInterval: how long after the last entry, ISO 8601 (days of 24 h).")]
    public Duration? Interval { get; init; }
}

/// <summary>In which time the entries of a journey are counted.</summary>
public enum RatePeriod
{
    Minute = 0,
    Hour = 1,
    Day = 2,
}

/// <summary>What becomes of who would come in while the journey is paused (Semantics 8.3).</summary>
public enum EntryWhilePaused
{
    Refuse = 0,
    Queue = 1,
}

/// <summary>How many may enter a journey in a time (Semantics 9.3).</summary>
public sealed record EntryRateSetting
{
    [Description("How many at most, from 1 to 1,000,000; they are spread evenly over the time.")]
    public required int Most { get; init; }

    [Description("minute, hour or day (24 h).")]
    public required RatePeriod Per { get; init; }

    public static EntryRateSetting? Of(EntryRate? rate) => rate is null ? null : new()
    {
        Most = rate.Most,
        Per = rate.Per == Duration.FromMinutes(1) ? RatePeriod.Minute : rate.Per == Duration.FromHours(1) ? RatePeriod.Hour : RatePeriod.Day,
    };

    public EntryRate ToRate() => new(Most, Per switch
    {
        RatePeriod.Minute => Duration.FromMinutes(1),
        RatePeriod.Hour => Duration.FromHours(1),
        _ => Duration.FromDays(1),
    });
}

/// <summary>A way out at any point.</summary>
public sealed record ExitSetting
{
    [Description("What the end of an enrolment says as its reason.")]
    public required string Name { get; init; }

    [Description("When to leave.")]
    public required Condition When { get; init; }
}

/// <summary>What a journey's e-mails are, where their point does not say.</summary>
public sealed record EmailDefaults
{
    [Description("The topic whose consent counts.")]
    public string? Topic { get; init; }

    [Description("marketing asks consent and carries an unsubscribe link; transactional does neither.")]
    public MessagePurpose? Purpose { get; init; }

    [Description("How long a message may wait, from the arrival at its point, until it is handed over: ISO 8601.")]
    public Duration? ExpiresAfter { get; init; }

    [Description("When e-mails may leave; without it, at any time.")]
    public SendWindowSetting? Window { get; init; }

    [Description("What to do in quiet hours of the installation: wait (without it) until they are over, or skip.")]
    public OutsideWindow? WhenQuiet { get; init; }

    [Description("What to do when a frequency cap of the installation lets no more through: wait (without it) or skip.")]
    public WhenCapped? WhenCapped { get; init; }

    [Description("Whether it is noticed that mails are opened; true without it, unless the content or the installation has it off.")]
    public bool? TrackOpens { get; init; }

    [Description("Whether it is noticed that links in mails are followed; true without it, unless the content or the installation has it off.")]
    public bool? TrackClicks { get; init; }

    [Description("Whether contents are sent as they were when this version of the journey was published; without it, as they are live when a mail leaves.")]
    public bool? Pinned { get; init; }
}
