using Parcours.Api;
using Parcours.Engine;
using Parcours.Imports;
using Parcours.Journeys.Plans;

namespace Parcours.Work;

public enum WorkKind
{
    Import = 0,
    Segment = 1,
    Bulk = 2,
    /// <summary>A journey whose memory is gathered before it goes live (Semantics 7.7).</summary>
    Publish = 3,
}

public enum WorkStatus
{
    Running = 0,
    Done = 1,
    Failed = 2,
    Stopped = 3,
}

/// <summary>Something that goes on in the background.</summary>
/// <param name="Id">For stopping it.</param>
/// <param name="Name">The file, the segment, the journey; of a bulk order what it does.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Done">Rows, contacts; null where only the share is known.</param>
/// <param name="Code">Why it failed, or what of it was refused most; stable.</param>
/// <param name="Text">The same in words.</param>
sealed record WorkView(
    string Id, WorkKind Kind, string Name, WorkStatus Status, double Progress, long? Done, long? Total, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Code, string? Text, bool Stoppable, IReadOnlyDictionary<string, long>? Refused = null);

/// <summary>All background work in one list: imports, bulk orders, segments and journeys that fill.</summary>
sealed class WorkBoard(IEngine engine, ImportService imports, BulkService bulk, JourneyShelf shelf)
{
    const int EndedMax = 20, SegmentsMax = 1_000;

    /// <summary>What runs first, then the newest.</summary>
    public async Task<IReadOnlyList<WorkView>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<WorkView>();
        // A dry run changes nothing, and is looked at where it was asked for.
        all.AddRange((await imports.ListAsync(cancellationToken)).Where(import => !import.Wishes.DryRun).Select(Of));
        all.AddRange((await bulk.ListAsync(cancellationToken)).Select(Of));
        foreach (var segment in await engine.Catalogue.SegmentsAsync(null, SegmentsMax, cancellationToken))
            if (segment.Filling)
                all.Add(new($"segment-{segment.Name}", WorkKind.Segment, segment.Name, WorkStatus.Running, segment.Filled, null, null, segment.UpdatedAt.ToDateTimeOffset(), null, null, null, false));
        foreach (var journey in await shelf.AllAsync(cancellationToken))
            if (journey.Status == JourneyStatus.Filling)
                all.Add(new($"publish-{journey.Id}", WorkKind.Publish, journey.Name, WorkStatus.Running, 0, null, null, journey.UpdatedAt.ToDateTimeOffset(), null, null, null, false));
        var newest = all.OrderByDescending(work => work.StartedAt).ToList();
        return [.. newest.Where(work => work.Status == WorkStatus.Running), .. newest.Where(work => work.Status != WorkStatus.Running).Take(EndedMax)];
    }

    /// <returns>False: there is nothing of that name that could be stopped.</returns>
    public async Task<bool> StopAsync(string id, CancellationToken cancellationToken)
    {
        if (id.StartsWith("bulk-", StringComparison.Ordinal))
            return bulk.Stop(id["bulk-".Length..]);
        return id.StartsWith("import-", StringComparison.Ordinal) && await imports.CancelAsync(id["import-".Length..], cancellationToken) is not null;
    }

    static WorkView Of(ImportView import)
    {
        var status = import.Status switch
        {
            ImportStatus.Waiting or ImportStatus.Checking or ImportStatus.Importing => WorkStatus.Running,
            ImportStatus.Refused => WorkStatus.Failed,
            ImportStatus.Cancelled or ImportStatus.Interrupted => WorkStatus.Stopped,
            _ => WorkStatus.Done,
        };
        return new($"import-{import.Id}", WorkKind.Import, import.File, status, status == WorkStatus.Done ? 1 : import.Progress, import.Processed, import.Rows, import.CreatedAt, import.FinishedAt, import.Error?.Code, import.Error?.Text, status == WorkStatus.Running, import.Reasons.Count > 0 ? import.Reasons : null);
    }

    public static WorkView Of(BulkOrder order)
    {
        var status = order.Status switch
        {
            BulkStatus.Running => WorkStatus.Running,
            BulkStatus.Stopped => WorkStatus.Stopped,
            BulkStatus.Failed => WorkStatus.Failed,
            _ => WorkStatus.Done,
        };
        var looked = order.Ids is not null || order.Queue is not null || order.Failed is not null ? order.Total : order.UpTo;
        return new(
            $"bulk-{order.Id}", WorkKind.Bulk, order.Queue is { } queue ? NameOf(queue) : order.Failed is { } failed ? NameOf(failed) : NameOf(order.Do), status, status == WorkStatus.Done ? 1 : looked == 0 ? 0 : Math.Clamp((double)order.Looked / looked, 0, 1), order.Done, order.Ids?.Count, order.StartedAt, order.EndedAt,
            null, order.Why, status == WorkStatus.Running, order.Refused.Count > 0 ? order.Refused : null);
    }

    /// <summary>Codes, which the screens put into words: <c>addTags vip, addLists shop</c>.</summary>
    static string NameOf(BulkDeed deed) => string.Join(", ", new[]
    {
        Part("addTags", deed.AddTags), Part("removeTags", deed.RemoveTags), Part("addLists", deed.AddLists), Part("removeLists", deed.RemoveLists), Part("set", deed.Set?.Keys), deed.EnterJourney is { } journey ? $"enterJourney {journey}" : "",
    }.Where(part => part.Length > 0));

    static string NameOf(QueueDeed queue) => queue.To is { } to ? $"moveTo {to}" : "removeFrom " + queue.Point;

    static string NameOf(FailedDeed failed) => "putBack " + (failed.Point ?? failed.Journey);

    static string Part(string what, IEnumerable<string>? names) => names?.ToList() is { Count: > 0 } list ? $"{what} {string.Join(" ", list)}" : "";
}
