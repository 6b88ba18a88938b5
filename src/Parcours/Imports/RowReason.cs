namespace Parcours.Imports;

/// <summary>One reason why a row cannot go in.</summary>
/// <param name="Code">Stable; by it reasons are counted.</param>
/// <param name="Column">Empty: the row as a whole.</param>
/// <param name="Value">The cell at fault, cut where it is long; null: none is.</param>
readonly record struct RowReason(string Code, string Column, string Text, string? Value = null)
{
    /// <summary>Values in the text that the cell does not have, for whoever says it in another language.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    public override string ToString() => Column.Length > 0 ? $"{Column}: {Text}" : Text;
}
