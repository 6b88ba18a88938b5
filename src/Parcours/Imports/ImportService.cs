using System.Collections.Concurrent;
using System.Threading.Channels;
using NodaTime;
using Parcours.Engine;
using Parcours.Http;

namespace Parcours.Imports;

/// <summary>A file that somebody has sent.</summary>
/// <param name="Name">As the sender calls it.</param>
/// <param name="KeepsFile">Of a dry run: whether it may go in afterwards without being sent again.</param>
sealed record ReceivedFile(ImportKind Kind, string Name, ImportWishes Wishes, bool KeepsFile = false);

/// <summary>Carries imports out in the background of a server, one after the other. What was received lies in the data folder until it is done, so that a restart goes on with it; where nodes share a database it lies there too, so that whoever leads goes on.</summary>
sealed partial class ImportService(IEngine engine, HttpSettings settings, ILogger<ImportService> log) : IHostedService, IDisposable
{
    static readonly TimeSpan RejectsKept = TimeSpan.FromDays(30), LookEach = TimeSpan.FromSeconds(1);

    readonly ImportBook _book = new(engine);
    readonly StoredFiles _files = new(engine);
    readonly Channel<string> _waiting = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    readonly ConcurrentDictionary<string, Live> _live = new();
    readonly ConcurrentDictionary<string, byte> _receiving = new();
    readonly CancellationTokenSource _stopping = new();
    readonly string _folder = settings.ImportFolder ?? Path.Combine(Path.GetTempPath(), "parcours-imports-" + Path.GetRandomFileName());
    Task _work = Task.CompletedTask;

    /// <summary>An import of which this process knows more than the store.</summary>
    sealed class Live(ImportRecord record)
    {
        public ImportRecord Record { get; set; } = record;
        public double Progress { get; set; }
        public ImportPace Pace { get; } = new(TimeProvider.System);
        public ImportSpeed Speed { get; set; }

        /// <summary>It is stopped because it shall be done in another way: its file stays.</summary>
        public bool IsDoneAnew { get; set; }

        int _taken;

        /// <summary>Whether it is the caller who begins it, or ends it before it is begun: nobody else does.</summary>
        public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

        /// <param name="rows">How many it has come past.</param>
        public void Tell(ImportRecord record, double share, long rows) => (Record, Progress, Speed) = (record, share, Pace.At(record.Status, share, rows));

