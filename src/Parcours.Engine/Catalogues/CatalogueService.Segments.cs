using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Segments and their fills: gather the memory that nobody keeps yet, then decide contact by contact, then live (Semantics 7.7, 7.8).</summary>
sealed partial class CatalogueService
{
    public async ValueTask<SegmentDocument?> SegmentAsync(string name, CancellationToken cancellationToken) =>
        await _store.Queries.DocumentAsync(DocumentKinds.Segment, name, cancellationToken) is { } document ? await ToSegmentAsync(document, cancellationToken) : null;

    public async ValueTask<IReadOnlyList<SegmentDocument>> SegmentsAsync(string? afterName, int limit, CancellationToken cancellationToken)
    {
        var segments = new List<SegmentDocument>();
        foreach (var document in await _store.Queries.DocumentsAsync(DocumentKinds.Segment, null, afterName, limit, cancellationToken))
            segments.Add(await ToSegmentAsync(document, cancellationToken));
        return segments;
    }

    async ValueTask<SegmentDocument> ToSegmentAsync(Document document, CancellationToken cancellationToken)
    {
        var record = JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.SegmentRecord)!;
        var counters = await _store.Queries.CountersAsync(CounterKind.SegmentMembers, null, cancellationToken);
        var members = counters.Where(pair => pair.Key.Point == document.Id).Sum(pair => pair.Value);
        return new(document.Id, record.Description, record.Version, record.Stage != 0, await FilledAsync(record, cancellationToken), members, document.Revision, document.CreatedAt, document.UpdatedAt,
            JsonSerializer.SerializeToUtf8Bytes(record.Next ?? record.Condition));
    }

    async ValueTask<double> FilledAsync(SegmentRecord record, CancellationToken cancellationToken) => !_commands.IsShared || record.Stage == 0
        ? Filled(record)
        : 0.5 * (record.Stage - (await KeptAsync(record.Stage == 1 ? "gather-segment:" + record.Name : "decide-" + record.Name, cancellationToken)).Count / (double)Partition.Count);

    double Filled(SegmentRecord record) => record.Stage switch
    {
        0 => 1,
        1 => 0.5 * (_worker.Jobs.ToArray().OfType<GatherJob>().FirstOrDefault(job => job.Target == "segment:" + record.Name)?.Progress ?? 0),
        _ => 0.5 + 0.5 * (_worker.Jobs.ToArray().OfType<DecideJob>().FirstOrDefault(job => job.Segment == record.Name)?.Progress ?? 0),
    };

    public Task<CatalogueAnswer> SaveSegmentAsync(string name, ReadOnlyMemory<byte> json, long? expectedRevision, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (await WhileUpgradingAsync(cancellation) is { } upgrading)
                return upgrading;
            var problems = new List<Problem>();
            var read = CatalogueCheck.Segment(name, json, _references, problems);
            if (read is not { } segment)
                return new CatalogueAnswer.Refused(Errors(problems));
            var known = _state.Segments.TryGetValue(name, out var held);
            if (IsStale(known ? held.Document : null, expectedRevision))
                return new CatalogueAnswer.Conflict(known ? held.Document : null);
            if (known && held.Record.Stage != 0)
                return Refuse("segment.filling", "The segment is being filled; change it when it is live.");
            var compiled = CatalogueState.Condition(segment.Condition);
            if (Cycle(name, compiled) is { } cycle)
                return new CatalogueAnswer.Refused([CatalogueCheck.Error("segment.cycle", "/condition", $"Segments would name each other in a circle: {string.Join(" → ", cycle)}.")]);
            if (known && SameCondition(held.Record.Condition, segment.Condition))
                return await WriteSegmentAsync("segment", held.Record with { Description = segment.Description }, now, null, problems, cancellation);
            return await FillAsync(known ? held.Record : null, name, segment.Description, segment.Condition, compiled, now, problems, cancellation);
        }, cancellationToken);

    static bool SameCondition(JsonElement left, JsonElement right) => Condition.FromJson(left.GetRawText()).ToJson() == Condition.FromJson(right.GetRawText()).ToJson();

    IReadOnlyList<string>? Cycle(string name, CompiledCondition condition)
    {
        var builder = new CatalogueBuilder();
        foreach (var (record, _) in _state.Segments.Values)
            builder.AddSegment(record.Name, record.Version, CatalogueState.Condition(record.Next ?? record.Condition));
        builder.AddSegment(name, 1, condition);
        return builder.FindCycle();
    }

    async ValueTask<CatalogueAnswer> FillAsync(SegmentRecord? before, string name, string? description, JsonElement condition, CompiledCondition compiled, Instant now, List<Problem> problems, CancellationToken cancellationToken)
    {
        var complete = _state.Complete();
        var missing = compiled.Aggregates.Where(aggregate => !complete.Contains(aggregate.Id)).ToImmutableArray();
        var gathers = missing.Length > 0 && _worker.HasEvents;
        var record = before is null
            ? new SegmentRecord(name, description, condition, null, 1, gathers ? 1 : 2)
            : before with { Description = description, Next = condition, Version = before.Version + 1, Stage = gathers ? 1 : 2 };
        // Nobody to decide: it is live at once.
        if (!_worker.HasContacts)
            record = record with { Condition = condition, Next = null, Stage = 0 };
        return await WriteSegmentAsync("segment", record, now, record.Stage switch
        {
            0 => null,
            1 => unit => StartAsync(unit, NewGather("segment:" + name, missing, [condition.GetRawText()]), now, cancellationToken),
            _ => unit => StartAsync(unit, new DecideJob(name, 0, _worker.LastContact), now, cancellationToken),
        }, problems, cancellationToken);
    }

    ValueTask<CatalogueAnswer> WriteSegmentAsync(string what, SegmentRecord record, Instant now, Func<IStoreUnit, ValueTask>? also, IReadOnlyList<Problem> problems, CancellationToken cancellationToken) =>
        ChangeAsync(what, DocumentKinds.Segment, record.Name, JsonSerializer.SerializeToUtf8Bytes(record, CatalogueJson.Default.SegmentRecord), null, now, also, record.Version, Warnings(problems), cancellationToken);

    // Up to the change itself: events that journeys recorded since the last entry are to be found too, and what comes after it is kept as it comes.
    GatherJob NewGather(string target, ImmutableArray<AggregateDefinition> aggregates, IReadOnlyList<string> conditions) => new(target, aggregates, conditions, _controlled, 0, 0);

    /// <summary>The next step after a job: a gathered segment is decided, a decided one is live, a gathered journey is live.</summary>
    async ValueTask AfterAsync(Job job, Instant now, CancellationToken cancellationToken)
    {
        // Cut into partitions by processes that shared them before: all of its parts are done, or it is not.
        if (_worker.Jobs.Any(other => other.Name == job.Name))
            return;
        switch (job)
        {
            // A step that was taken already, before a failure made it be asked for again, is not taken twice.
            case GatherJob gather when gather.Target.StartsWith("segment:", StringComparison.Ordinal) && _state.Segments.TryGetValue(gather.Target["segment:".Length..], out var gathered) && gathered.Record.Stage == 1:
                await WriteSegmentAsync("segment-gathered", gathered.Record with { Stage = 2 }, now,
                    unit => StartAsync(unit, new DecideJob(gathered.Record.Name, 0, _worker.LastContact), now, cancellationToken), [], cancellationToken);
                break;
            case DecideJob decide when _state.Segments.TryGetValue(decide.Segment, out var decided) && decided.Record.Stage == 2:
                await WriteSegmentAsync("segment-live", decided.Record with { Condition = decided.Record.Next ?? decided.Record.Condition, Next = null, Stage = 0 }, now, null, [], cancellationToken);
                break;
            case GatherJob gather when gather.Target.StartsWith("journey:", StringComparison.Ordinal) && _state.Journeys.TryGetValue(gather.Target["journey:".Length..], out var journey):
                if (journey.Record.Pending == 0)
                    break;
                await WriteJourneyAsync("publish", gather.Target["journey:".Length..], journey.Record with
                {
                    Live = journey.Record.Pending,
                    Pending = 0,
                    Changed = false,
                    PublishedAt = now.ToMicroseconds(),
                    Status = journey.Record.Status == JourneyStatus.Paused ? JourneyStatus.Paused : JourneyStatus.Live,
                }, now, unit => WentLiveAsync(unit, gather.Target["journey:".Length..], journey.Record.Live, journey.Record.Pending, now, cancellationToken), journey.Record.Pending, [], cancellationToken);
                break;
        }
    }

    /// <summary>Takes up what the partitions of this process have left to do.</summary>
    async ValueTask AddJobsAsync(CancellationToken cancellationToken)
    {
        var known = _worker.Jobs.Select(job => job.Id).ToHashSet();
        await foreach (var document in CatalogueState.AllAsync(_store.Queries, Job.DocumentKind, cancellationToken))
            if (!known.Contains(document.Id) && Job.PartitionsOf(document.Id) is var partitions && !(partitions.IsAll && _commands.IsShared) && (partitions.Bits & ~_worker.Partitions.Bits) == 0 && Kept(Job.Read(document.Json.Span), partitions) is { } job)
                _worker.Add(job);
    }

    Job? Kept(JobDocument kept, PartitionSet partitions) => kept.Kind switch
    {
        _ when SweepJob.KindOf(kept.Kind) is { } sweep => new SweepJob(new(kept.Target), sweep, kept.UpTo, kept.After) { Partitions = partitions },
        "forget" => ForgetJob.Of(kept.Target, partitions),
        "discard" => new DiscardJob(Microseconds.ToInstant(kept.Since)) { Partitions = partitions },
        "retime" => new RetimeJob(new(kept.Target), _zones, kept.After) { Partitions = partitions },
        "occurrence" => new OccurrenceJob(new(kept.Target), Microseconds.ToInstant(kept.Since), kept.Starts ?? [], kept.After) { Partitions = partitions },
        "arm" => new ArmJob(new(kept.Target), Microseconds.ToInstant(kept.Since), kept.After) { Partitions = partitions },
        "decide" => new DecideJob(kept.Target, kept.After, _worker.LastContact) { Partitions = partitions },
        "gather" when Missing(kept) is { IsEmpty: false } missing => new GatherJob(kept.Target, missing, kept.Aggregates ?? [], kept.UpTo, kept.Group, kept.After) { Partitions = partitions },
        _ => null,
    };

    /// <summary>Takes jobs up again where they stood; one whose last slice was committed but whose next step was not is finished now.</summary>
    async ValueTask ResumeJobsAsync(CancellationToken cancellationToken)
    {
        _worker.ClearJobs();
        await AddJobsAsync(cancellationToken);
        foreach (var (record, _) in _state.Segments.Values)
            if (record.Stage == 1 && !_worker.Jobs.Any(job => job is GatherJob gather && gather.Target == "segment:" + record.Name))
                _commands.Post((now, cancellation) => AfterAsync(new GatherJob("segment:" + record.Name, [], [], 0, GatherJob.Groups, 0), now, cancellation));
            else if (record.Stage == 2 && !_worker.Jobs.Any(job => job is DecideJob decide && decide.Segment == record.Name))
                _commands.Post((now, cancellation) => AfterAsync(new DecideJob(record.Name, 0, 0), now, cancellation));
        foreach (var (id, (record, _)) in _state.Journeys)
            if (record.Pending > 0 && !_worker.Jobs.Any(job => job is GatherJob gather && gather.Target == "journey:" + id))
                _commands.Post((now, cancellation) => AfterAsync(new GatherJob("journey:" + id, [], [], 0, GatherJob.Groups, 0), now, cancellation));
    }

    ImmutableArray<AggregateDefinition> Missing(JobDocument kept)
    {
        IEnumerable<AggregateDefinition> needed = kept.Target.StartsWith("journey:", StringComparison.Ordinal)
            ? _state.Journeys.TryGetValue(kept.Target["journey:".Length..], out var journey) && _state.Plans.TryGetValue((kept.Target["journey:".Length..], journey.Record.Pending), out var plan) ? plan.Aggregates : []
            : (kept.Aggregates ?? []).SelectMany(condition => ConditionCompiler.Compile(Condition.FromJson(condition)).Aggregates);
        var complete = _state.Complete();
        return [.. needed.Where(aggregate => !complete.Contains(aggregate.Id))];
    }

    public Task<CatalogueAnswer> DeleteSegmentAsync(string name, long? expectedRevision, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Segments.TryGetValue(name, out var held))
                return new CatalogueAnswer.NotFound();
            if (IsStale(held.Document, expectedRevision))
                return new CatalogueAnswer.Conflict(held.Document);
            if (held.Record.Stage != 0)
                return Refuse("segment.filling", "The segment is being filled; delete it when it is live.");
            if (await UsersOfAsync(UsedKind.Segment, name, cancellation) is { Count: > 0 } users)
                return Used("segment", name, users);
            return await DropAsync(DocumentKinds.Segment, held.Document, now, cancellation);
        }, cancellationToken);
}
