using System.Buffers;

namespace Parcours.Imports;

/// <summary>A row as RFC 4180 writes it.</summary>
static class CsvLine
{
    static readonly SearchValues<char> Numeric = SearchValues.Create("0123456789 .,()/");

    public static void Write(TextWriter to, char delimiter, IReadOnlyList<string> cells)
    {
        for (var index = 0; index < cells.Count; index++)
        {
            if (index > 0)
                to.Write(delimiter);
            var cell = cells[index];
            if (cell.AsSpan().IndexOfAny('"', '\r', '\n') >= 0 || cell.Contains(delimiter, StringComparison.Ordinal) || cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])))
                to.Write($"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            else
                to.Write(cell);
        }

        to.Write("\r\n");
    }

    /// <summary>A text that no spreadsheet takes for a formula: what strangers typed into a form must not run on the machine of who opens the file. Numbers and telephone numbers stay as they are.</summary>
    public static string Harmless(string text) => text.Length > 0 && (text[0] is '=' or '@' or '\t' or '\r' || text[0] is '+' or '-' && text.AsSpan(1).IndexOfAnyExcept(Numeric) >= 0) ? "'" + text : text;
}
