namespace Parcours.Imports;

/// <summary>A reason for which rows cannot go in, with its rows.</summary>
/// <param name="Code">Stable; its words are in docs/imports.md.</param>
/// <param name="Column">As the file has it; empty: the row as a whole.</param>
/// <param name="Rows">How many rows have it; a row counts with each of its reasons.</param>
/// <param name="Text">English: of the first row, what is wrong and what to do about it.</param>
/// <param name="Arguments">The values in the text, for whoever says it in another language.</param>
/// <param name="Examples">The first rows.</param>
public sealed record BadRowGroup(string Code, string Column, long Rows, string Text, IReadOnlyDictionary<string, string>? Arguments, IReadOnlyList<BadCell> Examples);

/// <param name="Line">On which the row begins.</param>
/// <param name="Value">What the cell has, cut where it is long; empty: no cell is at fault.</param>
public sealed record BadCell(int Line, string Value);

/// <summary>Counts the rows that cannot go in, by reason and column.</summary>
sealed class BadRows
{
    /// <summary>Bad rows that are shown whole; the others are counted by reason.</summary>
    public const int ExamplesMax = 20;

    /// <summary>Reasons that are told with their rows: the import's document has them, and is written with every batch.</summary>
    public const int GroupsMax = 50;
    const int CellsMax = 5, ExampleLengthMax = 500;

    readonly SortedDictionary<string, long> _codes = new(StringComparer.Ordinal);
    readonly Dictionary<(string Code, string Column), Group> _groups = [];
    readonly Dictionary<string, long> _columns = new(StringComparer.Ordinal);

    sealed class Group(RowReason first)
    {
        public RowReason First { get; } = first;
        public long Rows { get; set; }
        public long LastRow { get; set; }
        public List<BadCell> Cells { get; } = [];
    }

    public long Count { get; private set; }
    public IReadOnlyDictionary<string, long> ByCode => _codes;

    /// <summary>Bad cells by the column's name.</summary>
    public IReadOnlyDictionary<string, long> ByColumn => _columns;
    public List<ImportExample> Examples { get; } = [];

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<BadRowGroup> Groups() => [.. _groups.Values
        .OrderByDescending(group => group.Rows).ThenBy(group => group.Cells[0].Line)
        .Take(GroupsMax)
        .Select(group => new BadRowGroup(group.First.Code, group.First.Column, group.Rows, group.First.Text, group.First.Arguments, group.Cells))];

    /// <returns>All its reasons, as a person reads them.</returns>
    public string Add(CsvTable table, List<RowReason> reasons)
    {
        Count++;
        foreach (var code in reasons.Select(reason => reason.Code).Distinct())
            _codes[code] = _codes.GetValueOrDefault(code) + 1;
        foreach (var reason in reasons)
            Add(table, reason);
        var text = string.Join(" ", reasons);
        if (Examples.Count < ExamplesMax)
            Examples.Add(new(table.Row, table.Line, text.Length > ExampleLengthMax ? text[..ExampleLengthMax] + "…" : text));
        return text;
    }

    void Add(CsvTable table, RowReason reason)
    {
        if (!_groups.TryGetValue((reason.Code, reason.Column), out var group))
            _groups[(reason.Code, reason.Column)] = group = new(reason);
        // Two lists of one cell that do not exist are one bad row.
        if (group.LastRow == table.Row)
            return;
        (group.LastRow, group.Rows) = (table.Row, group.Rows + 1);
        if (reason.Column.Length > 0)
            _columns[reason.Column] = _columns.GetValueOrDefault(reason.Column) + 1;
        if (group.Cells.Count < CellsMax)
            group.Cells.Add(new(table.Line, reason.Value ?? ""));
    }
}
