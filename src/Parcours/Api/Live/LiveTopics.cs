using System.Collections.Concurrent;
using System.Threading.Channels;
using Parcours.Engine;

namespace Parcours.Api;

/// <summary>One thing that is sent to those who watch.</summary>
/// <param name="Data">JSON.</param>
/// <param name="Essence">What must differ for it to be news: the data without its time.</param>
sealed record LiveEvent(string Name, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Essence);

/// <summary>Something to watch.</summary>
/// <param name="Key">Names it: who names the same sees the same.</param>
/// <param name="Read">Its events as they are now, one a name; asked at most once a second.</param>
readonly record struct LiveSubject(string Key, Func<CancellationToken, ValueTask<IReadOnlyList<LiveEvent>>> Read);

/// <summary>What is watched live: each topic is read once a second for all who watch it, only while somebody does, and told only when it has changed.</summary>
/// <remarks>So a hundred open maps of a journey cost one reading of its counters a second, and none while nothing happens.</remarks>
sealed class LiveTopics(IEngine engine, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Watchers of all topics together; each holds a connection and a newest event, and nothing else.</summary>
    public const int WatchersMax = 500;
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    int _watchers;

    /// <summary>Begins to watch.</summary>
    /// <param name="subjects">Topics whose events have different names.</param>
    /// <returns>Null: too many watch already.</returns>
    public Watch? TryWatch(params ReadOnlySpan<LiveSubject> subjects)
    {
        if (Interlocked.Increment(ref _watchers) > WatchersMax)
        {
            Interlocked.Decrement(ref _watchers);
            return null;
        }

        var watch = new Watch(this);
        foreach (var subject in subjects)
        {
            Topic topic;
            do
                topic = _topics.GetOrAdd(subject.Key, static (key, from) => new Topic(from.Topics, key, from.Read), (Topics: this, subject.Read));
            while (!topic.TryJoin(watch));
            watch.Joined(topic);
        }

        return watch;
    }

    void Left() => Interlocked.Decrement(ref _watchers);

    /// <summary>Counts of what the engine did: while they stand still nothing has changed.</summary>
    (long, long) Pulse => (engine.Figures.Commits, engine.Current.Revision);

    /// <summary>One who watches: gets the newest of each name, however slow the connection.</summary>
    public sealed class Watch : IDisposable
    {
        readonly LiveTopics _topics;
        readonly List<Topic> _joined = [];
        readonly ConcurrentDictionary<string, LiveEvent> _newest = new(StringComparer.Ordinal);
        readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        internal Watch(LiveTopics topics) => _topics = topics;

        internal void Joined(Topic topic) => _joined.Add(topic);

        internal void Tell(LiveEvent happened)
        {
            _newest[happened.Name] = happened;
            _bell.Writer.TryWrite(true);
        }

        internal void End() => _bell.Writer.TryComplete();

        /// <summary>What is new; null when the server stops.</summary>
        public async ValueTask<IReadOnlyList<LiveEvent>?> NextAsync(CancellationToken cancellationToken)
        {
            if (!await _bell.Reader.WaitToReadAsync(cancellationToken))
                return null;
            _bell.Reader.TryRead(out _);
            var events = new List<LiveEvent>();
            foreach (var name in _newest.Keys)
                if (_newest.TryRemove(name, out var newest))
                    events.Add(newest);
            return events;
        }

        public void Dispose()
        {
            foreach (var topic in _joined)
                topic.Leave(this);
            if (_joined.Count > 0)
                _topics.Left();
            _joined.Clear();
        }
    }

    internal sealed class Topic(LiveTopics topics, string key, Func<CancellationToken, ValueTask<IReadOnlyList<LiveEvent>>> read)
    {
        readonly Lock _lock = new();
        readonly List<Watch> _watches = [];
        readonly Dictionary<string, LiveEvent> _told = new(StringComparer.Ordinal);
        readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(topics.LifetimeStopping);
        bool _isOver, _runs;

        public bool TryJoin(Watch watch)
        {
            lock (_lock)
            {
                if (_isOver)
                    return false;
                _watches.Add(watch);
                // Who comes later sees at once what the others see.
                foreach (var told in _told.Values)
                    watch.Tell(told);
                if (!_runs)
                {
                    _runs = true;
                    _ = Task.Run(RunAsync, CancellationToken.None);
                }

                return true;
            }
        }

        public void Leave(Watch watch)
        {
            lock (_lock)
            {
                if (!_watches.Remove(watch))
                    return;
                if (_watches.Count > 0 || _isOver)
                    return;
                _isOver = true;
                topics._topics.TryRemove(new(key, this));
            }

            try
            {
                _ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The server stops, and the reading has ended by itself in this very moment.
            }
        }

        async Task RunAsync()
        {
            using var timer = new PeriodicTimer(Pace, topics.Time);
            try
            {
                (long, long)? seen = null;
                do
                {
                    // Asked before it is read: what comes in between is read again.
                    var pulse = topics.Pulse;
                    if (pulse == seen && !IsRestless(key))
                        continue;
                    Tell(await read(_ended.Token));
                    seen = pulse;
                }
                while (await timer.WaitForNextTickAsync(_ended.Token));
            }
            catch (Exception end) when (end is OperationCanceledException or Engine.Ports.StoreException or ObjectDisposedException)
            {
                // Nobody watches any more, the server stops, or the store does not answer: whoever watches is let go, and comes again.
            }
            finally
            {
                lock (_lock)
                {
                    _isOver = true;
                    topics._topics.TryRemove(new(key, this));
                    foreach (var watch in _watches)
                        watch.End();
                }

                _ended.Dispose();
            }
        }

        void Tell(IReadOnlyList<LiveEvent> events)
        {
            lock (_lock)
                foreach (var happened in events)
                {
                    if (_told.TryGetValue(happened.Name, out var before) && before.Essence.Span.SequenceEqual(happened.Essence.Span))
                        continue;
                    _told[happened.Name] = happened;
                    foreach (var watch in _watches)
                        watch.Tell(happened);
                }
        }
    }

    CancellationToken LifetimeStopping => lifetime.ApplicationStopping;
    TimeProvider Time => time;

    /// <summary>Background work moves without a commit of the engine, and so does who looks at what: a topic that shows it is read each second.</summary>
    static bool IsRestless(string key) => key == HomeKey || key.StartsWith(ReadersKey, StringComparison.Ordinal);

    public const string HomeKey = "home";
    public const string ReadersKey = "readers ";
}
