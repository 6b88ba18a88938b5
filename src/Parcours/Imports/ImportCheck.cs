using NodaTime;
using Parcours.Http;

namespace Parcours.Imports;

/// <summary>What the first pass over a file has found: it can be read to its end, and these are its rows and columns.</summary>
sealed record CheckedFile(
    string Hash, long Rows, BadRows Bad, IReadOnlyList<string> Header, IReadOnlyList<ImportColumn> Columns, IReadOnlyList<MappedColumn> Mapping, string Encoding, string Delimiter);

/// <summary>The first pass: reads the whole file, judges every row, and writes nothing. Only a file that passes is imported, so that a broken one leaves everything as it was.</summary>
static class ImportCheck
{
    const int LookEach = 256;

    /// <param name="file">Disposed of when it was read.</param>
    /// <param name="rejects">Where the bad rows go; null: nowhere.</param>
    /// <param name="progress">Told now and then how much of the file was read, 0 to 1, and how many rows.</param>
    /// <exception cref="ImportException">The file is broken, or does not fit the wishes.</exception>
    public static CheckedFile Check(
        Stream file, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue, DateTimeZone zone, Stream? rejects, Action<double, long>? progress, CancellationToken cancellationToken)
    {
        using var table = CsvTable.Open(file, wishes);
        var (problems, samples) = (new List<ProblemReason>(), new SampleRows());
        var columns = ImportColumns.Resolve(table.Header, kind, wishes, catalogue, problems);
        if (problems.Count > 0)
            throw new ImportException("import.columns", problems) { Mapping = Unread(table, columns, samples, kind, wishes, catalogue) };
        using var reader = Reader(table, kind, wishes, columns, catalogue, zone, sees: true);
        using var written = rejects is null ? null : new Rejects(rejects, table);
        var (bad, reasons) = (new BadRows(), new List<RowReason>());
        while (table.Read())
        {
            if (!samples.IsFull)
                samples.Add(table);
            if (reader.Read(table, reasons) is null)
            {
                var text = bad.Add(table, reasons);
                written?.Add(table.Header, table, table.Line, text, reasons);
            }

            if (table.Row % LookEach == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Invoke(table.Share, table.Row);
            }
        }

        foreach (var column in columns)
            column.Decide(wishes.Decimal?[0], table.Delimiter == ';' ? ',' : '.');
        var mapping = ImportGuesses.Of(table.Header, columns, samples, kind, wishes, catalogue, bad.ByColumn);
        return new(table.Hash(), table.Row, bad, table.Header, columns, mapping, table.EncodingName, table.Delimiter == '\t' ? "tab" : table.Delimiter.ToString());
    }

    /// <summary>Of a file whose columns do not fit: what they were taken for, and its first rows.</summary>
    static IReadOnlyList<MappedColumn> Unread(CsvTable table, IReadOnlyList<ImportColumn> columns, SampleRows samples, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue)
    {
        while (!samples.IsFull && table.Read())
            samples.Add(table);
        return ImportGuesses.Of(table.Header, columns, samples, kind, wishes, catalogue, new Dictionary<string, long>());
    }

    public static RowReader Reader(CsvTable table, ImportKind kind, ImportWishes wishes, IReadOnlyList<ImportColumn> columns, ImportCatalogue catalogue, DateTimeZone zone, bool sees) => new(
        kind, wishes, columns, catalogue, new CellTimes(wishes.DateFormats, wishes.TimeZone is { } named ? DateTimeZoneProviders.Tzdb[named] : zone), table.Header.Count)
    { Sees = sees };
}
