using Parcours.Engine.Ports;
using Parcours.Engine.Telemetry;

namespace Parcours.Imports;

/// <summary>The work itself, by whoever leads.</summary>
sealed partial class ImportService
{
    /// <summary>As long as this process leads, what waits; whenever it comes to lead, what whoever led before has left.</summary>
    async Task WorkAsync()
    {
        try
        {
            await SweepSharedAsync();
            await engine.WorksAsync(_stopping.Token);
            for (var led = false; ; led = led && Leads)
            {
                led = led || Leads && await TryTakeUpAsync();
                while (led && Leads && _waiting.Reader.TryRead(out var id))
                    if (_live.TryGetValue(id, out var live))
                        await TryImportAsync(live);
                using var look = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                look.CancelAfter(LookEach);
                if (led && Leads)
                    await TryDropOldAsync();
                try
                {
                    await _waiting.Reader.WaitToReadAsync(look.Token);
                }
                catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
                {
                    // Time to look whether it leads still.
                }

                if (_stopping.IsCancellationRequested)
                    return;
                if (!Leads)
                {
                    await LeaveAsync();
                    await Task.Delay(LookEach, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; whoever leads next goes on.
        }
    }

    bool Leads => engine.WorkedOnBy is null;

    /// <summary>Another leads, and goes on with what waits here; the files are there, too.</summary>
    async Task LeaveAsync()
    {
        while (_waiting.Reader.TryRead(out _))
        {
            // It is taken up anew when this process leads again.
        }

        foreach (var live in _live.Values)
            Forget(live);
        _kept.Clear();

        await SweepSharedAsync();
    }

    /// <summary>Files here that lie in the database as well, or that nobody needs: whole address books, which stay nowhere longer than they must.</summary>
    async Task SweepSharedAsync()
    {
        if (!settings.NodesShare || !Directory.Exists(_folder))
            return;
        try
        {
            foreach (var upload in Directory.EnumerateFiles(_folder, "*.upload"))
                if (Path.GetFileNameWithoutExtension(upload) is var id && !_live.ContainsKey(id) && !_receiving.ContainsKey(id) && !await IsOnlyHereAsync(id))
                    File.Delete(upload);
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            // The next time.
        }
    }

    /// <summary>Received by an older version, and not done.</summary>
    async Task<bool> IsOnlyHereAsync(string id) => await _book.FindAsync(id, _stopping.Token) is { IsUnfinished: true, Spooled: true } && (await _files.FindAsync(id, _stopping.Token)).Upload == 0;

    async Task<bool> TryTakeUpAsync()
    {
        try
        {
            var pieces = settings.NodesShare ? await _files.AllAsync(_stopping.Token) : null;
            foreach (var record in await _book.AllAsync(_stopping.Token))
                await TakeUpAsync(record, pieces?.GetValueOrDefault(record.Id) ?? StoredPieces.None);
            if (!settings.NodesShare)
                SweepUploads();
            return true;
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            NotTakenUp(log, failure);
            return false;
        }
    }

    async Task TakeUpAsync(ImportRecord record, StoredPieces pieces)
    {
        if (_live.ContainsKey(record.Id))
            return;
        if (pieces.Rejects > 0 && record.FinishedAt is { } finished && finished < _book.Now - RejectsKept)
        {
            await _files.DropAsync(StoredFiles.Rejects, record.Id, pieces.Rejects, _stopping.Token);
            await _files.SetAsync(record.Id, pieces with { Rejects = 0 }, _stopping.Token);
        }

        if (record.FileUntil is { } until)
        {
            _kept[record.Id] = until;
            return;
        }

        // It was done, and whoever did it died before it had swept up.
        if (!record.IsUnfinished && pieces.Upload > 0)
            await ShareRejectsAsync(record);
        if (!record.IsUnfinished)
            return;
        if (pieces.Upload > 0 && !record.Spooled)
        {
            // It was never received whole, and whoever sent it knows.
            await _files.DropAsync(StoredFiles.Uploads, record.Id, pieces.Upload, _stopping.Token);
            await _files.SetAsync(record.Id, StoredPieces.None, _stopping.Token);
            await _book.DeleteAsync(record.Id, _stopping.Token);
        }
        else if (record.Spooled && (File.Exists(FileOf(record.Id)) || pieces.Upload > 0 && await FetchAsync(StoredFiles.Uploads, record.Id, pieces.Upload, FileOf(record.Id), _stopping.Token)))
            Enqueue(record);
    }

    /// <summary>Puts an upload where every node finds it. Known to be on its way before it is: so a crash leaves nothing that nobody knows of.</summary>
    async Task ShareAsync(ImportRecord record, CancellationToken cancellationToken)
    {
        _live[record.Id] = new(record);
        await _files.SetAsync(record.Id, new(StoredFiles.PiecesOf(new FileInfo(FileOf(record.Id)).Length), 0), cancellationToken);
        await _book.SaveAsync(record, cancellationToken);
        await using var file = OpenToRead(FileOf(record.Id));
        await _files.PutAsync(StoredFiles.Uploads, record.Id, file, cancellationToken);
    }

    Task<bool> FetchAsync(string kind, string id, int pieces, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        return _files.GetAsync(kind, id, pieces, path, OpenToWrite, cancellationToken);
    }

    async Task TryImportAsync(Live live)
    {
        var id = live.Record.Id;
        if (!live.TryTake())
            return;
        try
        {
            await ImportAsync(live);
        }
        catch (ImportException refused)
        {
            await EndAsync(live, live.Record.Refused(refused, live.Record.Status == ImportStatus.Importing ? ImportStatus.Cancelled : ImportStatus.Refused));
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested && live.Cancel.IsCancellationRequested)
        {
            await EndAsync(live, live.Record with { Status = ImportStatus.Cancelled });
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception failure)
        {
            // Its file stays: whoever leads next, or this process when it starts again, goes on with it.
            if (Leads)
                Failed(log, id, failure);
            Forget(live);
        }
    }

    void Forget(Live live)
    {
        _live.TryRemove(new(live.Record.Id, live));
        live.Ended.TrySetResult();
    }

    async Task ImportAsync(Live live)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, live.Cancel.Token);
        var id = live.Record.Id;
        using var span = EngineTelemetry.Source.StartActivity("import")?.SetTag("parcours.kind", live.Record.Kind);
        live.Record = live.Record with { Status = ImportStatus.Checking };
        var catalogue = await ImportCatalogue.LoadAsync(engine.Queries, live.Record.Wishes.Journey, either.Token);
        var file = await Task.Run(() => Check(live, catalogue, either.Token), either.Token);
        live.Record = live.Record.With(file);
        if (live.Record.Wishes.DryRun)
        {
            if (live.Record.Kind == ImportKind.Contacts)
                live.Record = live.Record with
                {
                    Foreseen = await ImportForesight.OfAsync(
                        engine, live.Record, file, () => OpenToRead(FileOf(id)), catalogue, Zone, rows => live.Tell(live.Record, live.Record.Rows > 0 ? (double)rows / live.Record.Rows : 1, live.Record.Rows), either.Token),
                };
            await EndAsync(live, live.Record with { Status = ImportStatus.Checked });
            return;
        }

        live.Record.CheckStrict();
        live.Record = await _book.BeginAsync(live.Record, file, other => other != id && _live.ContainsKey(other), either.Token);
        var run = new ImportRun(engine, _book, TimeProvider.System)
        {
            Moved = record =>
            {
                live.Tell(record, record.Rows > 0 ? (double)record.Cursor / record.Rows : 1, record.Cursor);
                Moved?.Invoke(record);
            },
            Leads = () => Leads,
            OnPart = (row, reasons) => Rejects.Append(RejectsOf(id), file, row, reasons),
        };
        live.Record = await run.RunAsync(live.Record, file, () => OpenToRead(FileOf(id)), catalogue, Zone, either.Token);
        span?.SetTag("parcours.rows", live.Record.Rows);
        either.Token.ThrowIfCancellationRequested();
        await EndAsync(live, live.Record);
    }

    /// <summary>Of what is over, the bad rows stay, and the file goes, unless it was only looked at.</summary>
    async Task ShareRejectsAsync(ImportRecord record)
    {
        var id = record.Id;
        var before = await _files.FindAsync(id, CancellationToken.None);
        var rejects = record.Bad + record.Partly > 0 ? before.Rejects : 0;
        if (File.Exists(RejectsOf(id)))
        {
            await using var file = OpenToRead(RejectsOf(id));
            rejects = await _files.PutAsync(StoredFiles.Rejects, id, file, CancellationToken.None);
        }

        // Of an earlier look there may have been more of them.
        await _files.DropAsync(StoredFiles.Rejects, id, before.Rejects, CancellationToken.None, rejects);
        var keeps = record.FileUntil is not null;
        if (!keeps)
            await _files.DropAsync(StoredFiles.Uploads, id, before.Upload, CancellationToken.None);
        await _files.SetAsync(id, new(keeps ? before.Upload : 0, rejects), CancellationToken.None);
    }

    CheckedFile Check(Live live, ImportCatalogue catalogue, CancellationToken cancellationToken)
    {
        var rejects = RejectsOf(live.Record.Id);
        var file = ImportCheck.Check(
            OpenToRead(FileOf(live.Record.Id)), live.Record.Kind, live.Record.Wishes, catalogue, Zone, OpenToWrite(rejects),
            (share, rows) => live.Tell(live.Record with { Rows = rows }, share, rows), cancellationToken);
        if (file.Bad.Count == 0)
            File.Delete(rejects);
        return file;
    }

    async Task EndAsync(Live live, ImportRecord record)
    {
        if (record.Status == ImportStatus.Refused && record.Bad == 0)
            File.Delete(RejectsOf(record.Id));
        // What was only looked at, or refused as it was said, can go in as it is said then.
        var keeps = record.KeepsFile && (live.IsDoneAnew || record.Status is ImportStatus.Checked or ImportStatus.Refused);
        record = record with { Spooled = keeps, FinishedAt = record.FinishedAt ?? _book.Now };
        if (settings.NodesShare)
            await ShareRejectsAsync(record);
        await _book.SaveAsync(record, CancellationToken.None);
        if (record.FileUntil is { } until)
            _kept[record.Id] = until;
        else
            File.Delete(FileOf(record.Id));
        // Last, so that whoever sees the end finds all of it ended.
        live.Record = record;
        Forget(live);
    }

    [LoggerMessage(26, LogLevel.Error, "What imports were left could not be looked at; it is tried again.")]
    static partial void NotTakenUp(ILogger log, Exception failure);

    [LoggerMessage(22, LogLevel.Error, "Import {Id} stopped at a fault; the next start goes on with it.")]
    static partial void Failed(ILogger log, string id, Exception failure);
}
