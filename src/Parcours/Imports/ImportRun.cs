using System.Globalization;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;

namespace Parcours.Imports;

/// <summary>The second pass: puts the good rows into the journal, each once, with a cursor that moves in the transaction that appends them (Semantics 5.3).</summary>
/// <remarks>
/// What is handed over at once is what the engine lately handled in 25 ms, and the next follows when that is done: so never more is unprocessed than it handles in 50 ms (Semantics 2.8),
/// and a live event waits no longer than that.
/// </remarks>
sealed class ImportRun(IEngine engine, ImportBook book, TimeProvider time)
{
    internal const int RowsFirst = 64, RowsMin = 16, RowsMax = 1_000;
    const int TriesMax = 600;
    static readonly TimeSpan BatchTakes = TimeSpan.FromMilliseconds(25), RetryAfter = TimeSpan.FromMilliseconds(500);

    RowBatch _batch = new(), _next = new();
    int _rows = RowsFirst;
    long _partlyLater, _partlyCounted, _unchangedLater;

    /// <summary>Whether this process still has the right to; another that leads goes on with it.</summary>
    public Func<bool> Leads { get; init; } = static () => true;

    /// <summary>Told of every step.</summary>
    public Action<ImportRecord>? Moved { get; init; }

    /// <summary>Told of rows of which the engine did not take a part.</summary>
    public Action<ImportedRow, IReadOnlyList<RowReason>>? OnPart { get; init; }

    /// <summary>Goes on from the record's cursor to the end of the file.</summary>
    /// <param name="record">As begun.</param>
    /// <param name="open">Opens the file that was checked.</param>
    /// <returns>The record as it was left: done, or as far as it came when it was cancelled (its status is then unchanged).</returns>
    /// <exception cref="ImportException">The file is no more what was checked; the rows before that are in.</exception>
    /// <exception cref="StoreException">The store has failed for minutes; the import can go on later.</exception>
    public async Task<ImportRecord> RunAsync(ImportRecord record, CheckedFile file, Func<Stream> open, ImportCatalogue catalogue, DateTimeZone zone, CancellationToken cancellationToken)
    {
        using var table = CsvTable.Open(open(), record.Wishes);
        using var reader = ImportCheck.Reader(table, record.Kind, record.Wishes, file.Columns, catalogue, zone, sees: false);
        var from = record.Cursor;
        // Everything to be read is at hand: a thread of its own would only hand it over.
        _batch.Fill(table, reader, _rows, record, from);
        while (_batch.Items.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            var (current, starting) = (record, _rows);
            var reading = Task.Run(() => _next.Fill(table, reader, starting, current, from), CancellationToken.None);
            // It was read at the pace of a moment ago: what is too much by now goes in pieces.
            for (var at = 0; at < _batch.Items.Count && !cancellationToken.IsCancellationRequested;)
            {
                var part = _batch.Part(at, Math.Min(_rows, _batch.Items.Count - at));
                record = await SubmitAsync(record, part);
                at += part.Items.Count;
                Moved?.Invoke(record);
            }

            await reading;
            if (!cancellationToken.IsCancellationRequested)
                (_batch, _next) = (_next, _batch);
        }

        if (_batch.Items.Count > 0)
            return record;
        if (table.Hash() != file.Hash)
            throw new ImportException(ImportException.Reason("import.changed", string.Create(CultureInfo.InvariantCulture, $"The file was changed while it was imported. The rows up to {record.Cursor} are in, as they were read; look at the rest."), ("row", record.Cursor.ToString(CultureInfo.InvariantCulture))));
        record = record with { Status = ImportStatus.Done, Cursor = record.Rows, Partly = record.Partly + _partlyLater, Unchanged = record.Unchanged + _unchangedLater, FinishedAt = book.Now, Spooled = false };
        await book.SaveAsync(record, CancellationToken.None);
        Moved?.Invoke(record);
        return record;
    }

