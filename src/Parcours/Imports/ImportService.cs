using System.Collections.Concurrent;
using System.Threading.Channels;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;

namespace Parcours.Imports;

/// <summary>A file that somebody has sent.</summary>
/// <param name="Name">As the sender calls it.</param>
sealed record ReceivedFile(ImportKind Kind, string Name, ImportWishes Wishes);

/// <summary>Carries imports out in the background of a server, one after the other. What was received lies in the data folder until it is done, so that a restart goes on with it.</summary>
sealed partial class ImportService(IEngine engine, HttpSettings settings, ILogger<ImportService> log) : IHostedService, IDisposable
{
    static readonly TimeSpan RejectsKept = TimeSpan.FromDays(30);

    readonly ImportBook _book = new(engine);
    readonly Channel<string> _waiting = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    readonly ConcurrentDictionary<string, Live> _live = new();
    readonly CancellationTokenSource _stopping = new();
    readonly string _folder = settings.ImportFolder ?? Path.Combine(Path.GetTempPath(), "parcours-imports-" + Path.GetRandomFileName());
    Task _work = Task.CompletedTask;

    /// <summary>An import of which this process knows more than the store.</summary>
    sealed class Live(ImportRecord record)
    {
        public ImportRecord Record { get; set; } = record;
        public double Progress { get; set; }
        public CancellationTokenSource Cancel { get; } = new();
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    DateTimeZone Zone => settings.TimeZone ?? DateTimeZone.Utc;
    string FileOf(string id) => Path.Combine(_folder, id + ".upload");
    string RejectsOf(string id) => Path.Combine(_folder, id + ".rejects.csv");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        SweepFiles();
        foreach (var record in await _book.AllAsync(cancellationToken))
            if (record.IsUnfinished && record.Spooled && File.Exists(FileOf(record.Id)))
                Enqueue(record);
        SweepUploads();
        _work = Task.Run(WorkAsync, CancellationToken.None);
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
        try
        {
            ReceivedFile received;
            await using (var spool = OpenToWrite(FileOf(id)))
            {
                received = await receive(spool, cancellationToken);
                spool.Flush(flushToDisk: true);
            }

            var record = new ImportRecord { Id = id, Kind = received.Kind, File = received.Name, Wishes = received.Wishes, Status = ImportStatus.Waiting, CreatedAt = _book.Now, Spooled = true };
            await _book.SaveAsync(record, cancellationToken);
            Enqueue(record);
            return ImportView.Of(record, 0, false);
        }
        catch
        {
            File.Delete(FileOf(id));
            throw;
        }
    }

    /// <summary>Told of each step of each import, where it is carried out.</summary>
    public event Action<ImportRecord>? Moved;

    /// <summary>Completes when the import has ended, or the process stops; at once, if it is over or there is none.</summary>
    public Task EndOf(string id) => _live.TryGetValue(id, out var live) ? Task.WhenAny(live.Ended.Task, _work) : Task.CompletedTask;

    public async Task<ImportView?> FindAsync(string id, CancellationToken cancellationToken) =>
        _live.TryGetValue(id, out var live) ? ViewOf(live) : await _book.FindAsync(id, cancellationToken) is { } record ? ViewOf(record) : null;

    /// <summary>All, the newest first.</summary>
    public async Task<IReadOnlyList<ImportView>> ListAsync(CancellationToken cancellationToken)
    {
        var records = await _book.AllAsync(cancellationToken);
        records.Reverse();
        return [.. records.Select(record => _live.TryGetValue(record.Id, out var live) ? ViewOf(live) : ViewOf(record))];
    }

    /// <summary>Stops one; what went in stays.</summary>
    /// <returns>Null: there is none; else as it is then.</returns>
    public async Task<ImportView?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (_live.TryGetValue(id, out var live))
        {
            await live.Cancel.CancelAsync();
            if (live.Record.Status == ImportStatus.Waiting)
                await EndAsync(live, live.Record with { Status = ImportStatus.Cancelled });
            await live.Ended.Task.WaitAsync(cancellationToken);
        }

