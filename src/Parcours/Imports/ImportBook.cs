using System.Globalization;
using System.Text.Json;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using static Parcours.Imports.ImportException;

namespace Parcours.Imports;

/// <summary>The imports of an installation, and which file was imported by which.</summary>
sealed class ImportBook(IEngine engine)
{
    public DateTimeOffset Now => engine.Now.ToDateTimeOffset();

    public static string NewId() => Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);

    public async ValueTask<ImportRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(ImportRecord.DocumentKind, id, cancellationToken) is { } document ? Read(document) : null;

    /// <summary>All of them, the newest last.</summary>
    public async Task<List<ImportRecord>> AllAsync(CancellationToken cancellationToken)
    {
        var records = new List<ImportRecord>();
        while (await engine.Queries.DocumentsAsync(ImportRecord.DocumentKind, null, records.Count > 0 ? records[^1].Id : null, 500, cancellationToken) is { Count: > 0 } page)
            records.AddRange(page.Select(Read));
        return records;
    }

    public Task SaveAsync(ImportRecord record, CancellationToken cancellationToken) => engine.WriteAsync(async (unit, now) =>
    {
        await SaveAsync(unit, record, now, cancellationToken);
        return true;
    }, cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(ImportRecord.DocumentKind, id, null, cancellationToken), cancellationToken);

    public static async ValueTask SaveAsync(IStoreUnit unit, ImportRecord record, Instant now, CancellationToken cancellationToken) =>
        await unit.WriteDocumentAsync(ImportRecord.DocumentKind, record.Id, JsonSerializer.SerializeToUtf8Bytes(record, ImportJson.Default.ImportRecord), null, now, cancellationToken);

    /// <summary>Takes hold of a file that was checked: from here on it is this import's. Where another import of the file was left unfinished, this one goes on where that stopped.</summary>
    /// <param name="isAtWork">Whether an import is being carried out at this moment.</param>
    /// <exception cref="ImportException">The file was imported, is being imported, or was begun in another way.</exception>
    public Task<ImportRecord> BeginAsync(ImportRecord record, CheckedFile file, Func<string, bool> isAtWork, CancellationToken cancellationToken) => engine.WriteAsync(async (unit, now) =>
    {
        var begun = record.With(file) with { Status = ImportStatus.Importing, Run = 1 };
        var key = record.Kind switch
        {
            ImportKind.Contacts => $"contacts-{file.Hash}",
            ImportKind.Enrolments => $"enrolments-{file.Hash}-{record.Wishes.Journey}",
            _ => $"events-{file.Hash}",
        };
        if (await unit.ReadDocumentAsync(ImportedFile.DocumentKind, key, cancellationToken) is { } known)
            begun = await AfterAsync(unit, JsonSerializer.Deserialize(known.Json.Span, ImportJson.Default.ImportedFile)!, begun, isAtWork, now, cancellationToken);
        await unit.WriteDocumentAsync(ImportedFile.DocumentKind, key, JsonSerializer.SerializeToUtf8Bytes(new ImportedFile(begun.Id, begun.Run), ImportJson.Default.ImportedFile), null, now, cancellationToken);
        await SaveAsync(unit, begun, now, cancellationToken);
        return begun;
    }, cancellationToken);

    static async Task<ImportRecord> AfterAsync(IStoreUnit unit, ImportedFile known, ImportRecord begun, Func<string, bool> isAtWork, Instant now, CancellationToken cancellationToken)
    {
        var earlier = await unit.ReadDocumentAsync(ImportRecord.DocumentKind, known.Import, cancellationToken) is { } document ? Read(document) : null;
        if (earlier?.Id == begun.Id)
            return begun.From(earlier) with { Run = earlier.Run };
        if (earlier is not null && isAtWork(earlier.Id))
            throw new ImportException(Reason("import.at-work", $"This file is being imported at this moment ({earlier.Id}).", ("import", earlier.Id)));
        if (earlier is null || begun.Wishes.Again)
            return begun with { Run = known.Run + 1 };
        if (earlier.Status == ImportStatus.Done)
            throw new ImportException(Reason("import.already", string.Create(CultureInfo.InvariantCulture,
                $"This file is imported already: {earlier.Imported} rows of {earlier.File}, {earlier.FinishedAt:yyyy-MM-dd HH:mm} UTC (import {earlier.Id}). To import it once more, say --again."), ("import", earlier.Id), ("file", earlier.File), ("rows", Said(earlier.Imported))));
        if (!earlier.Wishes.SameReading(begun.Wishes))
            throw new ImportException(Reason("import.begun", string.Create(CultureInfo.InvariantCulture,
                $"An import of this file with another mapping stopped at row {earlier.Cursor} of {earlier.Rows} (import {earlier.Id}). Say the same as then to go on with it, or --again to begin anew."), ("import", earlier.Id), ("row", Said(earlier.Cursor)), ("rows", Said(earlier.Rows))));
        await SaveAsync(unit, earlier with { Status = ImportStatus.Continued, Spooled = false, FinishedAt = now.ToDateTimeOffset() }, now, cancellationToken);
        return begun.From(earlier) with { Run = known.Run };
    }

    static string Said(long number) => number.ToString(CultureInfo.InvariantCulture);

    static ImportRecord Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, ImportJson.Default.ImportRecord)!;
}
