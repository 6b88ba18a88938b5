using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Engine.Catalogues;

/// <summary>Kinds of documents that the catalogue keeps.</summary>
public static class DocumentKinds
{
    public const string Journey = "journey";
    /// <summary>Ids are <c>journey/version</c>.</summary>
    public const string JourneyVersion = "journey-version";
    /// <summary>How far the schedules of a journey have come; ids are those of journeys.</summary>
    public const string JourneySchedule = "journey-schedule";
    /// <summary>What was decided of a journey's experiments; ids are those of journeys.</summary>
    public const string JourneyWinners = "journey-winners";
    /// <summary>What was set of a journey while it runs; ids are those of journeys.</summary>
    public const string JourneyDials = "journey-dials";
    /// <summary>Up to when a journey's experiments were looked at; ids are those of journeys.</summary>
    public const string JourneyJudged = "journey-judged";
    public const string Segment = "segment";
    public const string Content = "content";
    /// <summary>Contents as journeys have pinned them; ids are <c>content/version</c>. They never change.</summary>
    public const string ContentVersion = "content-version";
    public const string Property = "property";
    public const string Topic = "topic";
    public const string List = "list";
    /// <summary>Declared actions.</summary>
    public const string Action = "action";
    /// <summary>Frequency caps.</summary>
    public const string Cap = "cap";
    /// <summary>Quiet hours.</summary>
    public const string Quiet = "quiet";
    /// <summary>Calendars of public holidays; ids are country codes.</summary>
    public const string Holidays = "holiday-calendar";
    /// <summary>Pools of coupon codes.</summary>
    public const string Pool = "coupon-pool";
    /// <summary>What the installation has set, by name; kept beside the catalogue.</summary>
    public const string Setting = "setting";
    /// <summary>Of the settings: whether publishing needs two people, and which teams may approve.</summary>
    public const string ApprovalSetting = "approval";
    /// <summary>Teams of users.</summary>
    public const string Team = "team";
    /// <summary>Ids are the e-mail addresses of those who sign in.</summary>
    public const string UserAddress = "user-address";
    /// <summary>Ids are the names under which secrets are stored.</summary>
    public const string Secret = "secret";
    /// <summary>Whether messages are handed over at all: <c>state</c> (Semantics 12.3).</summary>
    public const string Sending = "sending";
    /// <summary>The catalogue's own: <c>state</c>.</summary>
    public const string Catalogue = "catalogue";
    /// <summary>That a contact was erased; ids are those of contacts. They stay, so that a backup from before can be put right (Semantics 12.2).</summary>
    public const string Erasure = "erasure";
    /// <summary>Erased contacts of which rows are left.</summary>
    public const string Erasing = "erasing";
}

/// <summary>A journey's document: the draft as its author wrote it, and where the journey stands.</summary>
/// <param name="Pending">A version that waits for its memory to be filled; 0: none.</param>
/// <param name="RunOn">Of its pause, or of the one that is set.</param>
/// <param name="ResumesAt">When its pause, or the one that is set, ends by itself: microseconds; null: when somebody says so.</param>
/// <param name="HeldPoints">Points that are paused on their own; null: none.</param>
/// <param name="PausesAt">When it pauses by itself: microseconds; null: when somebody says so.</param>
sealed record JourneyRecord(
    JsonElement Definition, JourneyStatus Status, int Live, int Pending, bool Changed, long? PausedAt, bool RunOn, long FrozenMicroseconds, long? PublishedAt, long? EndedAt,
    long? ResumesAt = null, IReadOnlyList<string>? HeldPoints = null, long? PausesAt = null);

/// <param name="People">What became of those inside; null: all were kept.</param>
/// <param name="Contents">The versions of the contents that it pins; null: it pins none.</param>
sealed record JourneyVersionRecord(JsonElement Definition, int Version, int Semantics, long PublishedAt, string? By = null, string? Note = null, IReadOnlyList<PeopleRule>? People = null, IReadOnlyDictionary<string, int>? Contents = null);

/// <summary>A pool of codes as kept.</summary>
/// <param name="Secret">What makes codes hard to guess; of a pattern only, and told to nobody.</param>
/// <param name="Stock">How many were uploaded in all.</param>
sealed record PoolRecord(string Name, string? Title, string? Pattern, string? Secret, long Stock, long WarnBelow, string? ExpiresAt, string? ExpiresAfter);

/// <param name="UpTo">Moments up to this have come, or have been judged: microseconds.</param>
/// <param name="Current">Starting points whose current ones were taken in, and when: microseconds; null: none.</param>
sealed record ScheduleRecord(long UpTo, IReadOnlyDictionary<string, long>? Current = null);