        return await FindAsync(id, cancellationToken);
    }

    /// <returns>Null: there are none, or no more.</returns>
    public Stream? OpenRejects(string id) => IsId(id) && File.Exists(RejectsOf(id)) ? new FileStream(RejectsOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;

    ImportView ViewOf(Live live) => ImportView.Of(live.Record, live.Progress, File.Exists(RejectsOf(live.Record.Id)));

    // Unfinished, and nobody is at it: a command did it that is gone.
    ImportView ViewOf(ImportRecord record) =>
        ImportView.Of(record.IsUnfinished ? record with { Status = ImportStatus.Interrupted } : record, record.Rows > 0 ? (double)record.Cursor / record.Rows : 0, File.Exists(RejectsOf(record.Id)));

    static bool IsId(string id) => Guid.TryParseExact(id, "N", out _);

    void Enqueue(ImportRecord record)
    {
        _live[record.Id] = new(record);
        _waiting.Writer.TryWrite(record.Id);
    }

    async Task WorkAsync()
    {
        try
        {
            await engine.WorksAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await foreach (var id in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (_stopping.IsCancellationRequested)
                return;
            if (!_live.TryGetValue(id, out var live))
                continue;
            try
            {
                await ImportAsync(live);
            }
            catch (ImportException refused)
            {
                await EndAsync(live, live.Record with { Status = live.Record.Status == ImportStatus.Importing ? ImportStatus.Cancelled : ImportStatus.Refused, Error = new(refused.Code, refused.Message) });
            }
            catch (OperationCanceledException) when (!_stopping.IsCancellationRequested && live.Cancel.IsCancellationRequested)
            {
                await EndAsync(live, live.Record with { Status = ImportStatus.Cancelled });
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure)
            {
                // Its file stays: the next start goes on with it.
                Failed(log, id, failure);
                _live.TryRemove(id, out _);
                live.Ended.TrySetResult();
            }
        }
    }

    async Task ImportAsync(Live live)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, live.Cancel.Token);
        var id = live.Record.Id;
        live.Record = live.Record with { Status = ImportStatus.Checking };
        var catalogue = await ImportCatalogue.LoadAsync(engine.Queries, live.Record.Wishes.Journey, either.Token);
        var file = await Task.Run(() => Check(live, catalogue, either.Token), either.Token);
        live.Record = live.Record.With(file);
        if (live.Record.Wishes.DryRun)
        {
            await EndAsync(live, live.Record with { Status = ImportStatus.Checked });
            return;
        }

        live.Record.CheckStrict();
        live.Record = await _book.BeginAsync(live.Record, file, other => other != id && _live.ContainsKey(other), either.Token);
        var run = new ImportRun(engine, _book, TimeProvider.System)
        {
            Moved = record =>
            {
                (live.Record, live.Progress) = (record, record.Rows > 0 ? (double)record.Cursor / record.Rows : 1);
                Moved?.Invoke(record);
            },
            OnPart = (row, text) => Rejects.Append(RejectsOf(id), file, row, text),
        };
        live.Record = await run.RunAsync(live.Record, file, () => OpenToRead(FileOf(id)), catalogue, Zone, either.Token);
        either.Token.ThrowIfCancellationRequested();
        await EndAsync(live, live.Record);
    }

    CheckedFile Check(Live live, ImportCatalogue catalogue, CancellationToken cancellationToken)
    {
        var rejects = RejectsOf(live.Record.Id);
        var file = ImportCheck.Check(
            OpenToRead(FileOf(live.Record.Id)), live.Record.Kind, live.Record.Wishes, catalogue, Zone, OpenToWrite(rejects),
            (share, rows) => (live.Progress, live.Record) = (share, live.Record with { Rows = rows }), cancellationToken);
        if (file.Bad == 0)
            File.Delete(rejects);
        return file;
    }

    async Task EndAsync(Live live, ImportRecord record)
    {
        record = record with { Spooled = false, FinishedAt = record.FinishedAt ?? _book.Now };
        await _book.SaveAsync(record, CancellationToken.None);
        File.Delete(FileOf(record.Id));
        if (record.Status == ImportStatus.Refused && record.Bad == 0)
            File.Delete(RejectsOf(record.Id));
        // Last, so that whoever sees the end finds all of it ended.
        live.Record = record;
        _live.TryRemove(record.Id, out _);
        live.Ended.TrySetResult();
    }

    void SweepFiles()
    {
        if (!Directory.Exists(_folder))
            return;
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
            if (!_live.ContainsKey(Path.GetFileNameWithoutExtension(upload)))
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

    public void Dispose() => _stopping.Dispose();

    [LoggerMessage(22, LogLevel.Error, "Import {Id} stopped at a fault; the next start goes on with it.")]
    static partial void Failed(ILogger log, string id, Exception failure);
}
