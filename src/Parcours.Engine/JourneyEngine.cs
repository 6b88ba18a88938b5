using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Engine.Telemetry;
using Parcours.Engine.Time;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine;

/// <summary>The engine over one store: one worker thread that does all the writing, senders beside it.</summary>
/// <remarks>The parts: JourneyEngine.Loop (the worker's thread), JourneyEngine.Sending.</remarks>
public sealed partial class JourneyEngine : IEngine, ICommands
{
    readonly IStore _store;
    readonly EngineOptions _options;
    readonly TimeProvider _time;
    readonly VirtualClock? _virtual;
    readonly Worker _worker;
    readonly CatalogueService _catalogue;
    readonly EngineState _state = new();
    readonly ConcurrentQueue<SubmissionRequest> _requests = new();
    readonly ConcurrentQueue<(Func<Instant, CancellationToken, ValueTask> Run, Action<Exception>? Fail)> _commands = new(), _changes = new();
    readonly ConcurrentQueue<SendReport> _arrived = new();
    readonly HashSet<SubmissionRequest> _open = [];
    readonly ManualResetEventSlim _signal = new();
    readonly CancellationTokenSource _stopping = new();
    readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously), _works = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Thread? _thread;
    int _queued;

    JourneyEngine(IStore store, EngineOptions options, IEnumerable<IChannel> channels, TimeProvider time, IContentCheck? contentCheck)
    {
        (_store, _options, _time, _virtual) = (store, options, time, time as VirtualClock);
        // Time that is moved by hand is moved in one process.
        _spread = _virtual is null ? store.Spread : null;
        _worker = new(store, options, time, _state) { Channels = channels.ToDictionary(channel => channel.Name), IsShared = _spread is not null };
        _worker.Erased += () => _erases = true;
        _catalogue = new(store, _state, _worker, this, contentCheck, options.Zone, options.Zones);
        _cameRound = time.GetTimestamp();
    }

    /// <summary>Starts the engine over a store that is open; it may stand by (<see cref="EngineOptions.StandsBy"/>).</summary>
    /// <param name="channels">Made with the engine's state at hand, for channels that read the catalogue.</param>
    /// <exception cref="StoreException">The store cannot be worked with.</exception>
    public static async Task<JourneyEngine> StartAsync(IStore store, EngineOptions options, IEnumerable<IChannel> channels, TimeProvider time, IContentCheck? contentCheck, CancellationToken cancellationToken)
    {
        var engine = new JourneyEngine(store, options, channels, time, contentCheck);
        engine.StartSenders();
        engine._thread = new Thread(engine.Run) { IsBackground = true, Name = "parcours worker" };
        engine._thread.Start();
        engine.StartIntake();
        EngineTelemetry.Watch(engine);
        try
        {
            await engine._started.Task.WaitAsync(cancellationToken);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }

        return engine;
    }

    public Instant Now => _worker.Now();
    public bool IsReady => (_spread is null ? _works : _started).Task.IsCompletedSuccessfully && NotReadyBecause is null;
    public string? NotReadyBecause { get; private set; }
    public WorkedOnBy? WorkedOnBy => Volatile.Read(ref _workedOnBy);
    public Task WorksAsync(CancellationToken cancellationToken) => _works.Task.WaitAsync(cancellationToken);

    /// <summary>Of a worker that has not come round for longer than this it is not known what waits.</summary>
    static readonly TimeSpan ComesRoundWithin = TimeSpan.FromSeconds(2);
    long _cameRound;

    public Duration Lag
    {
        get
        {
            var still = _time.GetElapsedTime(Volatile.Read(ref _cameRound));
            return Duration.Max(_worker.Lag, _virtual is null && still > ComesRoundWithin ? Duration.FromTimeSpan(still) : Duration.Zero);
        }
    }

    public PartitionCount Partitions => new(_started.Task.IsCompletedSuccessfully && NotReadyBecause is null ? _worker.Partitions.Size : 0, Volatile.Read(ref _unowned));

    public IStoreQueries Queries => _store.Queries;
    public ICatalogueService Catalogue => _catalogue;
    public Catalogue Current => _state.Catalogue;
    public PropertyRegistry Properties => _state.Registry;
    public bool IsVirtual => _virtual is not null;

    public EngineFigures Figures => new(_worker.EntriesProcessed, _worker.Bursts, _worker.Commits + Volatile.Read(ref _worldMoves), _worker.EnrolmentsStarted, _worker.MessagesSent, _worker.TimersFired, Volatile.Read(ref _queued));

    public Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken) => SubmitToAsync(submissions, null, false, cancellationToken);

    public Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, WriteBeside beside, CancellationToken cancellationToken) => SubmitToAsync(submissions, beside, false, cancellationToken);

    public Task<IReadOnlyList<SubmissionResult>> IntakeAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken) => SubmitToAsync(submissions, null, true, cancellationToken);

    async Task<IReadOnlyList<SubmissionResult>> SubmitToAsync(IReadOnlyList<Submission> submissions, WriteBeside? beside, bool isIntake, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        if (submissions.Count == 0)
            return [];
        if (Volatile.Read(ref _queued) + submissions.Count > _options.QueueLength)
            throw TurnedAway("queue", submissions, new OverloadedException("More is waiting than the engine takes at once; send it again in a second.", Duration.FromSeconds(1)));
        if (NotReadyBecause is { } why && (_gaveUp is not null || _spread is null || !isIntake))
            throw TurnedAway("store", submissions, _gaveUp ?? new StoreException(why));
        // What is written beside is the leader's: whoever led before must not move a cursor that another moves now.
        if (!isIntake && WorkedOnBy is { } leader)
            throw TurnedAway("store", submissions, new StoreException(StoreFailure.InUse, leader.Why));
        if (IsBehind)
            throw TurnedAway("behind", submissions, new OverloadedException($"The engine is more than {_options.BehindMax} behind; send it again when it has caught up.", Duration.FromSeconds(30)));
        if (IsDiskLow())
            throw TurnedAway("disk", submissions, new OverloadedException($"The disk of the data has under {_options.DiskFreeMin:P0} free; nothing is taken in until there is room.", Duration.FromSeconds(60)));
        using var span = EngineTelemetry.Source.StartActivity("submit")?.SetTag("parcours.items", submissions.Count);
        var begun = _time.GetTimestamp();
        var request = new SubmissionRequest(await WithMessagesAsync(submissions, cancellationToken)) { Beside = beside, IsIntake = isIntake };
        Interlocked.Add(ref _queued, submissions.Count);
        _requests.Enqueue(request);
        Wake();
        WakeIntake();
        // Not cancelled with the caller: what is in the journal has happened, whether or not somebody still listens.
        var results = await request.Completion.WaitAsync(cancellationToken);
        EngineTelemetry.Answered(_time.GetElapsedTime(begun));
        return results;
    }

    static Exception TurnedAway(string reason, IReadOnlyList<Submission> submissions, Exception why)
    {
        EngineTelemetry.TurnedAway(reason, submissions.Count);
        return why;
    }

    long _diskLooked;
    bool _diskLow;

    /// <summary>Looked at each five seconds at most: it is a call to the system.</summary>
    bool IsDiskLow()
    {
        if (_options.DiskFree is not { } free)
            return false;
        var now = _time.GetTimestamp();
        if (_diskLooked == 0 || _time.GetElapsedTime(_diskLooked, now) > TimeSpan.FromSeconds(5))
            (_diskLow, _diskLooked) = (free() < _options.DiskFreeMin, now);
        return _diskLow;
    }

    /// <summary>Feedback and a wish to send again name a message; what it was sent for is read before it is queued.</summary>
    async ValueTask<IReadOnlyList<Submission>> WithMessagesAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        if (!submissions.Any(submission => Named(submission) is not null))
            return submissions;
        var ready = new List<Submission>(submissions.Count);
        foreach (var submission in submissions)
            ready.Add(Named(submission) is { } named && await Queries.MessageAsync(named, cancellationToken) is { } message
                ? submission with { About = message, Contact = submission.Contact ?? message.Contact }
                : submission);
        return ready;

        static MessageKey? Named(Submission submission) => submission.Body switch
        {
            SubmissionBody.Feedback feedback => feedback.Message,
            SubmissionBody.Resend resend => resend.Message,
            _ => null,
        };
    }

    public Task<T> WriteAsync<T>(Func<IStoreUnit, Instant, ValueTask<T>> write, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            await using var unit = await _store.BeginAsync(_worker.Partitions, cancellation);
            var result = await write(unit, now);
            await unit.CommitAsync(cancellation);
            return result;
        }, _commands, null, cancellationToken);

    Task<T> ICommands.RunAsync<T>(Func<Instant, CancellationToken, ValueTask<T>> command, Func<T, T>? late, CancellationToken cancellationToken) =>
        RunAsync(command, _spread is null ? _commands : _changes, late, cancellationToken);

    Task<T> RunAsync<T>(Func<Instant, CancellationToken, ValueTask<T>> command, ConcurrentQueue<(Func<Instant, CancellationToken, ValueTask> Run, Action<Exception>? Fail)> queue, Func<T, T>? late, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Enqueue((async (now, cancellation) =>
        {
            try
            {
                var before = _change;
                var result = await command(now, cancellation);
                if (_change is { } change && !ReferenceEquals(change, before))
                    _change = change with { Then = passed => done.TrySetResult(passed || late is null ? result : late(result)), Fail = failure => done.TrySetException(failure) };
                else
                    done.TrySetResult(result);
            }
            catch (Exception failure)
            {
                done.TrySetException(failure);
                if (failure is StoreException)
                    throw;
            }
        }, failure => done.TrySetException(failure)));
        Wake();
        return done.Task.WaitAsync(cancellationToken);
    }

    void ICommands.Post(Func<Instant, CancellationToken, ValueTask> command)
    {
        (_spread is null ? _commands : _changes).Enqueue((command, null));
        Wake();
    }

    /// <summary>Something was queued for the worker; if it has gone meanwhile, nobody else answers.</summary>
    void Wake()
    {
        _signal.Set();
        if (Volatile.Read(ref _ended))
            FailAll();
    }

    public async ValueTask<Contact?> ContactAsync(ContactId contact, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < 16; hops++)
        {
            if (await Queries.ContactAsync(contact, cancellationToken) is not { } body)
                return null;
            var decoded = ContactCodec.Decode(body.Body.Span, _state.Kept);
            if (decoded.Id != contact)
                return null;
            if (decoded.MergedInto is not { } winner)
                return decoded;
            contact = winner;
        }

        return null;
    }

    public Contact Decode(ReadOnlySpan<byte> body) => ContactCodec.Decode(body, _state.Kept);

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        EngineTelemetry.Unwatch(this);
        await _stopping.CancelAsync();
        _signal.Set();
        WakeIntake();
        if (_thread is { } thread)
            await Task.Run(thread.Join);
        await StopIntakeAsync();
        await StopSendersAsync();
        // Whoever closes the store next must not find a reader in it.
        if (_reading is { } reading)
            await reading.ContinueWith(static _ => { }, TaskScheduler.Default);
        _signal.Dispose();
        _stopping.Dispose();
    }
}
