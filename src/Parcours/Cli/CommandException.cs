namespace Parcours.Cli;

/// <summary>A command cannot go on; the message is one line for whoever typed it, and says what to do.</summary>
/// <param name="exitCode">1: it failed; 2: it was asked wrongly.</param>
sealed class CommandException(string message, int exitCode = CommandException.Failed, Exception? cause = null) : Exception(message, cause)
{
    public const int Failed = 1, AskedWrongly = 2;

    public int ExitCode { get; } = exitCode;
}
