using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Telemetry;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Work;

/// <summary>Takes in where other processes own partitions: appends in a transaction of no partition, and is answered by the journal's end; the owners run what was appended (Semantics 15.5, 15.9).</summary>
/// <remarks>Runs beside the worker, one group of requests at a time.</remarks>
sealed class IntakeApart(IStore store, EngineState state, Func<Instant> now)
{
    static readonly NodaTime.Duration WaitMax = NodaTime.Duration.FromSeconds(5);
    readonly EntryMaker _maker = new();
    readonly List<Waiting> _waiting = [];

    /// <summary>A request that is durable, and answered when its bursts are committed.</summary>
    sealed record Waiting(SubmissionRequest Request, IReadOnlyList<(int Index, JournalEntry Entry)> Entries, Instant Since);

    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Properties that were seen for the first time, here or just before at another process.</summary>
    public required Action<IReadOnlyList<Document>> NamesSeen { get; init; }

    /// <summary>Called with every request that is answered, before it is.</summary>
    public required Action<SubmissionRequest> Answered { get; init; }

    /// <summary>Appends all of them in one commit.</summary>
    /// <returns>The partitions in which something waits now.</returns>
    public async Task<PartitionSet> AppendAsync(IReadOnlyList<SubmissionRequest> requests, CancellationToken cancellationToken)
    {
        var at = now();
        var registry = state.Registry;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var made = new List<MadeEntry>();
        foreach (var request in requests)
            foreach (var submission in request.Submissions)
            {
                made.Add(_maker.Make(submission, at, registry, registry.Definitions.Count + names.Count));
                names.UnionWith(made[^1].Names);
            }

        var (appended, writes) = (new List<AppendResult>(), new WriteSet());
        IReadOnlyList<Document> seen;
        await using (var unit = await store.BeginAsync(PartitionSet.None, cancellationToken))
        {
            await unit.AppendAsync([.. made.Select(entry => entry.Item)], at, appended, cancellationToken);
            for (int index = 0, request = 0, item = 0; index < made.Count; index++)
            {
                while (item == requests[request].Submissions.Count)
                    (request, item) = (request + 1, 0);
                requests[request].Results[item++] = AppendOutcomes.Of(made[index], appended[index], writes, at);
            }

            await unit.WriteAsync(writes, cancellationToken);
            foreach (var request in requests)
                if (request.Beside is { } beside)
                    await beside(unit, request.Results, at, cancellationToken);
            seen = await DeclareAsync(unit, names, at, cancellationToken);
            await unit.CommitAsync(CancellationToken.None);
        }

        var tally = new TurnTally();
        foreach (var result in appended)
            tally.Took(result.Outcome);
        EngineTelemetry.TookIn(tally);
        if (seen.Count > 0)
            NamesSeen(seen);
        return Answer(requests, appended, at);
    }

    static async ValueTask<IReadOnlyList<Document>> DeclareAsync(IStoreUnit unit, IEnumerable<string> names, Instant at, CancellationToken cancellationToken)
    {
        var seen = new List<Document>();
        foreach (var name in names)
            if (await CatalogueService.DeclareAsync(unit, name, at, cancellationToken) is { } document)
                seen.Add(document);
        return seen;
    }

    PartitionSet Answer(IReadOnlyList<SubmissionRequest> requests, List<AppendResult> appended, Instant at)
    {
        var (targets, index) = (PartitionSet.None, 0);
        foreach (var request in requests)
        {
            var entries = new List<(int, JournalEntry)>();
            for (var item = 0; item < request.Submissions.Count; item++)
                foreach (var entry in appended[index++].Entries)
                {
                    targets = targets.With(entry.Partition);
                    entries.Add((item, entry));
                }

            if (request.IsIntake || entries.Count == 0)
                Complete(request);
            else
                _waiting.Add(new(request, entries, at));
        }

        return targets;
    }

    void Complete(SubmissionRequest request)
    {
        Answered(request);
        request.Complete();
    }

    /// <summary>Answers whose entries are processed by now; or, after five seconds, as taken.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var cursors = new long[Partition.Count];
        foreach (var stands in await store.Queries.StatesAsync(cancellationToken))
            cursors[stands.Partition.Index] = stands.Cursor;
        foreach (var waiting in _waiting.ToList())
        {
            var isDone = waiting.Entries.All(entry => entry.Entry.Sequence <= cursors[entry.Entry.Partition.Index]);
            if (!isDone && now() - waiting.Since < WaitMax)
                continue;
            if (isDone)
                await TakeRepliesAsync(waiting, cancellationToken);
            _waiting.Remove(waiting);
            Complete(waiting.Request);
        }
    }

    async Task TakeRepliesAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        var wanted = waiting.Entries.Where(static entry => Worker.IsAwaited(entry.Entry)).ToDictionary(static entry => Reply.IdOf(entry.Entry.Sequence), static entry => entry.Index);
        if (wanted.Count == 0)
            return;
        var (after, last) = (Reply.IdOf(waiting.Entries.Min(static entry => entry.Entry.Sequence) - 1), wanted.Keys.Max(StringComparer.Ordinal)!); // It has some.
        while (true)
        {
            var page = await store.Queries.DocumentsAsync(Reply.DocumentKind, null, after, 1_000, cancellationToken);
            foreach (var document in page)
                if (wanted.TryGetValue(document.Id, out var index))
                    waiting.Request.Results[index] = With(waiting.Request.Results[index], Reply.Read(document.Json.Span));
            if (page.Count < 1_000 || string.CompareOrdinal(page[^1].Id, last) >= 0)
                return;
            after = page[^1].Id;
        }
    }

    static SubmissionResult With(SubmissionResult result, ReplyDocument reply) => result with
    {
        Outcome = reply.Refused is null ? result.Outcome : SubmissionOutcome.Refused,
        Refusals = [.. result.Refusals, .. reply.Parts ?? [], .. reply.Refused is { } refused ? [refused] : Array.Empty<Journeys.Machine.Refusal>()],
        Entered = reply.Entered is { } entered ? new(entered) : result.Entered,
        LeftAsItWas = reply.LeftAsItWas == true,
    };

    public void Fail(Exception why)
    {
        foreach (var waiting in _waiting)
        {
            Answered(waiting.Request);
            waiting.Request.Fail(why);
        }

        _waiting.Clear();
    }
}