    /// <summary>Until the batch is in; what nobody knows after a failure is read from the cursor.</summary>
    async Task<ImportRecord> SubmitAsync(ImportRecord record, RowPart batch)
    {
        for (var triesLeft = TriesMax; ; triesLeft--)
        {
            try
            {
                return await SubmitOnceAsync(record, batch);
            }
            catch (OverloadedException overloaded) when (triesLeft > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(5, overloaded.RetryAfter.TotalSeconds)), CancellationToken.None);
            }
            catch (StoreException) when (triesLeft > 0 && Leads())
            {
                await Task.Delay(RetryAfter, CancellationToken.None);
                if (await CursorAsync(record.Id) is { } now && now.Cursor >= batch.LastRow)
                {
                    (_partlyLater, _unchangedLater) = (0, 0);
                    return now;
                }
            }
        }
    }

    async Task<ImportRecord?> CursorAsync(string id)
    {
        try
        {
            return await book.FindAsync(id, CancellationToken.None);
        }
        catch (StoreException)
        {
            return null;
        }
    }

    async Task<ImportRecord> SubmitOnceAsync(ImportRecord record, RowPart batch)
    {
        var moved = record;
        var started = time.GetTimestamp();
        // Not cancelled: the batch is either in or not, and whoever cancels waits these milliseconds.
        var results = await engine.SubmitAsync(
            batch.Items,
            async (unit, appended, now, cancellation) =>
            {
                moved = Count(record, batch, appended);
                await ImportBook.SaveAsync(unit, moved, now, cancellation);
            },
            CancellationToken.None);
        Fit(batch.Items.Count, time.GetElapsedTime(started));
        TellParts(batch, results);
        return moved;
    }

    ImportRecord Count(ImportRecord record, RowPart batch, IReadOnlyList<SubmissionResult> appended)
    {
        long imported = 0, made = 0, duplicates = 0, unknown = 0;
        _partlyCounted = 0;
        foreach (var result in appended)
        {
            if (result.Outcome == SubmissionOutcome.Duplicate)
                duplicates++;
            else if (result.Outcome != SubmissionOutcome.UnknownContact)
                imported++;
            if (result.Outcome == SubmissionOutcome.UnknownContact)
                unknown++;
            if (result.MadeContact)
                made++;
            if (IsPart(result))
                _partlyCounted++;
        }

        return record with
        {
            Cursor = batch.LastRow,
            Imported = record.Imported + imported,
            Made = record.Made + made,
            Unchanged = record.Unchanged + _unchangedLater,
            Duplicates = record.Duplicates + duplicates,
            Unknown = record.Unknown + unknown,
            Partly = record.Partly + _partlyLater + _partlyCounted,
        };
    }

    void Fit(int rows, TimeSpan took)
    {
        var fitting = rows * (BatchTakes / TimeSpan.FromTicks(Math.Max(took.Ticks, 1)));
        // Down at once, up by doubling: one quick batch proves little, one slow batch has kept everybody waiting.
        _rows = (int)Math.Clamp(fitting, RowsMin, Math.Min(RowsMax, _rows * 2));
    }

    /// <summary>A row of which something was not taken; of enrolments, one that did not enter.</summary>
    static bool IsPart(SubmissionResult result) => !result.Refusals.IsEmpty || result.Outcome == SubmissionOutcome.UnknownContact;

    static IReadOnlyList<RowReason> Reasons(SubmissionResult result) => result.Outcome == SubmissionOutcome.UnknownContact
        ? [new("contact.unknown", "", "Nobody is known by this.")]
        : [.. result.Refusals.Select(refusal => new RowReason(refusal.Code, "", refusal.Text))];

    void TellParts(RowPart batch, IReadOnlyList<SubmissionResult> results)
    {
        var (parts, unchanged) = (0L, 0L);
        for (var index = 0; index < results.Count; index++)
        {
            if (results[index].LeftAsItWas)
                unchanged++;
            if (IsPart(results[index]))
            {
                parts++;
                OnPart?.Invoke(batch.Rows[index], Reasons(results[index]));
            }
        }

        // What a burst refused or left as it was was not known when the cursor moved: it is counted with the next batch.
        (_partlyLater, _unchangedLater) = (Math.Max(0, parts - _partlyCounted), unchanged);
    }
}

/// <summary>A row on its way in.</summary>
readonly record struct ImportedRow(long Row, int Line, string[] Cells);

/// <summary>What is handed over at once.</summary>
/// <param name="LastRow">Up to which row of the file it goes; those that are no good among them.</param>
readonly record struct RowPart(IReadOnlyList<Submission> Items, IReadOnlyList<ImportedRow> Rows, long LastRow);

/// <summary>Some rows of a file, made ready for the engine.</summary>
sealed class RowBatch
{
    readonly List<RowReason> _reasons = [];

    public List<Submission> Items { get; } = [];
    public List<ImportedRow> Rows { get; } = [];

    /// <summary>The last row that was read for it, whether or not it is good.</summary>
    public long LastRow { get; private set; }

    public RowPart Part(int at, int count) => at == 0 && count == Items.Count
        ? new(Items, Rows, LastRow)
        : new(Items.GetRange(at, count), Rows.GetRange(at, count), at + count == Items.Count ? LastRow : Rows[at + count - 1].Row);

    public void Fill(CsvTable table, RowReader reader, int rows, ImportRecord record, long after)
    {
        Items.Clear();
        Rows.Clear();
        while (Items.Count < rows && table.Read())
        {
            if (table.Row <= after)
                continue;
            LastRow = table.Row;
            if (reader.Read(table, _reasons) is not { } made)
                continue;
            Items.Add(made.MessageId is null ? made with { MessageId = MessageId(record, table.Row) } : made);
            var cells = new string[table.Count];
            for (var index = 0; index < cells.Length; index++)
                cells[index] = table.Raw(index);
            Rows.Add(new(table.Row, table.Line, cells));
        }
    }

    /// <summary>Semantics 5.3: (file, row); a file that is imported again on purpose is another file.</summary>
    static string MessageId(ImportRecord record, long row) =>
        record.Kind == ImportKind.Enrolments
        // The same people may enter another journey by the same file.
        ? string.Create(CultureInfo.InvariantCulture, $"import/enrolments/{Security.Secrets.Hash($"{record.Hash} {record.Wishes.Journey}").AsSpan(0, 32)}/{record.Run}/{row}")
        : string.Create(CultureInfo.InvariantCulture, $"import/{(record.Kind == ImportKind.Contacts ? "contacts" : "events")}/{record.Hash.AsSpan(0, 32)}/{record.Run}/{row}");
}
