using System.Text.Json.Serialization;
using Parcours.Http;

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
/// <remarks>What another version has written beside is passed over.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
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
    /// <summary>Of these, rows whose contact nobody knew before; and, of contacts, rows that told nothing new.</summary>
    public long Made { get; init; }
    public long Unchanged { get; init; }
    /// <summary>Of a dry run of contacts: what would become of the good rows.</summary>
    public ImportForesight? Foreseen { get; init; }
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
    /// <summary>The bad rows by reason and column, the most frequent first.</summary>
    public IReadOnlyList<BadRowGroup> Groups { get; init => field = value ?? []; } = [];
    /// <summary>What each column was taken for.</summary>
    public IReadOnlyList<MappedColumn> Mapping { get; init => field = value ?? []; } = [];
    public string? Encoding { get; init; }
    public string? Delimiter { get; init; }
    /// <summary>Why it was refused.</summary>
    public ImportError? Error { get; init; }
    /// <summary>The server has the file and goes on by itself after a restart.</summary>
    public bool Spooled { get; init; }
    /// <summary>It was sent to be looked at first: until it goes in, or for a day, its file stays.</summary>
    public bool KeepsFile { get; init; }

    /// <summary>Until when it can go in without being sent again; null: its file is no more.</summary>
    internal DateTimeOffset? FileUntil => KeepsFile && Spooled && !IsUnfinished && FinishedAt is { } at ? at + FileKept : null;

    internal static TimeSpan FileKept { get; } = TimeSpan.FromDays(1);

    /// <summary>With what the first pass has found.</summary>
    internal ImportRecord With(CheckedFile file) => this with
    {
        Hash = file.Hash,
        Rows = file.Rows,
        Bad = file.Bad.Count,
        Reasons = file.Bad.ByCode,
        Examples = file.Bad.Examples,
        Groups = file.Bad.Groups(),
        // The document is written with every batch: what was shown before is not carried along.
        Mapping = Wishes.DryRun ? file.Mapping : [.. file.Mapping.Select(column => column with { Samples = [] })],
        Encoding = file.Encoding,
        Delimiter = file.Delimiter,
        Foreseen = null,
    };

    /// <exception cref="ImportException">It was asked that every row be good, and one is not.</exception>
    internal void CheckStrict()
    {
        if (Wishes.Strict && Bad > 0)
            throw new ImportException(ImportException.Reason("import.strict", $"{Bad} of {Rows} rows are bad, and strict means that then nothing is imported."));
    }

    /// <summary>With what became of the rows so far.</summary>
    internal ImportRecord From(ImportRecord earlier) => this with
    {
        Cursor = earlier.Cursor,
        Imported = earlier.Imported,
        Made = earlier.Made,
        Unchanged = earlier.Unchanged,
        Duplicates = earlier.Duplicates,
        Unknown = earlier.Unknown,
        Partly = earlier.Partly,
    };

    internal ImportRecord Refused(ImportException why, ImportStatus status = ImportStatus.Refused) => this with { Status = status, Error = new(why.Code, why.Message) { Reasons = why.Reasons }, Mapping = why.Mapping.Count > 0 ? why.Mapping : Mapping };

    internal bool IsUnfinished => Status is ImportStatus.Waiting or ImportStatus.Checking or ImportStatus.Importing;
}

/// <summary>A row that cannot go in, and every reason.</summary>
/// <param name="Line">On which it begins.</param>
public sealed record ImportExample(long Row, int Line, string Text);

/// <param name="Code">Stable; for programs.</param>
public sealed record ImportError(string Code, string Text)
{
    /// <summary>All reasons, each with the values in its text, for whoever says it in another language.</summary>
    public IReadOnlyList<ProblemReason> Reasons { get; init => field = value ?? []; } = [];
}

/// <summary>What is known of a file by its hash: documents of kind <c>import-file</c>.</summary>
/// <param name="Import">The import that has it.</param>
public sealed record ImportedFile(string Import, int Run)
{
    public const string DocumentKind = "import-file";
}

/// <summary>An import as people see it.</summary>
/// <param name="Progress">0 to 1: of what it is doing now.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ImportView(
    string Id, ImportKind Kind, string File, ImportStatus Status, double Progress, long Rows, long Bad, long Processed, long Imported, long Duplicates, long Partly,
    IReadOnlyDictionary<string, long> Reasons, IReadOnlyList<ImportExample> Examples, string? Encoding, string? Delimiter, bool HasRejects, ImportError? Error,
    ImportWishes Wishes, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Of enrolments: rows whose contact has entered.</summary>
    public required long Entered { get; init; }

    /// <summary>Rows whose contact nobody knew before.</summary>
    public required long Made { get; init; }

    /// <summary>Of contacts: rows that changed somebody who was known, and rows that told nothing new.</summary>
    public required long Updated { get; init; }
    public required long Unchanged { get; init; }

    /// <summary>Of a dry run of contacts that is over: what would become of the good rows.</summary>
    public ImportForesight? Foreseen { get; init; }

    /// <summary>The bad rows by reason and column, the most frequent first.</summary>
    public required IReadOnlyList<BadRowGroup> Groups { get; init => field = value ?? []; } = [];

    /// <summary>What becomes of each column, and how sure that is.</summary>
    public required IReadOnlyList<MappedColumn> Mapping { get; init => field = value ?? []; } = [];

    /// <summary>While it runs; 0 until it is known.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>While it runs; null until it is known.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>It was looked at, and until then its file can go in, or be looked at in another way, without being sent again; null: it cannot.</summary>
    public DateTimeOffset? FileUntil { get; init; }

    internal static ImportView Of(ImportRecord record, double progress, bool hasRejects, ImportSpeed speed = default) => new(
        record.Id, record.Kind, record.File, record.Status, progress, record.Rows, record.Bad, record.Cursor, record.Imported, record.Duplicates, record.Partly,
        record.Reasons, record.Examples, record.Encoding, record.Delimiter, hasRejects, record.Error, record.Wishes, record.CreatedAt, record.FinishedAt)
    {
        Entered = record.Kind == ImportKind.Enrolments ? Math.Max(0, record.Imported + record.Unknown - record.Partly) : 0,
        Made = record.Made,
        Updated = record.Kind == ImportKind.Contacts ? Math.Max(0, record.Imported - record.Made - record.Unchanged) : 0,
        Unchanged = record.Unchanged,
        Foreseen = record.Foreseen,
        Groups = record.Groups,
        Mapping = record.Mapping,
        RowsPerSecond = record.IsUnfinished ? speed.RowsPerSecond : 0,
        SecondsLeft = record.IsUnfinished ? speed.SecondsLeft : null,
        FileUntil = record.FileUntil,
    };
}
