using System.Collections.Concurrent;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Contacts;

/// <summary>How far a count has come.</summary>
/// <param name="Matches">Of those looked at.</param>
/// <param name="Of">All contacts.</param>
/// <param name="Sample">The newest of those that match.</param>
sealed record CountState(long Matches, long Looked, long Of, bool IsComplete, Instant AsOf, IReadOnlyList<ContactId> Sample);

/// <summary>Whom to count.</summary>
/// <param name="Judge">Null: whatever they are like.</param>
/// <param name="Words">Null: whatever they are called.</param>
/// <param name="Archived">Only those that are archived, or only those that are not; null: both.</param>
/// <param name="Shows">Whether the asker may see a property: what one may not see is not found either.</param>
/// <param name="Reader">What tells askers apart who see different things.</param>
sealed record CountWish(ContactJudge? Judge, ContactWords? Words, bool? Archived, Func<string, bool> Shows, string Reader)
{
    /// <summary>Of those who are not archived, as a segment holds them.</summary>
    public static CountWish Of(ContactJudge judge) => new(judge, null, false, static _ => true, "");

    public string Key => $"{Reader}|{Archived}|{Words?.Typed}|{Judge?.Text}";
    public bool IsSlow => Judge?.IsSlow == true;

    public bool Takes(Contact contact) => contact.MergedInto is null && (Archived is not { } archived || contact.IsArchived == archived) && (Words is null || Words.Find(contact, Shows));
}

/// <summary>Counts how many contacts a condition holds for, while somebody edits it: in the background, one at a time; who asks again learns how far it is.</summary>
/// <remarks>A count that nobody has asked for lately stops: an editor asks for a new one with every change. Those that are done are good for a minute.</remarks>
sealed class CountBoard(IEngine engine, TimeProvider time, IHostApplicationLifetime lifetime) : IDisposable
{
    const int HeldMax = 64, SampleMost = 5, LookAtOnce = 5_000, SlowAtOnce = 200;
    static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="wait">How long to wait for the end, at most.</param>
    public async Task<CountState> AskAsync(CountWish wish, TimeSpan wait, CancellationToken cancellationToken)
    {
        Sweep();
        var of = (await engine.Queries.CountersAsync(CounterKind.Total, null, cancellationToken)).Where(pair => pair.Key.Point == "contacts").Sum(pair => pair.Value);
        var count = _counts.GetOrAdd($"{engine.Current.Revision} {wish.Key}", _ => new Count(this, wish, of));
        count.AskedAt = time.GetTimestamp();
        try
        {
            await count.Done.WaitAsync(wait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What is known so far is answered.
        }

        return count.State;
    }

    public void Dispose() => _turn.Dispose();

    void Sweep()
    {
        foreach (var (key, count) in _counts)
            // One that was given up begins anew when somebody asks again.
            if (count.Done.IsCompleted && (!count.State.IsComplete || _counts.Count > HeldMax || time.GetElapsedTime(count.EndedAt) > GoodFor))
                _counts.TryRemove(new(key, count));
    }

    sealed class Count
    {
        readonly CountBoard _board;
        readonly CountWish _wish;
        volatile CountState _state;

        public Count(CountBoard board, CountWish wish, long of)
        {
            (_board, _wish) = (board, wish);
            _state = new(0, 0, of, false, board.Now, []);
            AskedAt = board.Time.GetTimestamp();
            Done = Task.Run(RunAsync);
        }

        public CountState State => _state;
        public Task Done { get; }
        public long AskedAt { get; set; }
        public long EndedAt { get; private set; }

        async Task RunAsync()
        {
            await _board._turn.WaitAsync(_board.Stopping);
            try
            {
                await LookAsync(_board.Stopping);
            }
            finally
            {
                EndedAt = _board.Time.GetTimestamp();
                _board._turn.Release();
            }
        }

        async Task LookAsync(CancellationToken cancellationToken)
        {
            var (engine, now) = (_board.Engine, _board.Now);
            _state = _state with { AsOf = now };
            var sample = new List<ContactId>();
            long matches = 0, looked = 0;
            for (long? at = long.MaxValue; at is { } next;)
            {
                if (_board.Time.GetElapsedTime(AskedAt) > Patience)
                    return;
                var scan = _wish.IsSlow ? await engine.Queries.ScanContactsAsync(next, descending: true, SlowAtOnce, SlowAtOnce, static _ => true, cancellationToken) : await engine.Queries.ScanContactsAsync(next, descending: true, LookAtOnce, LookAtOnce, Holds, cancellationToken);
                if (_wish.IsSlow)
                    foreach (var body in scan.Found)
                        if (engine.Decode(body.Body.Span) is var contact && _wish.Takes(contact) && await _wish.Judge!.HoldsAsync(contact, now, cancellationToken))
                            Matched(contact.Id);
                (looked, at) = (looked + scan.Looked, scan.Next);
                _state = _state with { Matches = matches, Looked = looked, IsComplete = at is null, Sample = [.. sample] };
            }

            // Counted where it is read: bodies that match are not copied.
            bool Holds(ReadOnlySpan<byte> body)
            {
                if (_wish.Words?.MayBeIn(body) != false && engine.Decode(body) is var contact && _wish.Takes(contact) && _wish.Judge?.Holds(contact, now) != false)
                    Matched(contact.Id);
                return false;
            }

            void Matched(ContactId contact)
            {
                matches++;
                if (sample.Count < SampleMost)
                    sample.Add(contact);
            }
        }
    }

    IEngine Engine => engine;
    TimeProvider Time => time;
    Instant Now => engine.Now;
    CancellationToken Stopping => lifetime.ApplicationStopping;
}
