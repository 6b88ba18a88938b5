using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>The catalogue where processes share the partitions: a change comes into force in each of them when all of its partitions have met the change's control entry (Semantics 6.2; docs/decisions/0015).</summary>
sealed partial class CatalogueService
{
    const string ChangeId = "change";

    /// <summary>The revision in force here.</summary>
    public long Revision => _state.Revision;

    /// <summary>Appends a change to all partitions, and keeps what was there before: whoever takes over a partition that has not met the change yet runs what came before it by that.</summary>
    async ValueTask AppendChangeAsync(IStoreUnit unit, string what, string kind, string id, Document? before, Instant now, CancellationToken cancellationToken)
    {
        var entries = await AppendControlAsync(unit, _state.Revision + 1, what, id, now, cancellationToken);
        _appended = new(_state.Revision + 1, entries.Min(entry => entry.Sequence), kind, id, before is null ? null : JsonSerializer.Deserialize(before.Json.Span, CatalogueJson.Default.JsonElement));
        await unit.WriteDocumentAsync(DocumentKinds.Catalogue, ChangeId, JsonSerializer.SerializeToUtf8Bytes(_appended, CatalogueJson.Default.ChangeRecord), null, now, cancellationToken);
    }

    ChangeRecord? _appended;

    /// <summary>The change is committed: from now on it is on its way.</summary>
    void Appended()
    {
        if (_appended is { } change)
            _commands.UnderWay(change.Revision, change.From);
        _appended = null;
    }

