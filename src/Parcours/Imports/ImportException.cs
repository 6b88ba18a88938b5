namespace Parcours.Imports;

/// <summary>A file or an order that cannot be imported at all: nothing was written. The message is one clear error that says what to do.</summary>
/// <param name="code">Stable; for programs.</param>
sealed class ImportException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public string Code { get; } = code;
}
