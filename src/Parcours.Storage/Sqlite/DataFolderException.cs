namespace Parcours.Storage.Sqlite;

/// <summary>Why a data folder cannot be opened. The message says what to do, in words for whoever typed the command.</summary>
public sealed class DataFolderException : IOException
{
    public DataFolderException(DataFolderProblem problem, string message, Exception? cause = null)
        : base(message, cause) => Problem = problem;

    public DataFolderProblem Problem { get; }
}

/// <summary>What is wrong with a data folder.</summary>
public enum DataFolderProblem
{
    /// <summary>Another process has it open.</summary>
    InUse,

    /// <summary>It, or a file in it, may not be written.</summary>
    ReadOnly,

    /// <summary>It does not exist and cannot be made.</summary>
    CannotBeMade,

    /// <summary>A newer version of the program wrote it.</summary>
    TooNew,

    /// <summary>What lies in it is not a database of this program, or is damaged.</summary>
    NotADatabase,

    /// <summary>The disk has no room even to open it.</summary>
    DiskFull,
}
