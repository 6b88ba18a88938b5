using Parcours.Configuration;
using Parcours.Engine.Ports;
using Parcours.Imports;
using Parcours.Storage.Sqlite;

namespace Parcours.Cli;

/// <summary><c>parcours import</c>: by the process that serves the folder, or, when nobody does, by opening it (Semantics 15.8).</summary>
static class ImportCommand
{
    static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(Settings settings, ImportOrder order, Terminal terminal, CancellationToken cancellationToken)
    {
        if (order.Wishes.Problems() is { Count: > 0 } problems)
            throw new CommandException(string.Join(" ", problems.Select(problem => problem.Text)), CommandException.AskedWrongly);
        using var input = await ImportInput.OpenAsync(order.File, cancellationToken);
        using var rejects = ImportRejects.For(order.Rejects);
        for (var waited = TimeSpan.Zero; ; waited += LookEach)
        {
            if (!DataFolder.IsInUse(settings.Data))
            {
                try
                {
                    return await HereAsync(settings, order, input, rejects, terminal, cancellationToken);
                }
                catch (StoreException inUse) when (inUse.Failure == StoreFailure.InUse && waited < LocalCommand.StartTakes)
                {
                    // Somebody was quicker: a server that starts, or another command.
                }
            }
            else if (LocalAddress.Read(settings.Data) is { } address && await LocalImportClient.TryAsync(address, order, input, rejects, terminal, cancellationToken) is { } exitCode)
            {
                return exitCode;
            }
            else if (waited >= LocalCommand.StartTakes)
            {
                throw new CommandException($"Another process has the data folder {settings.Data} open and does not answer. Try again, or stop that process.");
            }
            await Task.Delay(LookEach, cancellationToken);
        }
    }

    static async Task<int> HereAsync(Settings settings, ImportOrder order, ImportInput input, ImportRejects rejects, Terminal terminal, CancellationToken cancellationToken)
    {
        // A folder that is not there yet is not made for a file that cannot be imported.
        var store = settings.Database is null && DataFolder.IsEmpty(settings.Data) ? null : await DataStore.OpenAsync(settings, salt: null, node: null, cancellationToken);
        try
        {
            var catalogue = store is null ? ImportCatalogue.Empty : await ImportCatalogue.LoadAsync(store.Queries, order.Wishes.Journey, cancellationToken);
            var (record, file) = await ImportProgress.ShowAsync(terminal, report => Task.Run(() => Check(settings, order, input, rejects, catalogue, report, cancellationToken), cancellationToken));
            if (file is not null && record.Status == ImportStatus.Checking)
            {
                store ??= await DataStore.OpenAsync(settings, salt: null, node: null, cancellationToken);
                record = await ImportAsync(store, settings, record, file, input, rejects, catalogue, terminal, cancellationToken);
            }

            if (record.Error is null || record.Bad > 0)
                rejects.Keep(record);
            return ImportReport.Tell(ImportView.Of(record, 1, rejects.Kept), order, terminal);
        }
        finally
        {
            if (store is not null)
                await store.DisposeAsync();
        }
    }

    /// <summary>The first pass, and what follows from it by itself.</summary>
    static (ImportRecord Record, CheckedFile? File) Check(
        Settings settings, ImportOrder order, ImportInput input, ImportRejects rejects, ImportCatalogue catalogue, Action<ImportStatus, double, long, long> report, CancellationToken cancellationToken)
    {
        var record = new ImportRecord { Id = ImportBook.NewId(), Kind = order.Kind, File = input.Name, Wishes = order.Wishes, Status = ImportStatus.Checking, CreatedAt = DateTimeOffset.UtcNow };
        try
        {
            var file = ImportCheck.Check(
                input.Open(), order.Kind, order.Wishes, catalogue, settings.TimeZone, rejects.Begin(), (share, rows) => report(ImportStatus.Checking, share, rows, 0), cancellationToken);
            record = record.With(file);
            record.CheckStrict();
            return (order.Wishes.DryRun ? record with { Status = ImportStatus.Checked } : record, file);
        }
        catch (ImportException refused)
        {
            return (record.Refused(refused), null);
        }
    }

    static async Task<ImportRecord> ImportAsync(
        IStore store, Settings settings, ImportRecord record, CheckedFile file, ImportInput input, ImportRejects rejects, ImportCatalogue catalogue, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var engine = await Server.StartQuietEngineAsync(store, settings, cancellationToken);
        var book = new ImportBook(engine);
        try
        {
            record = await book.BeginAsync(record with { CreatedAt = book.Now }, file, _ => false, cancellationToken);
            return await ImportProgress.ShowAsync(terminal, report => new ImportRun(engine, book, TimeProvider.System)
            {
                Moved = moved => report(ImportStatus.Importing, (double)moved.Cursor / Math.Max(1, moved.Rows), moved.Cursor, moved.Rows),
                OnPart = (row, reasons) => rejects.Add(file, row, reasons),
            }.RunAsync(record, file, input.Open, catalogue, settings.TimeZone, cancellationToken));
        }
        catch (ImportException refused)
        {
            return record.Refused(refused);
        }
    }
}
