using Parcours.Http;

namespace Parcours.Imports;

/// <summary>How sure it is what a column becomes.</summary>
public enum ColumnGuess
{
    /// <summary>Its name says it, or somebody did.</summary>
    Sure = 0,
    /// <summary>Somebody should look at it: <see cref="MappedColumn.Doubt"/> asks what about.</summary>
    Look = 1,
    /// <summary>A property that nobody has so far.</summary>
    New = 2,
    LeftOut = 3,
}

/// <summary>One column of a file, and what becomes of it.</summary>
/// <param name="Column">As the file has it.</param>
/// <param name="Becomes">As a mapping writes it, such as <c>email</c>, <c>property:city</c> or <c>consent:email/news</c>; <c>-</c>: left out.</param>
/// <param name="Type">Of a property: <c>text</c>, <c>number</c>, <c>boolean</c>, <c>date</c>, <c>dateTime</c>, <c>choice</c> or <c>choices</c>.</param>
/// <param name="Doubt">What there is to look at, as a question.</param>
/// <param name="Samples">Its cells in the first rows; only while nothing is written.</param>
public sealed record MappedColumn(string Column, string Becomes, string? Type, ColumnGuess Guess, ProblemReason? Doubt, IReadOnlyList<string> Samples)
{
    /// <summary>In words, for a terminal.</summary>
    internal string Words => Becomes == "-" ? "left out" : $"{Becomes.Replace(':', ' ')}{(Type is null ? "" : $" ({Type.ToLowerInvariant()})")}{(Doubt is null ? "" : $": {Doubt.Text}")}";
}

/// <summary>Says of each column what it becomes and how sure that is, after the first pass.</summary>
static class ImportGuesses
{
    const int ShownMax = 60;

    /// <summary>Bad cells of which a column has at least one in so many, and it is worth a look.</summary>
    const int BadOneIn = 2;

    /// <param name="samples">By the column's index; null: none are told.</param>
    /// <param name="bad">Bad cells by the column's name.</param>
    public static IReadOnlyList<MappedColumn> Of(IReadOnlyList<string> header, IReadOnlyList<ImportColumn> columns, SampleRows? samples, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue, IReadOnlyDictionary<string, long> bad)
    {
        var byIndex = columns.ToDictionary(column => column.Index);
        var mapped = new List<MappedColumn>();
        for (var index = 0; index < header.Count; index++)
            if (header[index].Length > 0)
                mapped.Add(Of(header[index], byIndex.GetValueOrDefault(index), samples?.Of(index) ?? [], kind, wishes, catalogue, bad.GetValueOrDefault(header[index])));
        return mapped;
    }

    static MappedColumn Of(string header, ImportColumn? column, IReadOnlyList<string> samples, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue, long bad)
    {
        if (column is null)
            return new(header, "-", null, ColumnGuess.LeftOut, null, samples);
        var (becomes, type) = (ImportColumns.Describe(column.Target, kind), column.Target is ImportTarget.Property ? NameOf(column.Type ?? CellType.Text) : null);
        var doubt = Doubt(column, wishes, bad);
        var isNew = column is { Target: ImportTarget.Property { OfContact: true } property, Found: ColumnFound.ByItself or ColumnFound.Said } && !catalogue.Properties.Definitions.ContainsKey(property.Name);
        return new(header, becomes, type, doubt is not null ? ColumnGuess.Look : isNew ? ColumnGuess.New : ColumnGuess.Sure, doubt, samples);
    }

    static string NameOf(CellType type) => type == CellType.DateTime ? "dateTime" : type.ToString().ToLowerInvariant();

    /// <summary>The first thing worth a question; who has said what the column is has answered the questions of what it is.</summary>
    static ProblemReason? Doubt(ImportColumn column, ImportWishes wishes, long bad) => column switch
    {
        { Found: ColumnFound.Second } => Ask(column, "import.doubt.second", "Another column is that already: is this one a property of its own?"),
        { Found: ColumnFound.BareId } => Ask(column, "import.doubt.id", "Is this your customers' number?"),
        { Found: not ColumnFound.Said, LooksLikeDates: true } => Ask(column, "import.doubt.dates", "Are these dates? Say their type, and whether the day or the month comes first."),
        { Target: ImportTarget.Property, Type: CellType.Date or CellType.DateTime } when bad > 0 && wishes.DateFormats.Count == 0 => Ask(column, "import.doubt.dateForm", "Does the day come first, or the month?"),
        { Target: ImportTarget.Named { Kind: Journeys.Contacts.IdentityKind.Phone } } when bad > 0 && wishes.Country is null => Ask(column, "import.doubt.country", "Of which country are the numbers without a country's code?"),
        { Ambiguous: { } number } => Ask(column, "import.doubt.decimal", $"Is '{number}' more than a thousand, or has it decimals?", ("value", number)),
        { Found: not ColumnFound.Said, LooksLikeSeveral: true } => Ask(column, "import.doubt.several", "Several values in one cell: are they tags?"),
        _ when bad > 0 && bad * BadOneIn >= column.Seen => Ask(column, "import.doubt.bad", $"{bad} of its values do not fit: is it that?"),
        _ => null,
    };

    static ProblemReason Ask(ImportColumn column, string code, string text, params ReadOnlySpan<(string, string)> values) => ImportException.ReasonOf(code, column.Header, text, values);

    public static string Shown(string text) => text.Length > ShownMax ? text[..ShownMax] + "…" : text;
}

/// <summary>The first rows of a file as they are, to be shown beside what their columns become.</summary>
sealed class SampleRows
{
    public const int Most = 2;
    readonly List<string[]> _rows = [];

    public bool IsFull => _rows.Count == Most;

    public void Add(CsvTable table)
    {
        var cells = new string[table.Count];
        for (var index = 0; index < cells.Length; index++)
            cells[index] = ImportGuesses.Shown(table[index]);
        _rows.Add(cells);
    }

    public IReadOnlyList<string> Of(int column) => [.. _rows.Select(row => column < row.Length ? row[column] : "")];
}
