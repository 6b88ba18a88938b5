using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>A journey with its figures.</summary>
/// <param name="Version">The newest published version; 0: never published.</param>
/// <param name="Changed">The draft differs from that version.</param>
sealed record JourneyView(
    string Id, string Name, string? Description, JourneyStatus Status, int Version, bool Changed, long Revision,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? PublishedAt, DateTimeOffset? PausedAt, DateTimeOffset? EndedAt, JourneyFigures? Figures)
{
    /// <summary>The draft: docs/journeys.md.</summary>
    public JsonElement? Definition { get; init; }

    /// <summary>Of what has just been done.</summary>
    public IReadOnlyList<ProblemReason>? Warnings { get; init; }

    /// <summary>Of a draft that has just been saved: everything that the check finds in it, errors too.</summary>
    public IReadOnlyList<ProblemReason>? Problems { get; init; }

    /// <summary>The pause that is set and has not begun.</summary>
    public ScheduledPauseBody? ScheduledPause { get; init; }

    /// <summary>When its pause ends by itself.</summary>
    public DateTimeOffset? ResumesAt { get; init; }

    /// <summary>Points that are paused on their own.</summary>
    public IReadOnlyList<string>? PausedPoints { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Who saved the draft last; null: not known, or a program.</summary>
    public string? UpdatedBy { get; init; }

    public static JourneyView Of(JourneyDocument journey, JourneyFigures? figures, JourneyMark? mark = null, bool whole = false) => new(
        journey.Id.Value, journey.Name, journey.Description, journey.Status, journey.Live, journey.Changed, journey.Revision,
        journey.CreatedAt.ToApi(), journey.UpdatedAt.ToApi(), journey.PublishedAt.ToApi(), journey.Dials.PausedAt.ToApi(), journey.EndedAt.ToApi(), figures)
    {
        Definition = whole ? RawJson.Of(journey.Definition) : null,
        ScheduledPause = journey.Dials.PausesAt is { } pauses ? new(pauses.ToApi(), journey.Dials.RunOn, journey.Dials.ResumesAt.ToApi()) : null,
        ResumesAt = journey.Dials.PausesAt is null ? journey.Dials.ResumesAt.ToApi() : null,
        PausedPoints = journey.Dials.HeldPoints.IsEmpty ? null : [.. journey.Dials.HeldPoints.Order(StringComparer.Ordinal)],
        Labels = mark?.Labels ?? [],
        UpdatedBy = mark?.UpdatedBy,
    };
}

/// <summary>A pause that begins by itself.</summary>
/// <param name="RunOn">Waits run on in it; else they freeze (Semantics 8.2).</param>
/// <param name="ResumesAt">When it ends by itself; without it, when somebody says so.</param>
sealed record ScheduledPauseBody(DateTimeOffset At, bool RunOn = false, DateTimeOffset? ResumesAt = null);

/// <param name="Completed">All that ended, whatever the outcome.</param>
sealed record JourneyFigures(long Started, long InProgress, long Completed, long Successful)
{
    public static JourneyFigures None { get; } = new(0, 0, 0, 0);

    public static IReadOnlyDictionary<JourneyId, JourneyFigures> ByJourney(IReadOnlyDictionary<CounterKey, long> started, IReadOnlyDictionary<CounterKey, long> ended)
    {
        var figures = new Dictionary<JourneyId, JourneyFigures>();
        foreach (var (key, count) in started)
            figures[key.Journey] = Get(key.Journey) with { Started = Get(key.Journey).Started + count };
        foreach (var (key, count) in ended)
            figures[key.Journey] = Get(key.Journey) with
            {
                Completed = Get(key.Journey).Completed + count,
                Successful = Get(key.Journey).Successful + (key.Edge == "successful" ? count : 0),
            };
        foreach (var (id, held) in figures.ToList())
            figures[id] = held with { InProgress = held.Started - held.Completed };
        return figures;

        JourneyFigures Get(JourneyId id) => figures.GetValueOrDefault(id, None);
    }

    public static async Task<IReadOnlyDictionary<JourneyId, JourneyFigures>> ReadAsync(IStoreQueries queries, JourneyId? journey, CancellationToken cancellationToken) =>
        ByJourney(await queries.CountersAsync(CounterKind.Started, journey, cancellationToken), await queries.CountersAsync(CounterKind.Ended, journey, cancellationToken));
}

/// <summary>What a journey has done, point by point (Semantics 11.1): started = in progress + ended; arrived = waiting + left.</summary>
/// <param name="InProgress">Who is inside; of one version only: who is inside on that version.</param>
/// <param name="Starts">Started, by starting point; those from before starting points were counted stand under the empty name.</param>
sealed record JourneyStatistics(
    DateTimeOffset AsOf, long Started, long InProgress, long Completed, IReadOnlyDictionary<string, long> Ended,
    IReadOnlyDictionary<string, long> Starts, IReadOnlyList<VersionStatistics> Versions, IReadOnlyList<PointStatistics> Points, IReadOnlyDictionary<string, long> Refused)
{
    /// <summary>Of a period: where it begins. In progress and waiting are those of now all the same.</summary>
    public DateTimeOffset? From { get; init; }
}

sealed record VersionStatistics(int Version, long Started, long MovedIn, long MovedOut, long InProgress, IReadOnlyDictionary<string, long> Ended);

/// <param name="Left">By the edge taken.</param>
/// <param name="Messages">decided, then sent, skipped, failed, in-doubt, cancelled, waiting, and delivered, opened, clicked, bounced, complained; null where the point sends none.</param>
sealed record PointStatistics(string Point, long Arrived, long Waiting, IReadOnlyDictionary<string, long> Left, IReadOnlyDictionary<string, long>? Messages)
{
    /// <summary>Of whom the step failed here, and who can still be put back (Semantics 3.8).</summary>
    public long Failed { get; init; }
}

/// <summary>A definition's problems.</summary>
/// <param name="Ok">No error; warnings do not count.</param>
sealed record CheckView(bool Ok, IReadOnlyList<ProblemReason> Problems);

/// <summary>Kept JSON inside an answer.</summary>
static class RawJson
{
    public static JsonElement? Of(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
