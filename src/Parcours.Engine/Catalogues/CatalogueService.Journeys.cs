using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

sealed partial class CatalogueService
{
    public async ValueTask<JourneyDocument?> JourneyAsync(JourneyId journey, CancellationToken cancellationToken) =>
        await _store.Queries.DocumentAsync(DocumentKinds.Journey, journey.Value, cancellationToken) is { } document ? ToJourney(document) : null;

    public async ValueTask<IReadOnlyList<JourneyDocument>> JourneysAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        [.. (await _store.Queries.DocumentsAsync(DocumentKinds.Journey, null, afterId, limit, cancellationToken)).Select(ToJourney)];

    static JourneyDocument ToJourney(Document document)
    {
        var record = JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.JourneyRecord)!;
        var description = record.Definition.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return new(new(document.Id), CatalogueState.NameOf(record), description, record.Status, record.Live, record.Changed, CatalogueState.DialsOf(record), document.Revision, document.CreatedAt, document.UpdatedAt,
            At(record.PublishedAt), At(record.EndedAt), JsonSerializer.SerializeToUtf8Bytes(record.Definition));
    }

    static Instant? At(long? microseconds) => microseconds is { } at ? Microseconds.ToInstant(at) : null;

    public async ValueTask<IReadOnlyList<Problem>> CheckJourneyAsync(ReadOnlyMemory<byte> definition, CancellationToken cancellationToken) =>
        (await CheckAsync(definition, Volatile.Read(ref _references), cancellationToken)).Problems;

    /// <summary>Users and secrets are no part of the catalogue: which there are is asked at each check.</summary>
    async ValueTask<CheckedJourney> CheckAsync(ReadOnlyMemory<byte> definition, IReferences references, CancellationToken cancellationToken)
    {
        await ReadUsersAsync(cancellationToken);
        _state.Secrets = (await _store.Queries.DocumentsAsync(DocumentKinds.Secret, null, null, 1_000, cancellationToken)).Select(secret => secret.Id).ToHashSet(StringComparer.Ordinal);
        return JourneyCheck.Check(definition, references);
    }

    async ValueTask ReadUsersAsync(CancellationToken cancellationToken) =>
        _state.Users = (await _store.Queries.DocumentsAsync(DocumentKinds.UserAddress, null, null, 1_000, cancellationToken)).Select(user => user.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public Task<CatalogueAnswer> SaveJourneyAsync(JourneyId journey, ReadOnlyMemory<byte> definition, long? expectedRevision, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            var check = await CheckAsync(definition, _references, cancellation);
            // What has no definition is not well-formed: it could be kept, but never shown on a map again.
            if (check.Definition is null)
                return new CatalogueAnswer.Refused(Errors(check.Problems));
            if (check.Definition.Id != journey.Value)
                return new CatalogueAnswer.Refused([CatalogueCheck.Error("journey.id", "/id", $"The id in the definition, '{check.Definition.Id}', is not the one in the address, '{journey}'.")]);
            var known = _state.Journeys.TryGetValue(journey.Value, out var held);
            if (IsStale(known ? held.Document : null, expectedRevision))
                return new CatalogueAnswer.Conflict(known ? held.Document : null);
            if (!known && await IsForgettingAsync(DocumentKinds.Journey, journey.Value, cancellation))
                return Forgetting("journey", journey.Value);
            var json = Json(definition);
            var record = known
                ? held.Record with { Definition = json, Changed = held.Record.Live > 0 && !SameAsLive(journey.Value, held.Record.Live, json) }
                : new JourneyRecord(json, JourneyStatus.Draft, 0, 0, false, null, false, 0, null, null);
            return await WriteJourneyAsync("draft", journey.Value, record, now, null, null, check.Problems, cancellation);
        }, cancellationToken);

    bool SameAsLive(string journey, int version, JsonElement draft) =>
        _state.Plans.TryGetValue((journey, version), out var plan) && JourneyJson.Write(plan.Definition).AsSpan().SequenceEqual(JourneyJson.Write(JourneyJson.Read(JsonSerializer.SerializeToUtf8Bytes(draft))));

    static JsonElement Json(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, new() { MaxDepth = 256 });
        return document.RootElement.Clone();
    }

    ValueTask<CatalogueAnswer> WriteJourneyAsync(string what, string id, JourneyRecord record, Instant now, Func<IStoreUnit, ValueTask>? also, int? version, IReadOnlyList<Problem> problems, CancellationToken cancellationToken) =>
        ChangeAsync(what, DocumentKinds.Journey, id, JsonSerializer.SerializeToUtf8Bytes(record, CatalogueJson.Default.JourneyRecord), null, now, also, version, Warnings(problems), cancellationToken);

    public Task<CatalogueAnswer> PublishJourneyAsync(JourneyId journey, long? expectedRevision, Publication publication, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (IsStale(held.Document, expectedRevision))
                return new CatalogueAnswer.Conflict(held.Document);
            var record = held.Record;
            if (record.Status is JourneyStatus.Ended or JourneyStatus.Archived)
                return Refuse("journey.ended", "The journey has ended; duplicate it to go live again.");
            if (record.Pending > 0)
                return Refuse("journey.filling", $"Version {record.Pending} is being prepared; wait until it is live.");
            if (await WhileUpgradingAsync(cancellation) is { } upgrading)
                return upgrading;
            if (await AreMovingAsync(journey, cancellation))
                return Refuse("journey.moving", $"Contacts are still on their way into version {record.Live}; publish again when the last has come there.");
            var definition = JsonSerializer.SerializeToUtf8Bytes(record.Definition);
            var check = await CheckAsync(definition, _references, cancellation);
            if (!check.IsSound)
                return new CatalogueAnswer.Refused(Errors(check.Problems));
            return await PublishAsync(journey.Value, record, publication, now, check.Problems, cancellation);
        }, cancellationToken);

    /// <summary>The contents that a version pins, as they are live now: kept with it, whatever is saved later (Semantics 6.7).</summary>
    async ValueTask<IReadOnlyList<Document>> PinnedAsync(JsonElement definition, CancellationToken cancellationToken)
    {
        // Compiled once more than it need be: publishing is rare, and what is pinned is said by the points alone.
        var plan = JourneyCompiler.Compile(JourneyJson.Read(JsonSerializer.SerializeToUtf8Bytes(definition)), 1, _engine.Catalogue.Zone);
        var contents = new List<Document>();
        foreach (var name in plan.Points.Select(point => point.PinnedContent).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            if (await _store.Queries.DocumentAsync(DocumentKinds.Content, name, cancellationToken) is { } content)
                contents.Add(content);
        return contents;
    }

    static string IdOfVersion(string content, long version) => string.Create(CultureInfo.InvariantCulture, $"{content}/{version}");

    async ValueTask<CatalogueAnswer> PublishAsync(string id, JourneyRecord record, Publication publication, Instant now, IReadOnlyList<Problem> problems, CancellationToken cancellationToken)
    {
        var version = record.Live + 1;
        var pinned = await PinnedAsync(record.Definition, cancellationToken);
        var contents = pinned.Count == 0 ? null : pinned.ToDictionary(content => content.Id, content => (int)content.Revision, StringComparer.Ordinal);
        var plan = _state.Compile(record.Definition, version, JourneyCompiler.CurrentSemantics, publication.People, now, contents);
        if (PeopleProblems(id, plan) is { Count: > 0 } unfit)
            return new CatalogueAnswer.Refused(unfit);
        if (plan.EndsAt is { } end && end <= now)
            return Refuse("journey.ends-at", "The journey's end lies in the past; move it, or take it away.");
        var complete = _state.Complete();
        var missing = plan.Aggregates.Where(aggregate => !complete.Contains(aggregate.Id)).ToImmutableArray();
        var fills = missing.Length > 0 && _worker.HasEvents;
        var versionJson = JsonSerializer.SerializeToUtf8Bytes(new JourneyVersionRecord(record.Definition, version, plan.Semantics, now.ToMicroseconds(), publication.By, publication.Note, publication.People.Count == 0 ? null : publication.People, contents), CatalogueJson.Default.JourneyVersionRecord);
        var next = fills
            ? record with { Pending = version, Status = record.Live == 0 ? JourneyStatus.Filling : record.Status }
            : record with { Live = version, Changed = false, Status = record.Status == JourneyStatus.Paused ? JourneyStatus.Paused : JourneyStatus.Live, PublishedAt = now.ToMicroseconds() };
        _state.Plans[(id, version)] = plan;
        try
        {
            return await WriteJourneyAsync("publish", id, next, now, async unit =>
            {
                await unit.WriteDocumentAsync(DocumentKinds.JourneyVersion, $"{id}/{version}", versionJson, null, now, cancellationToken);
                // Another journey may have pinned the same already: then it stays as it is.
                foreach (var content in pinned)
                    await unit.WriteDocumentAsync(DocumentKinds.ContentVersion, IdOfVersion(content.Id, content.Revision), content.Json, 0, now, cancellationToken);
                if (fills)
                    await StartAsync(unit, NewGather("journey:" + id, missing, [$"{id}/{version}"]), now, cancellationToken);
                else
                    await WentLiveAsync(unit, id, record.Live, version, now, cancellationToken);
            }, version, problems, cancellationToken);
        }
        catch (StoreException)
        {
            _state.Plans.Remove((id, version));
            throw;
        }
    }

    public Task<CatalogueAnswer> EndJourneyAsync(JourneyId journey, CancellationToken cancellationToken) =>
        RunAsync((now, cancellation) => EndAsync(journey, now, null, cancellation), cancellationToken);

    /// <summary>Ends it at this instant; who is inside leaves in slices (Semantics 6.8). On the worker's thread.</summary>
    /// <param name="audit">Put on record with it; null: whoever ordered it does so.</param>
    public async ValueTask<CatalogueAnswer> EndAsync(JourneyId journey, Instant now, AuditLine? audit, CancellationToken cancellationToken)
    {
        if (!_state.Journeys.TryGetValue(journey.Value, out var held))
            return new CatalogueAnswer.NotFound();
        if (held.Record.Status is not (JourneyStatus.Live or JourneyStatus.Paused))
            return Refuse("journey.not-live", "Only a live or paused journey can be ended.");
        return await WriteJourneyAsync("end", journey.Value, held.Record with { Status = JourneyStatus.Ended, EndedAt = now.ToMicroseconds(), PausedAt = null, ResumesAt = null, PausesAt = null }, now,
            unit => StartAsync(unit, new SweepJob(journey, SweepKind.End, _controlled, 0), audit, now, cancellationToken), null, [], cancellationToken);
    }

    public Task<CatalogueAnswer> DeleteJourneyAsync(JourneyId journey, long? expectedRevision, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (IsStale(held.Document, expectedRevision))
                return new CatalogueAnswer.Conflict(held.Document);
            if (held.Record.Status is JourneyStatus.Live or JourneyStatus.Paused or JourneyStatus.Filling)
                return Refuse("journey.live", "A live or paused journey cannot be deleted; end it first.");
            if (await AreLeavingAsync(journey, cancellation))
                return Refuse("journey.ending", "Contacts are still leaving the journey; delete it when the last has left.");
            if (await UsersOfAsync(UsedKind.Journey, journey.Value, cancellation) is { Count: > 0 } users)
                return Used("journey", journey.Value, users);
            return await DropAsync(DocumentKinds.Journey, held.Document, now, cancellation);
        }, cancellationToken);

    async ValueTask<CatalogueAnswer> DropAsync(string kind, Document document, Instant now, CancellationToken cancellationToken)
    {
        await using (var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken))
        {
            if (!await unit.DeleteDocumentAsync(kind, document.Id, document.Revision, cancellationToken))
                return new CatalogueAnswer.Conflict(await unit.ReadDocumentAsync(kind, document.Id, cancellationToken));
            await ForgetAllocatorsAsync(unit, kind, document.Id, now, cancellationToken);
            if (kind == DocumentKinds.Content)
                foreach (var version in await _store.Queries.DocumentsAsync(DocumentKinds.ContentVersion, document.Id + "/", null, 1_000, cancellationToken))
                    await unit.DeleteDocumentAsync(DocumentKinds.ContentVersion, version.Id, null, cancellationToken);
            await ControlAsync(unit, "delete", kind, document.Id, document, now, cancellationToken);
            await unit.CommitAsync(cancellationToken);
        }

        if (_commands.IsShared)
        {
            Appended();
            return new CatalogueAnswer.Done(document, null, []);
        }

        _state.Remove(kind, document.Id);
        Replace(now);
        await SaveStateAsync(now, cancellationToken);
        return new CatalogueAnswer.Done(document, null, []);
    }

    async ValueTask StartAsync(IStoreUnit unit, Job job, AuditLine? audit, Instant now, CancellationToken cancellationToken)
    {
        if (audit is not null)
            await audit.WriteAsync(unit, now, cancellationToken);
        await StartAsync(unit, job, now, cancellationToken);
    }

    async ValueTask StartAsync(IStoreUnit unit, Job job, Instant now, CancellationToken cancellationToken)
    {
        if (!_commands.IsShared)
        {
            await unit.WriteDocumentAsync(Job.DocumentKind, job.Id, job.ToJson(), null, now, cancellationToken);
            _worker.Add(job);
            return;
        }

        // It begins in each partition when that has passed the change (AdoptAsync).
        foreach (var partition in PartitionSet.All)
            await unit.WriteDocumentAsync(Job.DocumentKind, Job.IdOf(job.Name, PartitionSet.Of(partition)), job.ToJson(), null, now, cancellationToken);
    }

    /// <summary>Whether some are still on their way out of the journey, or back into it after a pause.</summary>
    ValueTask<bool> AreLeavingAsync(JourneyId journey, CancellationToken cancellationToken) => AreToldAsync(journey, [SweepKind.End, SweepKind.Resume, SweepKind.Publish], cancellationToken);

    async ValueTask<bool> AreToldAsync(JourneyId journey, SweepKind[] kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
            if (_commands.IsShared ? await AnyAsync(SweepJob.Stem(journey, kind)) : _worker.Jobs.Any(job => job is SweepJob sweep && sweep.Tells(journey, kind)))
                return true;
        return false;

        async ValueTask<bool> AnyAsync(string stem) => (await KeptAsync(stem, cancellationToken)).Count > 0
            || (await _store.Queries.DocumentsAsync(Job.DocumentKind, stem + SweepJob.OrderMark, null, 1, cancellationToken)).Count > 0;
    }
}
