using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Engine.Ports;

namespace Parcours.Work;

/// <summary>Where a bulk order stands.</summary>
public enum BulkStatus
{
    Running = 0,
    Done = 1,
    /// <summary>Somebody stopped it; what was done stays.</summary>
    Stopped = 2,
    Failed = 3,
}

/// <summary>What shall be done to each contact.</summary>
/// <param name="EnterJourney">The journey that each enters, as by hand.</param>
/// <param name="Archive">True archives each, false brings each back.</param>
/// <param name="Erase">Takes each away for good (Semantics 12.1); alone.</param>
/// <param name="EnterData">What the journey is to know: one object, the same for all.</param>
public sealed record BulkDeed(
    IReadOnlyList<string>? AddTags = null, IReadOnlyList<string>? RemoveTags = null, IReadOnlyList<string>? AddLists = null, IReadOnlyList<string>? RemoveLists = null,
    IReadOnlyDictionary<string, JsonElement>? Set = null, string? EnterJourney = null, JsonElement? EnterData = null, bool? Archive = null, bool? Erase = null)
{
    [JsonIgnore]
    public bool IsEmpty => !HasEdits && EnterJourney is null && Erase != true;

    [JsonIgnore]
    public bool HasEdits => AddTags is { Count: > 0 } || RemoveTags is { Count: > 0 } || AddLists is { Count: > 0 } || RemoveLists is { Count: > 0 } || Set is { Count: > 0 } || Archive is not null;
}

/// <summary>Whoever waits at a point shall be put to another, or taken out (Semantics 8.8).</summary>
/// <param name="To">Where they go; null: out of the journey.</param>
/// <param name="At">Who came there later is not taken.</param>
/// <param name="Bar">Whether who is taken out is kept out from now on.</param>
public sealed record QueueDeed(string Journey, string Point, string? To, DateTimeOffset At, string? Reason = null, bool Bar = false);

/// <summary>Whoever failed in a journey shall go on where it stood (Semantics 3.8).</summary>
/// <param name="Point">Those whose step failed there; null: all.</param>
/// <param name="Live">In the version that is live, where that has the point; else in their own.</param>
/// <param name="At">Who failed later is not taken.</param>
/// <param name="After">Who was looked at last.</param>
public sealed record FailedDeed(string Journey, string? Point, bool Live, DateTimeOffset At, FailedCursor? After = null);

/// <summary>A bulk order as it is kept: its cursor moves in the transaction that does the deeds, so that a restart goes on and nobody is taken twice (Semantics 8.8).</summary>
/// <param name="Ids">Of whom; null: of all for whom the condition holds.</param>
/// <param name="UpTo">The newest contact when it was ordered: late-comers are not taken.</param>
/// <param name="Cursor">With ids: how many are through. Else: the number of the contact looked at last, going down.</param>
/// <param name="Looked">How many were looked at.</param>
/// <param name="Refused">Deeds that were refused, by code.</param>
/// <param name="Archived">With a condition or a search: only those that are archived, or only those that are not; null: both.</param>
/// <param name="Queue">Of who waits at a point; then the cursor goes up.</param>
/// <param name="Failed">Of who failed; it has a cursor of its own.</param>
public sealed record BulkOrder(
    string Id, BulkDeed Do, IReadOnlyList<Guid>? Ids, JsonElement? Condition, string? Search, long UpTo, long Cursor, long Looked, long Total, long Done, IReadOnlyDictionary<string, long> Refused,
    BulkStatus Status, string? Why, string? By, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, bool? Archived = null, QueueDeed? Queue = null, FailedDeed? Failed = null)
{
    public const string DocumentKind = "bulk-order";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BulkOrder))]
sealed partial class BulkJson : JsonSerializerContext;
