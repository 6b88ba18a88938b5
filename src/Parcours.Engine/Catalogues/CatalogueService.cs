using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Engine.Work;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>The catalogue's commands: each is one transaction with its control entries, run by the worker when nothing earlier is left to do (Semantics 6.1, 6.2).</summary>
/// <remarks>The parts: CatalogueService.Shared (several processes), CatalogueService.Journeys, CatalogueService.Dates, CatalogueService.Segments, CatalogueService.Small (properties, topics, lists, content).</remarks>
sealed partial class CatalogueService : ICatalogueService
{
    readonly IStore _store;
    readonly EngineState _engine;
    readonly Worker _worker;
    readonly ICommands _commands;
    readonly IContentCheck? _contentCheck;
    readonly IDateTimeZoneProvider _zones;
    readonly EntryCodec _codec = new();
    readonly CatalogueState _state;
    IReferences _references;

    public CatalogueService(IStore store, EngineState engine, Worker worker, ICommands commands, IContentCheck? contentCheck, DateTimeZone zone, IDateTimeZoneProvider zones)
    {
        _zones = zones;
        (_store, _engine, _worker, _commands, _contentCheck) = (store, engine, worker, commands, contentCheck);
        _state = new(zone);
        _references = _state.References();
        // Where others have a part in a job, its end is found by looking (StepAsync).
        if (!commands.IsShared)
            worker.Finished += job => _commands.Post(async (now, cancellationToken) => await AfterAsync(job, now, cancellationToken));
        worker.NamesSeenAsync = NamesSeenAsync;
    }

    /// <summary>Reads everything defined; at start and after a failed commit, on the worker's thread.</summary>
    public async ValueTask LoadAsync(Instant now, CancellationToken cancellationToken)
    {
        if (_commands.IsShared)
        {
            var isNewest = await ReadInForceAsync(cancellationToken);
            Replace(now);
            _worker.ClearJobs();
            if (isNewest)
                await AddJobsAsync(cancellationToken);
            return;
        }

        await _state.LoadAsync(_store.Queries, cancellationToken);
        Replace(now);
        await ResumeJobsAsync(cancellationToken);
        if (_state.Zones != _zones.VersionId)
            await TakeZonesAsync(now, cancellationToken);
    }

    /// <summary>A new time-zone database takes effect: future waits of the zones that changed are re-timed, journey by journey (Semantics 8.6).</summary>
    async ValueTask TakeZonesAsync(Instant now, CancellationToken cancellationToken)
    {
        var isFirst = _state.Zones is null;
        _state.Zones = _zones.VersionId;
        await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
        if (!isFirst)
        {
            await ControlAsync(unit, "zones", "", _zones.VersionId, null, now, cancellationToken);
            foreach (var (id, (record, _)) in _state.Journeys)
                if (record.Live > 0 && record.Status is JourneyStatus.Live or JourneyStatus.Paused)
                {
                    await StartAsync(unit, new RetimeJob(new(id), _zones, 0), now, cancellationToken);
                    await ArmAsync(unit, id, 0, record.Live, now, cancellationToken);
                }
        }

        await unit.WriteDocumentAsync(DocumentKinds.Catalogue, "state", JsonSerializer.SerializeToUtf8Bytes(_state.Record(), CatalogueJson.Default.CatalogueRecord), null, now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        Appended();
    }

    void Replace(Instant now)
    {
        _engine.Replace(_state.Build(now));
        Volatile.Write(ref _references, _state.References());
        _worker.ListenToQueues();
        _worker.CatalogueChanged();
    }

    /// <summary>Writes the document, the catalogue's revision and a control entry a partition, in one commit; then puts the snapshot in force.</summary>
    async ValueTask<CatalogueAnswer> ChangeAsync(string what, string kind, string id, ReadOnlyMemory<byte> json, long? expected, Instant now, Func<IStoreUnit, ValueTask>? also, int? version,
        IReadOnlyList<Problem> warnings, CancellationToken cancellationToken)
    {
        Document? written;
        await using (var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken))
        {
            var before = _commands.IsShared ? await unit.ReadDocumentAsync(kind, id, cancellationToken) : null;
            written = await unit.WriteDocumentAsync(kind, id, json, expected, now, cancellationToken);
            if (written is null)
                return new CatalogueAnswer.Conflict(await unit.ReadDocumentAsync(kind, id, cancellationToken));
            await ControlAsync(unit, what, kind, id, before, now, cancellationToken);
            if (also is not null)
                await also(unit);
            await unit.CommitAsync(cancellationToken);
        }

        if (_commands.IsShared)
        {
            Appended();
            return new CatalogueAnswer.Done(written, version, warnings);
        }

        _state.Put(written);
        Replace(now);
        await SaveStateAsync(now, cancellationToken);
        return new CatalogueAnswer.Done(written, version, warnings);
    }

