using System.Globalization;
using System.Text;

namespace Parcours.Imports;

/// <summary>The rows that did not go in, as a file that can be corrected and imported again: the columns as they were, with the line and every reason.</summary>
sealed class Rejects : IDisposable
{
    readonly StreamWriter _to;
    readonly char _delimiter;

    public Rejects(Stream to, CsvTable table)
    {
        (_to, _delimiter) = (Writer(to, mark: true), table.Delimiter);
        Write([.. table.Header, ImportColumns.LineColumn, ImportColumns.ReasonColumn]);
    }

    Rejects(Stream to, char delimiter) => (_to, _delimiter) = (Writer(to, mark: false), delimiter);

    /// <summary>Adds one row of which only a part went in; rare enough to open the file for each.</summary>
    /// <param name="path">The file that the first pass wrote; made where it found nothing bad.</param>
    public static void Append(string path, CheckedFile file, ImportedRow row, string reasons)
    {
        var isNew = !File.Exists(path);
        using var rejects = new Rejects(new FileStream(path, FileMode.Append, FileAccess.Write), file.Delimiter == "tab" ? '\t' : file.Delimiter[0]);
        if (isNew)
            rejects.Write([.. file.Header, ImportColumns.LineColumn, ImportColumns.ReasonColumn]);
        rejects.Write([.. Enumerable.Range(0, file.Header.Count).Select(index => index < row.Cells.Length ? row.Cells[index] : ""), row.Line.ToString(CultureInfo.InvariantCulture), $"Went in, but: {reasons}"]);
    }

    static StreamWriter Writer(Stream to, bool mark) => new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: mark));

    /// <param name="line">On which the row begins.</param>
    public void Add(IReadOnlyList<string> header, CsvTable table, int line, string reasons)
    {
        var cells = new string[Math.Max(header.Count, table.Count) + 2];
        for (var index = 0; index < cells.Length - 2; index++)
            cells[index] = index < table.Count ? table.Raw(index) : "";
        // What is too much would shift the reason out of its column.
        cells[^2] = line.ToString(CultureInfo.InvariantCulture);
        cells[^1] = reasons;
        if (table.Count > header.Count)
            cells = [.. cells[..header.Count], cells[^2], reasons, .. cells[header.Count..^2]];
        Write(cells);
    }

    void Write(string[] cells) => CsvLine.Write(_to, _delimiter, cells);

    public void Dispose() => _to.Dispose();
}