        public CancellationTokenSource Cancel { get; } = new();
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    DateTimeZone Zone => settings.TimeZone ?? DateTimeZone.Utc;
    string FileOf(string id) => Path.Combine(_folder, id + ".upload");
    string RejectsOf(string id) => Path.Combine(_folder, id + ".rejects.csv");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        SweepFiles();
        _work = Task.Run(WorkAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Ends between two batches; what is not done goes on at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _waiting.Writer.TryComplete();
        await _work;
        if (settings.ImportFolder is null && Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Keeps a file and imports it when its turn comes.</summary>
    /// <param name="receive">Writes the file, and says what it is.</param>
    public async Task<ImportView> TakeAsync(Func<Stream, CancellationToken, Task<ReceivedFile>> receive, CancellationToken cancellationToken)
    {
        var id = ImportBook.NewId();
        Directory.CreateDirectory(_folder);
        _receiving[id] = 0;
        try
        {
            ReceivedFile received;
            await using (var spool = OpenToWrite(FileOf(id)))
            {
                received = await receive(spool, cancellationToken);
                spool.Flush(flushToDisk: true);
            }

            var record = new ImportRecord { Id = id, Kind = received.Kind, File = received.Name, Wishes = received.Wishes, Status = ImportStatus.Waiting, CreatedAt = _book.Now, KeepsFile = received.KeepsFile && received.Wishes.DryRun };
            if (settings.NodesShare)
                await ShareAsync(record, cancellationToken);
            record = record with { Spooled = true };
            await _book.SaveAsync(record, cancellationToken);
            Enqueue(record);
            return ImportView.Of(record, 0, false);
        }
        catch
        {
            _live.TryRemove(id, out _);
            File.Delete(FileOf(id));
            throw;
        }
        finally
        {
            _receiving.TryRemove(id, out _);
        }
    }

    /// <summary>Told of each step of each import, where it is carried out.</summary>
    public event Action<ImportRecord>? Moved;

    /// <summary>Completes when the import has ended, or the process stops; at once, if it is over or there is none.</summary>
    public Task EndOf(string id) => _live.TryGetValue(id, out var live) ? Task.WhenAny(live.Ended.Task, _work) : Task.CompletedTask;

    public async Task<ImportView?> FindAsync(string id, CancellationToken cancellationToken) =>
        _live.TryGetValue(id, out var live) ? ViewOf(live) : await _book.FindAsync(id, cancellationToken) is { } record ? ViewOf(record, await PiecesAsync(id, cancellationToken)) : null;

    /// <summary>All, the newest first.</summary>
    public async Task<IReadOnlyList<ImportView>> ListAsync(CancellationToken cancellationToken)
    {
        var records = await _book.AllAsync(cancellationToken);
        records.Reverse();
        var pieces = settings.NodesShare ? await _files.AllAsync(cancellationToken) : null;
        return [.. records.Select(record => _live.TryGetValue(record.Id, out var live) ? ViewOf(live) : ViewOf(record, pieces?.GetValueOrDefault(record.Id) ?? StoredPieces.None))];
    }

    /// <summary>Stops one; what went in stays. A file that was only looked at is let go of.</summary>
    /// <returns>Null: there is none; else as it is then.</returns>
    public async Task<ImportView?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (_live.TryGetValue(id, out var live))
            await StopAsync(live, cancellationToken);

        await DropKeptAsync(id, cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    async Task StopAsync(Live live, CancellationToken cancellationToken)
    {
        await live.Cancel.CancelAsync();
        if (live.TryTake())
            await EndAsync(live, live.Record with { Status = ImportStatus.Cancelled });
        await live.Ended.Task.WaitAsync(cancellationToken);
    }

    /// <returns>Null: there are none, or no more.</returns>
    public async Task<Stream?> OpenRejectsAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsId(id))
            return null;
        if (!File.Exists(RejectsOf(id)) && await PiecesAsync(id, cancellationToken) is { Rejects: > 0 and var rejects } && !await FetchAsync(StoredFiles.Rejects, id, rejects, RejectsOf(id), cancellationToken))
            return null;
        return File.Exists(RejectsOf(id)) ? new FileStream(RejectsOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
    }

    /// <summary>As <see cref="OpenRejectsAsync(string, CancellationToken)"/>, of one reason alone, or in a language.</summary>
    /// <param name="code">Null: of all reasons.</param>
    /// <param name="column">Empty: of the row as a whole.</param>
    /// <returns>Writes them; null: there are none, or no more.</returns>
    public async Task<Func<Stream, CancellationToken, Task>?> OpenRejectsAsync(string id, string? code, string column, string? language, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { Delimiter: { } delimiter } import || await OpenRejectsAsync(id, cancellationToken) is not { } rejects)
            return null;
        var words = RejectWords.In(language, import.Groups);
        return (to, cancellation) => Rejects.CopyAsync(rejects, delimiter, code is null ? null : Rejects.CodeOf(code, column), words, to, cancellation);
    }

    ValueTask<StoredPieces> PiecesAsync(string id, CancellationToken cancellationToken) => settings.NodesShare ? _files.FindAsync(id, cancellationToken) : new(StoredPieces.None);

    ImportView ViewOf(Live live) => ImportView.Of(live.Record, live.Progress, File.Exists(RejectsOf(live.Record.Id)), live.Speed);

    ImportView ViewOf(ImportRecord record, StoredPieces pieces) =>
        ImportView.Of(AsItIs(record, pieces), record.Rows > 0 ? (double)record.Cursor / record.Rows : 0, pieces.Rejects > 0 || File.Exists(RejectsOf(record.Id)));

    /// <summary>Unfinished, and nobody is at it: a command did it that is gone, or the node that had the file. What lies in the database is gone on with in a moment.</summary>
    static ImportRecord AsItIs(ImportRecord record, StoredPieces pieces) => !record.IsUnfinished || record.Spooled && pieces.Upload > 0
        ? record
        : record with { Status = ImportStatus.Interrupted, Error = record.Error ?? (record.Spooled ? FileIsGone : null) };

    static ImportError FileIsGone { get; } = ErrorOf(ImportException.Reason("import.file-gone", "The file lies in the folder of a node that does not lead, or is no more. Send the same file again: it goes on where this stopped."));

    static ImportError ErrorOf(Http.ProblemReason reason) => new(reason.Code, reason.Text) { Reasons = [reason] };

    static bool IsId(string id) => Guid.TryParseExact(id, "N", out _);

    void Enqueue(ImportRecord record)
    {
        _live[record.Id] = new(record);
        _waiting.Writer.TryWrite(record.Id);
    }

    void SweepFiles()
    {
        if (!Directory.Exists(_folder))
            return;
        foreach (var half in Directory.EnumerateFiles(_folder, "*.part"))
            File.Delete(half);
        foreach (var rejects in Directory.EnumerateFiles(_folder, "*.rejects.csv"))
            if (File.GetLastWriteTimeUtc(rejects) < DateTime.UtcNow - RejectsKept)
                File.Delete(rejects);
    }

    /// <summary>Files that were not received whole, or whose end was written and no more.</summary>
    void SweepUploads()
    {
        if (!Directory.Exists(_folder))
            return;
        foreach (var upload in Directory.EnumerateFiles(_folder, "*.upload"))
            if (Path.GetFileNameWithoutExtension(upload) is var id && !_live.ContainsKey(id) && !_receiving.ContainsKey(id) && !_kept.ContainsKey(id))
                File.Delete(upload);
    }

    static FileStream OpenToRead(string path) => new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.SequentialScan, BufferSize = 64 * 1024 });

    // Whole address books: readable by this user alone.
    static FileStream OpenToWrite(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _anew.Dispose();
    }
}
