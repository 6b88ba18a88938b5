using NodaTime;

namespace Parcours.Imports;

/// <summary>What the first pass over a file has found: it can be read to its end, and these are its rows and columns.</summary>
/// <param name="Bad">Rows that cannot go in.</param>
/// <param name="Examples">The first of these.</param>
sealed record CheckedFile(
    string Hash, long Rows, long Bad, IReadOnlyDictionary<string, long> Reasons, IReadOnlyList<ImportExample> Examples, IReadOnlyList<string> Header, IReadOnlyList<ImportColumn> Columns, IReadOnlyDictionary<string, string> Described, string Encoding, string Delimiter);

/// <summary>The first pass: reads the whole file, judges every row, and writes nothing. Only a file that passes is imported, so that a broken one leaves everything as it was.</summary>
static class ImportCheck
{
    /// <summary>Bad rows that are shown; the others are counted by reason.</summary>
    public const int ExamplesMax = 20;
    const int LookEach = 256, ExampleLengthMax = 500;

    /// <param name="file">Disposed of when it was read.</param>
    /// <param name="rejects">Where the bad rows go; null: nowhere.</param>
    /// <param name="progress">Told now and then how much of the file was read, 0 to 1, and how many rows.</param>
    /// <exception cref="ImportException">The file is broken, or does not fit the wishes.</exception>
    public static CheckedFile Check(
        Stream file, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue, DateTimeZone zone, Stream? rejects, Action<double, long>? progress, CancellationToken cancellationToken)
    {
        using var table = CsvTable.Open(file, wishes);
        var columns = ImportColumns.Resolve(table.Header, kind, wishes, catalogue);
        using var reader = Reader(table, kind, wishes, columns, catalogue, zone, sees: true);
        using var written = rejects is null ? null : new Rejects(rejects, table);
        var (bad, counts, reasons) = (0L, new SortedDictionary<string, long>(StringComparer.Ordinal), new List<RowReason>());
        var examples = new List<ImportExample>();
        while (table.Read())
        {
            if (reader.Read(table, reasons) is null)
            {
                bad++;
                foreach (var code in reasons.Select(reason => reason.Code).Distinct())
                    counts[code] = counts.GetValueOrDefault(code) + 1;
                var text = string.Join(" ", reasons);
                written?.Add(table.Header, table, table.Line, text);
                if (examples.Count < ExamplesMax)
                    examples.Add(new(table.Row, table.Line, text.Length > ExampleLengthMax ? text[..ExampleLengthMax] + "…" : text));
            }

            if (table.Row % LookEach == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Invoke(table.Share, table.Row);
            }
        }

        foreach (var column in columns)
            column.Decide(wishes.Decimal?[0], table.Delimiter == ';' ? ',' : '.');
        var described = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns)
            described[column.Header] = ImportColumns.Describe(column);
        foreach (var name in table.Header.Where(name => name.Length > 0))
            described.TryAdd(name, "left out");
        return new(table.Hash(), table.Row, bad, counts, examples, table.Header, columns, described, table.EncodingName, table.Delimiter == '\t' ? "tab" : table.Delimiter.ToString());
    }

    public static RowReader Reader(CsvTable table, ImportKind kind, ImportWishes wishes, IReadOnlyList<ImportColumn> columns, ImportCatalogue catalogue, DateTimeZone zone, bool sees) => new(
        kind, wishes, columns, catalogue, new CellTimes(wishes.DateFormats, wishes.TimeZone is { } named ? DateTimeZoneProviders.Tzdb[named] : zone), table.Header.Count)
    { Sees = sees };
}
