using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using static Parcours.Imports.ImportException;

namespace Parcours.Imports;

/// <summary>A CSV file, record by record: never more of it in memory than one record.</summary>
/// <remarks>RFC 4180 with any delimiter and any line end. A quotation mark inside a field that did not begin with one is text, as spreadsheets write it.</remarks>
sealed class CsvTable : IDisposable
{
    /// <summary>Characters of one field; what is longer is mostly a quotation mark that was never closed.</summary>
    public const int FieldLengthMax = 1024 * 1024;

    /// <summary>Columns of a file.</summary>
    public const int ColumnsMax = 2_000;

    readonly FileBytes _bytes;
    readonly CsvParser _parser;
    readonly int _linesSkipped;
    int _lastLine;

    CsvTable(FileBytes bytes, DecodedText text, char delimiter, int linesSkipped)
    {
        (_bytes, _linesSkipped, Delimiter, EncodingName) = (bytes, linesSkipped, delimiter, text.EncodingName);
        _parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
            BufferSize = 64 * 1024,
            MaxFieldSize = FieldLengthMax,
            BadDataFound = bad => Judge(bad.Field),
        });
        Header = ReadHeader();
    }

    /// <summary>Trimmed; none twice. An empty one has no name.</summary>
    public IReadOnlyList<string> Header { get; }
    public char Delimiter { get; }
    public string EncodingName { get; }

    /// <summary>The line on which the current record begins; the first of the file is 1.</summary>
    public int Line { get; private set; }

    /// <summary>The current record's number; the first after the header is 1. Blank lines are none.</summary>
    public int Row { get; private set; }

    public int Count => _parser.Count;

    /// <summary>How much of the file was read; 0 to 1.</summary>
    public double Share => _bytes.Share;

    /// <summary>Of the whole file, once it is read to its end.</summary>
    public string Hash() => _bytes.Hash();

    /// <summary>Opens a file.</summary>
    /// <param name="file">Can be read from its beginning again; disposed of with the table.</param>
    /// <exception cref="ImportException">It is no CSV file.</exception>
    public static CsvTable Open(Stream file, ImportWishes wishes)
    {
        var bytes = new FileBytes(file);
        try
        {
            var text = new DecodedText(bytes, wishes.Encoding is { } name ? TextEncodings.Named(name) : null);
            var skipped = 0;
            char? said = wishes.DelimiterCharacter;
            // Excel's own way of saying it.
            if (Delimiters.SaidIn(text.Head) is var (delimiter, length))
            {
                said ??= delimiter;
                text.Skip(length);
                skipped = 1;
            }

            return new CsvTable(bytes, text, said ?? Delimiters.FoundIn(text.Head), skipped);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>A cell without the white space around it; what is beyond the record's end is empty.</summary>
    public string this[int column] => column < _parser.Count ? Trimmed(_parser[column]) : "";

    /// <summary>The cell as the file has it.</summary>
    public string Raw(int column) => _parser[column];

    /// <summary>Goes to the next record that is not blank.</summary>
    /// <exception cref="ImportException">The file is broken here.</exception>
    public bool Read()
    {
        while (Next())
            if (_parser.Count > 1 || !string.IsNullOrWhiteSpace(_parser[0]))
            {
                Row++;
                return true;
            }

        return false;
    }

    bool Next()
    {
        try
        {
            Line = _lastLine + 1 + _linesSkipped;
            var read = _parser.Read();
            _lastLine = _parser.RawRow;
            return read;
        }
        catch (MaxFieldSizeException tooLong)
        {
            throw new ImportException(Reason("import.field", $"A field of the record that begins at line {Line} has more than {FieldLengthMax / 1024 / 1024} MB of text. Perhaps a quotation mark there is never closed.", ("line", Said(Line))), tooLong);
        }
    }

    string[] ReadHeader()
    {
        if (!Read())
            throw new ImportException(Reason("import.empty", "The file is empty: it has not even a header line."));
        Row = 0;
        if (_parser.Count > ColumnsMax)
            throw new ImportException(Reason("import.wide", $"The file has {_parser.Count} columns; {ColumnsMax} are the most.", ("columns", Said(_parser.Count)), ("most", Said(ColumnsMax))));
        var names = new string[_parser.Count];
        for (var column = 0; column < names.Length; column++)
        {
            names[column] = this[column];
            var earlier = names[column].Length == 0 ? -1 : Array.IndexOf(names, names[column], 0, column);
            if (earlier >= 0)
                throw new ImportException(Reason("import.header", $"Columns {earlier + 1} and {column + 1} are both called '{names[column]}'. Give each column a name of its own.", ("name", names[column]), ("first", Said(earlier + 1)), ("second", Said(column + 1))));
        }

        return names.Any(name => name.Length > 0) ? names : throw new ImportException(Reason("import.header.none", "The first line has no names of columns in it."));
    }

    // The parser calls whatever has quotation marks in unusual places bad.
    void Judge(string field)
    {
        if (!field.StartsWith('"') || field.TrimEnd() is { Length: > 1 } whole && whole[^1] == '"' && whole.AsSpan().Count('"') % 2 == 0 && !HasLoneQuote(whole))
            return;
        throw new ImportException(Closes(field)
            ? Reason("import.quotes.after", $"In the record that begins at line {Line} there is text after a closing quotation mark. Double the quotation marks inside a field: \"like \"\"this\"\"\".", ("line", Said(Line)))
            : Reason("import.quotes", $"A quotation mark is opened in the record that begins at line {Line} and never closed. Close it, or double it if it belongs to the text.", ("line", Said(Line))));
    }

    static string Said(int number) => number.ToString(CultureInfo.InvariantCulture);

    static bool Closes(string field) => field.AsSpan().Count('"') % 2 == 0;

    static bool HasLoneQuote(string whole)
    {
        for (var index = 1; index < whole.Length - 1; index++)
            if (whole[index] == '"' && whole[++index] != '"')
                return true;
        return false;
    }

    // No more than these: what else Unicode calls white space may be somebody's text.
    static string Trimmed(string cell) => cell.Trim(' ', '\t', '\r', '\n', '\u00A0');

    public void Dispose()
    {
        _parser.Dispose();
        _bytes.Dispose();
    }
}
