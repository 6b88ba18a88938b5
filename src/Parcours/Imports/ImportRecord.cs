namespace Parcours.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportStatus
{
    /// <summary>Others come first.</summary>
    Waiting = 0,
    /// <summary>The whole file is looked at; nothing is written yet.</summary>
    Checking = 1,
    /// <summary>Rows go in.</summary>
    Importing = 2,
    /// <summary>All good rows are in.</summary>
    Done = 3,
    /// <summary>A dry run: all rows were looked at, and nothing was written.</summary>
    Checked = 4,
    /// <summary>The file could not be imported, and nothing of it was.</summary>
    Refused = 5,
    /// <summary>Somebody stopped it; what went in stays. The same file goes on where it stopped.</summary>
    Cancelled = 6,
    /// <summary>The process that did it is gone. The same file goes on where it stopped.</summary>
    Interrupted = 7,
    /// <summary>Another import has gone on with the file.</summary>
    Continued = 8,
}

/// <summary>An import as it is kept: one document, written with every batch of rows, so that its cursor moves in the transaction that appends them (Semantics 5.3).</summary>
public sealed record ImportRecord
{
    public const string DocumentKind = "import";

    public required string Id { get; init; }
    public required ImportKind Kind { get; init; }
    /// <summary>As the sender called it.</summary>
    public required string File { get; init; }
    public ImportStatus Status { get; init; }
    public ImportWishes Wishes { get; init => field = value ?? new(); } = new();
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    /// <summary>SHA-256 of the unpacked file, once it was read.</summary>
    public string? Hash { get; init; }
    /// <summary>How often the file has been begun anew: 1 is the first time.</summary>
    public int Run { get; init; }
    /// <summary>Rows after the header.</summary>
    public long Rows { get; init; }
    /// <summary>Rows that cannot go in.</summary>
    public long Bad { get; init; }
    /// <summary>The last row of which it is certain what became of it.</summary>
    public long Cursor { get; init; }
    /// <summary>Rows that went in.</summary>
    public long Imported { get; init; }
    /// <summary>Rows whose message id had been seen in the last days.</summary>
    public long Duplicates { get; init; }
    /// <summary>Rows of which a part was not taken.</summary>
    public long Partly { get; init; }
    /// <summary>Of enrolments: rows of somebody whom nobody knows.</summary>
    public long Unknown { get; init; }
    /// <summary>Bad rows by the code of a reason; a row counts with each of its reasons.</summary>
    public IReadOnlyDictionary<string, long> Reasons { get; init => field = value ?? new Dictionary<string, long>(); } = new Dictionary<string, long>();
    /// <summary>The first bad rows.</summary>
    public IReadOnlyList<ImportExample> Examples { get; init => field = value ?? []; } = [];
    /// <summary>What each column was taken for, in words.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
    public string? Encoding { get; init; }
    public string? Delimiter { get; init; }
    /// <summary>Why it was refused.</summary>
    public ImportError? Error { get; init; }
    /// <summary>The server has the file and goes on by itself after a restart.</summary>
    public bool Spooled { get; init; }

    /// <summary>With what the first pass has found.</summary>
    internal ImportRecord With(CheckedFile file) => this with
    {
        Hash = file.Hash,
        Rows = file.Rows,
        Bad = file.Bad,
        Reasons = file.Reasons,
        Examples = file.Examples,
        Columns = file.Described,
        Encoding = file.Encoding,
        Delimiter = file.Delimiter,
    };

    /// <exception cref="ImportException">It was asked that every row be good, and one is not.</exception>
    internal void CheckStrict()
    {
        if (Wishes.Strict && Bad > 0)
            throw new ImportException("import.strict", $"{Bad} of {Rows} rows are bad, and strict means that then nothing is imported.");
    }

    internal bool IsUnfinished => Status is ImportStatus.Waiting or ImportStatus.Checking or ImportStatus.Importing;
}

/// <summary>A row that cannot go in, and every reason.</summary>
/// <param name="Line">On which it begins.</param>
public sealed record ImportExample(long Row, int Line, string Text);

/// <param name="Code">Stable; for programs.</param>
public sealed record ImportError(string Code, string Text);

/// <summary>What is known of a file by its hash: documents of kind <c>import-file</c>.</summary>
/// <param name="Import">The import that has it.</param>
public sealed record ImportedFile(string Import, int Run)
{
    public const string DocumentKind = "import-file";
}

/// <summary>An import as people see it.</summary>
/// <param name="Progress">0 to 1: of what it is doing now.</param>
public sealed record ImportView(
    string Id, ImportKind Kind, string File, ImportStatus Status, double Progress, long Rows, long Bad, long Processed, long Imported, long Duplicates, long Partly,
    IReadOnlyDictionary<string, long> Reasons, IReadOnlyList<ImportExample> Examples, IReadOnlyDictionary<string, string> Columns, string? Encoding, string? Delimiter, bool HasRejects, ImportError? Error,
    ImportWishes Wishes, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Of enrolments: rows whose contact has entered.</summary>
    public long Entered { get; init; }

    internal static ImportView Of(ImportRecord record, double progress, bool hasRejects) => new(
        record.Id, record.Kind, record.File, record.Status, progress, record.Rows, record.Bad, record.Cursor, record.Imported, record.Duplicates, record.Partly,
        record.Reasons, record.Examples, record.Columns, record.Encoding, record.Delimiter, hasRejects, record.Error, record.Wishes, record.CreatedAt, record.FinishedAt)
    { Entered = record.Kind == ImportKind.Enrolments ? Math.Max(0, record.Imported + record.Unknown - record.Partly) : 0 };
}
