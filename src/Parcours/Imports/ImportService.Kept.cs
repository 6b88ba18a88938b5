using System.Collections.Concurrent;
using Parcours.Engine.Ports;

namespace Parcours.Imports;

/// <summary>Files that were sent to be looked at: they go in, or are looked at in another way, without being sent again.</summary>
sealed partial class ImportService
{
    /// <summary>Until when each is kept.</summary>
    readonly ConcurrentDictionary<string, DateTimeOffset> _kept = new();

    /// <summary>Two orders for one file come one after the other.</summary>
    readonly SemaphoreSlim _anew = new(1, 1);

    /// <summary>Does an import whose file is kept once more, as it is said now: another dry run, or the real one. A dry run that is under way ends first.</summary>
    /// <returns>Null: there is none.</returns>
    /// <exception cref="ImportException">It is being imported, or its file is no more.</exception>
    public async Task<ImportView?> DoAnewAsync(string id, ImportWishes wishes, CancellationToken cancellationToken)
    {
        await _anew.WaitAsync(cancellationToken);
        try
        {
            await StopLookingAsync(id, cancellationToken);
            if (await _book.FindAsync(id, cancellationToken) is not { } record)
                return null;
            _kept.TryRemove(id, out _);
            if (record.FileUntil is null || !await HasFileAsync(id, cancellationToken))
                throw new ImportException(ImportException.Reason("import.file-dropped", "The file that was looked at is kept for a day, and is no more. Send it again."));
            record = record with { Wishes = wishes, Status = ImportStatus.Waiting, FinishedAt = null, Error = null };
            await _book.SaveAsync(record, cancellationToken);
            Enqueue(record);
            return ImportView.Of(record, 0, false);
        }
        finally
        {
            _anew.Release();
        }
    }

    async Task StopLookingAsync(string id, CancellationToken cancellationToken)
    {
        if (!_live.TryGetValue(id, out var live))
            return;
        if (!live.Record.Wishes.DryRun || !live.Record.KeepsFile)
            throw new ImportException(ImportException.Reason("import.under-way", "It goes in at this moment. Stop it first."));
        live.IsDoneAnew = true;
        await StopAsync(live, cancellationToken);
    }

    async Task<bool> HasFileAsync(string id, CancellationToken cancellationToken) =>
        File.Exists(FileOf(id)) || await PiecesAsync(id, cancellationToken) is { Upload: > 0 and var upload } && await FetchAsync(StoredFiles.Uploads, id, upload, FileOf(id), cancellationToken);

    /// <summary>Lets go of a file that nobody wants any more.</summary>
    async Task DropKeptAsync(string id, CancellationToken cancellationToken)
    {
        _kept.TryRemove(id, out _);
        if (_live.ContainsKey(id) || await _book.FindAsync(id, cancellationToken) is not { FileUntil: not null } record)
            return;
        record = record with { Spooled = false };
        if (settings.NodesShare)
            await ShareRejectsAsync(record);
        await _book.SaveAsync(record, cancellationToken);
        File.Delete(FileOf(id));
    }

    /// <summary>Lets go of those whose day is over.</summary>
    async Task TryDropOldAsync()
    {
        try
        {
            foreach (var (id, until) in _kept)
                if (until <= _book.Now)
                    await DropKeptAsync(id, _stopping.Token);
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            // The file is looked for when somebody leads next.
        }
    }
}