    async ValueTask<ChangeRecord?> LastChangeAsync(CancellationToken cancellationToken) =>
        await _store.Queries.DocumentAsync(DocumentKinds.Catalogue, ChangeId, cancellationToken) is { } document ? JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.ChangeRecord) : null;

    /// <summary>The last change, which may not have passed everywhere; null: there was none.</summary>
    public async ValueTask<(long Revision, long From)?> UnderWayAsync(CancellationToken cancellationToken) =>
        await LastChangeAsync(cancellationToken) is { } change ? (change.Revision, change.From) : null;

    /// <summary>What is in force for the partitions of this process: what came before the last change while one of them has not met it.</summary>
    /// <returns>Whether all of them have.</returns>
    async ValueTask<bool> ReadInForceAsync(CancellationToken cancellationToken)
    {
        await _state.LoadAsync(_store.Queries, cancellationToken);
        if (await LastChangeAsync(cancellationToken) is not { } change)
            return true;
        if (_worker.HavePassed(change.From))
        {
            _state.Revision = Math.Max(_state.Revision, change.Revision);
            return true;
        }

        _state.Revision = change.Revision - 1;
        // Stopping is eager: held before or after it, it is held.
        if (change.Kind == DocumentKinds.Sending && _state.Sending is { Held: true })
            return false;
        if (change.Before is { } before)
            _state.Put(new Document(change.Kind, change.Id, 0, default, default, JsonSerializer.SerializeToUtf8Bytes(before, CatalogueJson.Default.JsonElement)));
        else if (change.Kind.Length > 0)
            _state.Remove(change.Kind, change.Id);
        return false;
    }

    /// <summary>All partitions of this process stand at the change's entry: it comes into force.</summary>
    public async ValueTask AdoptAsync(long revision, Instant now, CancellationToken cancellationToken)
    {
        if (await LastChangeAsync(cancellationToken) is { } change && change.Revision == revision && _state.Revision == revision - 1)
            await TakeAsync(change, cancellationToken);
        else
            await _state.LoadAsync(_store.Queries, cancellationToken);
        _state.Revision = revision;
        Replace(now);
        await AddJobsAsync(cancellationToken);
    }

    async ValueTask TakeAsync(ChangeRecord change, CancellationToken cancellationToken)
    {
        if (change.Kind.Length == 0)
            return;
        if (await _store.Queries.DocumentAsync(change.Kind, change.Id, cancellationToken) is not { } document)
        {
            _state.Remove(change.Kind, change.Id);
            return;
        }

        _state.Put(document);
        if (change.Kind != DocumentKinds.Journey)
            return;
        var record = _state.Journeys[change.Id].Record;
        foreach (var version in (int[])[record.Live, record.Pending])
            if (version > 0 && !_state.Plans.ContainsKey((change.Id, version)) && await _store.Queries.DocumentAsync(DocumentKinds.JourneyVersion, $"{change.Id}/{version}", cancellationToken) is { } compiled)
                _state.PutVersion(compiled);
    }

    /// <summary>A process without partitions meets no entry: it follows what is in force elsewhere.</summary>
    public async ValueTask FollowAsync(Instant now, CancellationToken cancellationToken)
    {
        if (_worker.Partitions == PartitionSet.None && await LastChangeAsync(cancellationToken) is { } change && change.Revision > _state.Revision)
            await LoadAsync(now, cancellationToken);
    }

    /// <summary>From now on changes come from here.</summary>
    public void Lead()
    {
        if (_state.Zones != _zones.VersionId)
            _commands.Post(async (now, cancellationToken) =>
            {
                if (_state.Zones != _zones.VersionId)
                    await TakeZonesAsync(now, cancellationToken);
            });
    }

    /// <summary>The next step of what is gathered or decided, once no partition has anything of it left to do. By who leads.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        foreach (var (record, _) in _state.Segments.Values)
            if (record.Stage == 1)
                await StepAsync(new GatherJob("segment:" + record.Name, [], [], 0, 0, 0), cancellationToken);
            else if (record.Stage == 2)
                await StepAsync(new DecideJob(record.Name, 0, 0), cancellationToken);
        foreach (var (id, (record, _)) in _state.Journeys)
            if (record.Pending > 0)
                await StepAsync(new GatherJob("journey:" + id, [], [], 0, 0, 0), cancellationToken);
    }

    async ValueTask StepAsync(Job job, CancellationToken cancellationToken)
    {
        if ((await KeptAsync(job.Name, cancellationToken)).Count == 0)
            _commands.Post((now, cancellation) => AfterAsync(job, now, cancellation));
    }

    /// <summary>Where a job stands in the partitions that are not done with it.</summary>
    /// <summary>Semantics 13.3: while nodes of two versions serve, nothing is defined by which the newer ones would store what the older cannot read, or do what these do not know. Null: nothing stands against it.</summary>
    async ValueTask<CatalogueAnswer.Refused?> WhileUpgradingAsync(CancellationToken cancellationToken)
    {
        if (!_commands.IsShared)
            return null;
        var versions = (await _store.Queries.NodesAsync(cancellationToken)).Select(node => node.Version).Distinct().Order(StringComparer.Ordinal).ToList();
        if (versions.Count < 2)
            return null;
        var named = string.Join(", ", versions);
        return Refuse("catalogue.upgrading", $"Nodes of several versions ({named}) serve beside each other: upgrade all of them, then try again.", new Dictionary<string, string> { ["versions"] = named });
    }

    /// <summary>Whether a job of this name goes on, here or in another process.</summary>
    async ValueTask<bool> HasJobAsync(string name, CancellationToken cancellationToken) =>
        _commands.IsShared ? (await KeptAsync(name, cancellationToken)).Count > 0 : _worker.Jobs.Any(job => job.Name == name);

    async ValueTask<IReadOnlyList<JobDocument>> KeptAsync(string name, CancellationToken cancellationToken) =>
        [.. (await _store.Queries.DocumentsAsync(Job.DocumentKind, name + Job.PartitionMark, null, Partition.Count, cancellationToken)).Select(document => Job.Read(document.Json.Span))];

    /// <summary>Properties that others have seen for the first time; on the worker's thread.</summary>
    public void Learn(IEnumerable<Document> properties)
    {
        var isNew = false;
        foreach (var property in properties)
            if (!_state.Properties.ContainsKey(property.Id))
            {
                _state.Put(property);
                isNew = true;
            }

        if (!isNew)
            return;
        _engine.Replace(_engine.Current with { Registry = new(_state.Properties.Values) });
        Volatile.Write(ref _references, _state.References());
    }

    /// <summary>What comes to be without a change of the catalogue: names of properties, and jobs that were cut into partitions.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var properties = new List<Document>();
        await foreach (var document in CatalogueState.AllAsync(_store.Queries, DocumentKinds.Property, cancellationToken))
            properties.Add(document);
        Learn(properties);
        // What belongs to a change that has not been met here is begun when it is.
        if (await LastChangeAsync(cancellationToken) is not { } change || change.Revision <= _state.Revision)
            await AddJobsAsync(cancellationToken);
    }

    /// <summary>What a process that worked on all partitions alone has left to do becomes a part for each of them. By who leads.</summary>
    public async ValueTask CutJobsAsync(Instant now, CancellationToken cancellationToken)
    {
        var whole = new List<Document>();
        await foreach (var document in CatalogueState.AllAsync(_store.Queries, Job.DocumentKind, cancellationToken))
            if (Job.PartitionsOf(document.Id).IsAll)
                whole.Add(document);
        if (whole.Count == 0)
            return;
        await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
        foreach (var document in whole)
        {
            var kept = Job.Read(document.Json.Span);
            foreach (var partition in PartitionSet.All)
                // Those that a gathering has passed are done; those that it had not come to begin at the first contact.
                if (kept.Kind != "gather" || partition.Index / GatherJob.Groups >= kept.Group)
                    await unit.WriteDocumentAsync(
                        Job.DocumentKind, Job.IdOf(document.Id, PartitionSet.Of(partition)), (kept.Kind == "gather" && partition.Index / GatherJob.Groups > kept.Group ? kept with { After = 0 } : kept).ToJson(), null, now, cancellationToken);
            await unit.DeleteDocumentAsync(Job.DocumentKind, document.Id, null, cancellationToken);
        }

        await unit.CommitAsync(cancellationToken);
    }

    /// <summary>Declares a property as "any" where it is not declared yet.</summary>
    public static async ValueTask<Document?> DeclareAsync(IStoreUnit unit, string name, Instant now, CancellationToken cancellationToken) =>
        await unit.WriteDocumentAsync(DocumentKinds.Property, name, "{\"type\":\"any\"}"u8.ToArray(), 0, now, cancellationToken) ?? await unit.ReadDocumentAsync(DocumentKinds.Property, name, cancellationToken);
}