/// <param name="Winners">One a point that has or had one.</param>
sealed record WinnersRecord(IReadOnlyList<WinnerRecord> Winners);

/// <param name="Path">Null: taken back.</param>
/// <param name="At">Microseconds.</param>
/// <param name="By">Null: the engine.</param>
sealed record WinnerRecord(string Point, uint Trial, string? Path, long At, string? By);

/// <param name="Changes">All that was set, oldest first; the oldest that no longer hold are dropped beyond a number.</param>
sealed record DialsRecord(IReadOnlyList<DialRecord> Changes);

/// <param name="At">Microseconds.</param>
/// <param name="Version">The newest when it was set.</param>
/// <param name="Point">Of a split; null: the entry rate.</param>
/// <param name="Of">Of a split: the fingerprint of what it takes the place of.</param>
/// <param name="OfRate">Of the entry rate: what it takes the place of; null: none.</param>
sealed record DialRecord(long At, string? By, int Version, string? Point, uint Of = 0, IReadOnlyList<PathShare>? Paths = null, EntryRateSetting? OfRate = null, EntryRateSetting? Rate = null);

/// <param name="Condition">The condition in force.</param>
/// <param name="Next">The condition of a new version that is being filled; null: none.</param>
/// <param name="Stage">0 live; 1 gathering memory; 2 deciding members.</param>
sealed record SegmentRecord(string Name, string? Description, JsonElement Condition, JsonElement? Next, int Version, int Stage);

/// <param name="Revision">Rises with each change of anything that is in force.</param>
/// <param name="Generations">Aggregates that are kept, by id in hexadecimal, with the generation in which each was adopted.</param>
/// <param name="Zones">The version of the time-zone database by which local times were reckoned last.</param>
sealed record CatalogueRecord(long Revision, Dictionary<string, int> Generations, string? Zones = null);

/// <summary>The last change of a catalogue whose partitions processes share.</summary>
/// <param name="From">The least sequence of its control entries: a partition whose cursor is not below it has passed the change.</param>
/// <param name="Kind">Of the document that it changed; empty: none.</param>
/// <param name="Before">That document as it was; null: there was none.</param>
sealed record ChangeRecord(long Revision, long From, string Kind, string Id, JsonElement? Before);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JourneyRecord))]
[JsonSerializable(typeof(JourneyVersionRecord))]
[JsonSerializable(typeof(ScheduleRecord))]
[JsonSerializable(typeof(WinnersRecord))]
[JsonSerializable(typeof(DialsRecord))]
[JsonSerializable(typeof(SegmentRecord))]
[JsonSerializable(typeof(CatalogueRecord))]
[JsonSerializable(typeof(ChangeRecord))]
[JsonSerializable(typeof(PoolRecord))]
[JsonSerializable(typeof(SendingRecord))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(PropertyRecord))]
[JsonSerializable(typeof(TopicRecord))]
[JsonSerializable(typeof(ListRecord))]
[JsonSerializable(typeof(ActionRecord))]
[JsonSerializable(typeof(TeamRecord))]
[JsonSerializable(typeof(ApprovalRecord))]
sealed partial class CatalogueJson : JsonSerializerContext;

/// <param name="Type">text, number, boolean, date, dateTime, choice, choices; absent or any: as sent.</param>
sealed record PropertyRecord(string? Name, string? Type, IReadOnlyList<string>? Choices, bool Public, bool Unique);

/// <param name="WhenUnknown">needsGiven (default) or unlessRefused.</param>
sealed record TopicRecord(string? Name, string? Title, string? WhenUnknown);

/// <param name="Default">Null: there is none.</param>
sealed record ActionInputRecord(string? Name, ActionInputType Type, bool Required, JsonElement? Default, IReadOnlyList<string>? Choices);

sealed record ActionOutputRecord(string? Name, string? From);

/// <param name="Url">Fields may stand after the host: of the contact, and of the inputs as <c>{{input.name}}</c>.</param>
sealed record ActionRecord(
    string? Title, WebhookMethod Method, string? Url, IReadOnlyList<WebhookHeader>? Headers, JsonElement? Body, string? SignWith, IReadOnlyList<ActionInputRecord>? Inputs, IReadOnlyList<ActionOutputRecord>? Outputs);

sealed record ListRecord(string? Name, string? Title);

/// <param name="Teams">Whose members may approve.</param>
sealed record ApprovalRecord(IReadOnlyList<string>? Teams);

sealed record TeamRecord(string Name, IReadOnlyList<string> Members);