    /// <summary>All that happened before the last control entry has a lower sequence, in every partition, and all that follows it a higher one.</summary>
    long _controlled;

    async ValueTask ControlAsync(IStoreUnit unit, string what, string kind, string id, Document? before, Instant now, CancellationToken cancellationToken)
    {
        if (_commands.IsShared)
            await AppendChangeAsync(unit, what, kind, id, before, now, cancellationToken);
        else
            await _worker.PassedAsync(unit, await AppendControlAsync(unit, ++_state.Revision, what, id, now, cancellationToken), now, cancellationToken);
    }

    async ValueTask<IReadOnlyList<JournalEntry>> AppendControlAsync(IStoreUnit unit, long revision, string what, string id, Instant now, CancellationToken cancellationToken)
    {
        var entries = await unit.AppendControlAsync(PartitionSet.All, EntryKind.Control, _codec.Encode(new EntryBody.Control(revision, what, id)), now, cancellationToken);
        _controlled = entries.Max(entry => entry.Sequence);
        return entries;
    }

    /// <summary>The revision and the generations of aggregates; a crash before it is harmless, since generations only must differ from earlier ones.</summary>
    public async ValueTask SaveStateAsync(Instant now, CancellationToken cancellationToken)
    {
        await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
        await unit.WriteDocumentAsync(DocumentKinds.Catalogue, "state", JsonSerializer.SerializeToUtf8Bytes(_state.Record(), CatalogueJson.Default.CatalogueRecord), null, now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
    }

    Task<CatalogueAnswer> RunAsync(Func<Instant, CancellationToken, ValueTask<CatalogueAnswer>> command, CancellationToken cancellationToken) =>
        _commands.RunAsync(command, static answer => answer is CatalogueAnswer.Done done ? new CatalogueAnswer.InProgress(done.Document) : answer, cancellationToken);

    static bool IsStale(Document? current, long? expected) => expected is { } seen && seen != (current?.Revision ?? 0);

    static IReadOnlyList<Problem> Errors(IEnumerable<Problem> problems) => [.. problems.Where(problem => problem.Severity == Severity.Error)];
    static IReadOnlyList<Problem> Warnings(IEnumerable<Problem> problems) => [.. problems.Where(problem => problem.Severity == Severity.Warning)];

    static CatalogueAnswer.Refused Refuse(string code, string text, IReadOnlyDictionary<string, string>? arguments = null) => new([CatalogueCheck.Error(code, "", text) with { Arguments = arguments }]);
}

/// <summary>Lets others run on the worker's thread, between commits, when nothing earlier is left to do at this instant.</summary>
interface ICommands
{
    /// <param name="late">What is answered instead when other partitions have not passed the change within five seconds; null: the same.</param>
    Task<T> RunAsync<T>(Func<Instant, CancellationToken, ValueTask<T>> command, Func<T, T>? late, CancellationToken cancellationToken);

    /// <summary>The same with nobody waiting; a failure is retried by the next start.</summary>
    void Post(Func<Instant, CancellationToken, ValueTask> command);

    /// <summary>Whether other processes own partitions: then a change is in force where it is met in the journal, and not before.</summary>
    bool IsShared { get; }

    /// <summary>A change was appended, and is on its way through the partitions; the next one waits for it.</summary>
    /// <param name="from">Whoever has processed an entry from here on has passed it.</param>
    void UnderWay(long revision, long from);
}
