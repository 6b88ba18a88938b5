using Parcours.Http;

namespace Parcours.Imports;

/// <summary>A file or an order that cannot be imported at all: nothing was written. The message is one clear error that says what to do.</summary>
sealed class ImportException : Exception
{
    public ImportException(ProblemReason reason, Exception? cause = null) : this(reason.Code, [reason], cause) { }

    /// <param name="code">Stable; for programs. Of several reasons, what they have in common.</param>
    public ImportException(string code, IReadOnlyList<ProblemReason> reasons, Exception? cause = null) : base(string.Join(" ", reasons.Select(reason => reason.Text)), cause) => (Code, Reasons) = (code, reasons);

    public string Code { get; }

    /// <summary>All of them, each with the values in its text.</summary>
    public IReadOnlyList<ProblemReason> Reasons { get; }

    /// <summary>What the columns were taken for, where the file could be read so far: whoever is to say it otherwise must see it.</summary>
    public IReadOnlyList<MappedColumn> Mapping { get; init; } = [];

    /// <summary>One reason, with the values by which it is said in another language.</summary>
    public static ProblemReason Reason(string code, string text, params ReadOnlySpan<(string Name, string Value)> values) => ReasonOf(code, "", text, values);

    /// <param name="column">As the file has it.</param>
    public static ProblemReason ReasonOf(string code, string column, string text, params ReadOnlySpan<(string Name, string Value)> values)
    {
        Dictionary<string, string>? arguments = null;
        foreach (var (name, value) in values)
            (arguments ??= [])[name] = value;
        return new(code, column, text) { Arguments = arguments };
    }
}
