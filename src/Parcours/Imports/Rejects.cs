using System.Globalization;
using System.Text;

namespace Parcours.Imports;

/// <summary>The rows that did not go in, as a file that can be corrected and imported again: the columns as they were, with the line and every reason.</summary>
sealed class Rejects : IDisposable
{
    /// <summary>What stands between two reasons in the column for programs.</summary>
    const string Between = " | ";

    /// <summary>What a row of which only a part went in begins with.</summary>
    internal const string WentIn = "Went in, but: ";

    const int CopiedAtOnce = 64 * 1024;

    readonly StreamWriter _to;
    readonly char _delimiter;

    public Rejects(Stream to, CsvTable table)
    {
        (_to, _delimiter) = (Writer(to, mark: true), table.Delimiter);
        Write([.. HeaderOf(table.Header)]);
    }

    /// <summary>Rows that come again, corrected, have these columns already.</summary>
    static IEnumerable<string> HeaderOf(IReadOnlyList<string> header) => [.. header.Where(name => !ImportColumns.IsOfRejects(name)), ImportColumns.LineColumn, ImportColumns.ReasonColumn, ImportColumns.CodeColumn];

    /// <summary>By which the rows of one reason are found.</summary>
    public static string CodeOf(string code, string column) => column.Length > 0 ? $"{code} {column}" : code;

    Rejects(Stream to, char delimiter) => (_to, _delimiter) = (Writer(to, mark: false), delimiter);

    /// <summary>Adds one row of which only a part went in; rare enough to open the file for each.</summary>
    /// <param name="path">The file that the first pass wrote; made where it found nothing bad.</param>
    public static void Append(string path, CheckedFile file, ImportedRow row, IReadOnlyList<RowReason> reasons)
    {
        var isNew = !File.Exists(path);
        using var rejects = new Rejects(new FileStream(path, FileMode.Append, FileAccess.Write), file.Delimiter == "tab" ? '\t' : file.Delimiter[0]);
        if (isNew)
            rejects.Write([.. HeaderOf(file.Header)]);
        rejects.Write(file.Header, row.Cells.Length, index => row.Cells[index], row.Line, WentIn + string.Join(" ", reasons.Select(reason => reason.Text)), reasons);
    }

    static StreamWriter Writer(Stream to, bool mark) => new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: mark));

    /// <param name="line">On which the row begins.</param>
    public void Add(IReadOnlyList<string> header, CsvTable table, int line, string text, IReadOnlyList<RowReason> reasons) => Write(header, table.Count, table.Raw, line, text, reasons);

    void Write(IReadOnlyList<string> header, int count, Func<int, string> cell, int line, string text, IReadOnlyList<RowReason> reasons)
    {
        var cells = new List<string>();
        for (var index = 0; index < header.Count; index++)
            if (!ImportColumns.IsOfRejects(header[index]))
                cells.Add(index < count ? cell(index) : "");
        cells.AddRange([line.ToString(CultureInfo.InvariantCulture), text, string.Join(Between, reasons.Select(reason => CodeOf(reason.Code, reason.Column)))]);
        // What is too much would shift the reason out of its column.
        for (var index = header.Count; index < count; index++)
            cells.Add(cell(index));
        Write([.. cells]);
    }

    /// <summary>Copies the rows, all or those that have one reason.</summary>
    /// <param name="from">As written here; disposed of.</param>
    /// <param name="wanted">By <see cref="CodeOf"/>; null: all.</param>
    /// <param name="words">What the column of reasons says; null: as it is.</param>
    public static async Task CopyAsync(Stream from, string delimiter, string? wanted, RejectWords? words, Stream to, CancellationToken cancellationToken)
    {
        using var table = CsvTable.Open(from, new() { Delimiter = delimiter, Encoding = "utf-8" });
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var (header, at) = (table.Header.ToList(), table.Header.ToList().LastIndexOf(ImportColumns.CodeColumn));
        var reason = header.LastIndexOf(ImportColumns.ReasonColumn);
        text.Write('\uFEFF');
        CsvLine.Write(text, table.Delimiter, header);
        while (table.Read())
        {
            var codes = table[at].ToString().Split(Between);
            if (wanted is null || codes.Contains(wanted))
                CsvLine.Write(text, table.Delimiter, [.. Enumerable.Range(0, table.Count).Select(index => index == reason && words is not null ? words.Say(table.Raw(index), codes) : table.Raw(index))]);
            if (text.GetStringBuilder().Length >= CopiedAtOnce)
                await PassOnAsync(text, to, cancellationToken);
        }

        await PassOnAsync(text, to, cancellationToken);
    }

    static async Task PassOnAsync(StringWriter text, Stream to, CancellationToken cancellationToken)
    {
        await to.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        text.GetStringBuilder().Clear();
    }

    void Write(string[] cells) => CsvLine.Write(_to, _delimiter, cells);

    public void Dispose() => _to.Dispose();
}
