using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Work;

/// <summary>Carries bulk orders out, one after the other, in slices that let live events pass (Semantics 2.8).</summary>
sealed partial class BulkService(IEngine engine, TimeProvider time, ILogger<BulkService> log) : BackgroundService
{
    public const int IdsMax = 10_000;
    static readonly TimeSpan LookEach = TimeSpan.FromSeconds(1);
    const int Slice = 200, LookAtOnce = 5_000, Listed = 50, KeptMax = 200;

    readonly Channel<string> _waiting = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    readonly ConcurrentDictionary<string, BulkOrder> _live = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, byte> _stops = new(StringComparer.Ordinal);

    public async Task<BulkOrder> OrderAsync(BulkDeed deed, IReadOnlyList<Guid>? ids, JsonElement? condition, string? search, bool? archived, long about, string? by, CancellationToken cancellationToken, QueueDeed? queue = null, FailedDeed? failed = null)
    {
        var newest = await engine.Queries.ContactsAsync(long.MaxValue, descending: true, 1, cancellationToken) is [var last] ? last.Contact.Number : 0;
        // Ids fall with time, so that the newest stands first in every list.
        var id = (long.MaxValue - time.GetUtcNow().UtcTicks).ToString("x16", CultureInfo.InvariantCulture) + Guid.CreateVersion7(time.GetUtcNow()).ToString("N")[20..];
        var order = new BulkOrder(id, deed, ids, condition, search, newest, ids is null && queue is null && failed is null ? newest + 1 : 0, 0, ids?.Count ?? about, 0, ImmutableDictionary<string, long>.Empty, BulkStatus.Running, null, by, time.GetUtcNow(), null, archived, queue, failed);
        await engine.WriteAsync((unit, now) => SaveAsync(unit, order, now), cancellationToken);
        Begin(order);
        return order;
    }

    public async ValueTask<BulkOrder?> FindAsync(string id, CancellationToken cancellationToken) =>
        _live.TryGetValue(id, out var live) ? live : await engine.Queries.DocumentAsync(BulkOrder.DocumentKind, id, cancellationToken) is { } document ? Read(document) : null;

    /// <summary>The newest.</summary>
    public async ValueTask<IReadOnlyList<BulkOrder>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await engine.Queries.DocumentsAsync(BulkOrder.DocumentKind, null, null, Listed, cancellationToken)).Select(document => _live.GetValueOrDefault(document.Id) ?? Read(document))];

    /// <summary>Stops after the slice that is under way.</summary>
    public bool Stop(string id) => _live.ContainsKey(id) && _stops.TryAdd(id, 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await engine.WorksAsync(stoppingToken);
        for (var led = false; ; led = led && Leads)
        {
            led = led || Leads && await TryTakeUpAsync(stoppingToken);
            while (led && Leads && _waiting.Reader.TryRead(out var id))
                if (_live.TryGetValue(id, out var order))
                    led = await CarryOutAsync(order, stoppingToken);
            using var look = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            look.CancelAfter(LookEach);
            try
            {
                if (!Leads)
                    Leave();
                if (led)
                    await _waiting.Reader.WaitToReadAsync(look.Token);
                else
                    await Task.Delay(LookEach, stoppingToken);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // Time to look whether it leads still.
            }
        }
    }

    bool Leads => engine.WorkedOnBy is null;

    /// <summary>Another leads: what this process knows of orders grows old.</summary>
    void Leave()
    {
        while (_waiting.Reader.TryRead(out _))
        {
            // It is taken up anew when this process leads again.
        }

        _live.Clear();
        _stops.Clear();
    }

    /// <summary>What was left by whoever led before, or by this process before it lost its store.</summary>
    async Task<bool> TryTakeUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var document in await engine.Queries.DocumentsAsync(BulkOrder.DocumentKind, null, null, KeptMax, cancellationToken))
                if (!_live.ContainsKey(document.Id) && Read(document) is { Status: BulkStatus.Running } order)
                    Begin(order);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    void Begin(BulkOrder order)
    {
        _live[order.Id] = order;
        _waiting.Writer.TryWrite(order.Id);
    }

    /// <returns>False: the store failed, or another leads by now; it goes on from what is stored, wherever that is.</returns>
    async Task<bool> CarryOutAsync(BulkOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var judge = order.Condition is { } condition ? await ContactJudge.OfAsync(engine, condition, "/condition", cancellationToken) : null;
            for (var isOver = false; !isOver && !_stops.ContainsKey(order.Id);)
                (order, isOver) = await SliceAsync(order, judge, cancellationToken);
            await EndAsync(order with { Status = _stops.ContainsKey(order.Id) ? BulkStatus.Stopped : BulkStatus.Done });
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It goes on at the next start.
            return false;
        }
        catch (StoreException)
        {
            _live.TryRemove(order.Id, out _);
            return false;
        }
        catch (Exception failure) when (failure is OverloadedException or Http.BadInputException)
        {
            LogFailure(failure, order.Id);
            return await TryEndAsync(order with { Status = BulkStatus.Failed, Why = failure.Message });
        }
    }

    async Task<bool> TryEndAsync(BulkOrder order)
    {
        try
        {
            await EndAsync(order);
            return true;
        }
        catch (StoreException)
        {
            _live.TryRemove(order.Id, out _);
            return false;
        }
    }

    async Task<(BulkOrder Order, bool IsOver)> SliceAsync(BulkOrder order, ContactJudge? judge, CancellationToken cancellationToken)
    {
        if (order.Queue is { } queue)
            return await QueueSliceAsync(order, queue, cancellationToken);
        if (order.Failed is { } failed)
            return await FailedSliceAsync(order, failed, cancellationToken);
        var (taken, cursor, looked, isOver) = order.Ids is { } ids ? TakeIds(order, ids) : await TakeMatchingAsync(order, judge, cancellationToken);
        return await DoAsync(order with { Cursor = cursor, Looked = order.Looked + looked }, isOver, taken.Count, [.. taken.SelectMany(contact => Submissions(order, contact))], cancellationToken);
    }

    /// <summary>The next who wait at a point; each as it was read there, so that who has gone on since is refused (Semantics 8.7).</summary>
    async Task<(BulkOrder Order, bool IsOver)> QueueSliceAsync(BulkOrder order, QueueDeed queue, CancellationToken cancellationToken)
    {
        var (words, cursor, submissions) = (ContactWords.Of(order.Search), order.Cursor, new List<Submission>());
        var rows = await engine.Queries.QueueAsync(new(queue.Journey), queue.Point, order.Cursor, Slice, cancellationToken);
        var contacts = words is null ? null : await engine.ContactsAsync(rows.Select(static row => row.Contact), cancellationToken);
        foreach (var row in rows)
        {
            cursor = row.Contact.Number;
            if (row.Since.ToDateTimeOffset() > queue.At || contacts is not null && !(contacts.TryGetValue(row.Contact, out var contact) && words!.Find(contact, static _ => true)))
                continue;
            submissions.Add(new()
            {
                Body = queue.To is { } to ? new SubmissionBody.Move(row.Id, to, row.Revision) : new SubmissionBody.Remove(row.Id, row.Revision, queue.Reason, queue.Bar),
                Origin = Origin.Person,
                Contact = row.Contact,
                CreatesContact = false,
                MessageId = $"bulk-{order.Id}-{row.Id.Value:N}",
            });
        }

        return await DoAsync(order with { Cursor = cursor, Looked = order.Looked + rows.Count }, rows.Count < Slice, submissions.Count, submissions, cancellationToken);
    }

    async Task<(BulkOrder Order, bool IsOver)> DoAsync(BulkOrder next, bool isOver, int people, List<Submission> submissions, CancellationToken cancellationToken)
    {
        if (submissions.Count == 0)
        {
            _live[next.Id] = next;
            return (next, isOver);
        }

        var perContact = submissions.Count / people;
        var results = await SubmitAsync(submissions, next with { Done = next.Done + people }, cancellationToken);
        var refused = next.Refused.ToDictionary();
        foreach (var code in results.Chunk(perContact).SelectMany(one => one.SelectMany(CodesOf).Distinct()))
            refused[code] = refused.GetValueOrDefault(code) + 1;
        next = next with { Done = next.Done + people, Refused = refused };
        _live[next.Id] = next;
        return (next, isOver);
    }

    static IEnumerable<string> CodesOf(SubmissionResult result) => result.Outcome == SubmissionOutcome.UnknownContact ? ["contact.unknown"] : result.Refusals.Select(refusal => refusal.Code);

    /// <summary>An engine that has too much to do is asked again: nothing of the slice was taken.</summary>
    async Task<IReadOnlyList<SubmissionResult>> SubmitAsync(List<Submission> submissions, BulkOrder next, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await engine.SubmitAsync(submissions, async (unit, _, now, cancellation) => await SaveAsync(unit, next, now), cancellationToken);
            }
            catch (OverloadedException busy)
            {
                await Task.Delay(busy.RetryAfter.ToTimeSpan(), time, cancellationToken);
            }
        }
    }

    static (IReadOnlyList<ContactId> Taken, long Cursor, long Looked, bool IsOver) TakeIds(BulkOrder order, IReadOnlyList<Guid> ids)
    {
        var taken = ids.Skip((int)order.Cursor).Take(Slice).Select(id => new ContactId(id)).ToList();
        return (taken, order.Cursor + taken.Count, taken.Count, order.Cursor + taken.Count >= ids.Count);
    }

    async Task<(IReadOnlyList<ContactId> Taken, long Cursor, long Looked, bool IsOver)> TakeMatchingAsync(BulkOrder order, ContactJudge? judge, CancellationToken cancellationToken)
    {
        var (words, taken, now) = (ContactWords.Of(order.Search), new List<ContactId>(), engine.Now);
        var isSlow = judge?.IsSlow == true;
        var scan = await engine.Queries.ScanContactsAsync(order.Cursor, descending: true, isSlow ? Slice : LookAtOnce, Slice, MayBeMeant, cancellationToken);
        foreach (var body in scan.Found)
            if (engine.Decode(body.Body.Span) is { MergedInto: null } contact && (order.Archived is not { } archived || contact.IsArchived == archived) && words?.Find(contact, static _ => true) != false && (judge is null || await judge.HoldsAsync(contact, now, cancellationToken)))
                taken.Add(contact.Id);
        return (taken, scan.Next ?? 0, scan.Looked, scan.Next is null);

        // Where it is read, so that those who are not meant are not copied.
        bool MayBeMeant(ReadOnlySpan<byte> body) => (words is null || words.MayBeIn(body)) && (isSlow || judge is null || judge.Holds(engine.Decode(body), now));
    }

    static IEnumerable<Submission> Submissions(BulkOrder order, ContactId contact)
    {
        if (order.Do.HasEdits)
            yield return Of(new SubmissionBody.Received(EditsOf(order.Do), order.Do.Set is { Count: > 0 } set ? JsonSerializer.SerializeToUtf8Bytes(set) : [], null, default), "edit");
        if (order.Do.EnterJourney is { } journey)
            yield return Of(new SubmissionBody.Enrol(new(journey), order.Do.EnterData is { } data ? JsonSerializer.SerializeToUtf8Bytes(data) : default, null), "enter");

        if (order.Do.Erase == true)
            yield return Of(new SubmissionBody.Erase(), "erase");

        // Under its own name each deed is done once, though the process should die in between.
        Submission Of(SubmissionBody body, string what) => new() { Body = body, Origin = Origin.Person, Contact = contact, CreatesContact = false, MessageId = $"bulk-{order.Id}-{contact.Number}-{what}" };
    }

    static ImmutableArray<ContactEdit> EditsOf(BulkDeed deed) =>
    [
        .. (deed.AddTags ?? []).Select(tag => new ContactEdit.AddTag(tag)),
        .. (deed.RemoveTags ?? []).Select(tag => new ContactEdit.RemoveTag(tag)),
        .. (deed.AddLists ?? []).Select(list => new ContactEdit.JoinList(list)),
        .. (deed.RemoveLists ?? []).Select(list => new ContactEdit.LeaveList(list)),
        .. deed.Archive is { } on ? new[] { new ContactEdit.Archive(on) } : [],
    ];

    async Task EndAsync(BulkOrder order)
    {
        var ended = order with { EndedAt = time.GetUtcNow() };
        // Done is done, also while the server stops. Old ones make room.
        await engine.WriteAsync(async (unit, now) => await SaveAsync(unit, ended, now), CancellationToken.None);
        var old = (await engine.Queries.DocumentsAsync(BulkOrder.DocumentKind, null, null, KeptMax + 1, CancellationToken.None)).Skip(KeptMax).ToList();
        foreach (var document in old)
            await engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(BulkOrder.DocumentKind, document.Id, null, CancellationToken.None), CancellationToken.None);
        _live.TryRemove(order.Id, out _);
        _stops.TryRemove(order.Id, out _);
    }

    static async ValueTask<bool> SaveAsync(IStoreUnit unit, BulkOrder order, NodaTime.Instant now) =>
        await unit.WriteDocumentAsync(BulkOrder.DocumentKind, order.Id, JsonSerializer.SerializeToUtf8Bytes(order, BulkJson.Default.BulkOrder), null, now, CancellationToken.None) is not null;

    static BulkOrder Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, BulkJson.Default.BulkOrder)!;

    [LoggerMessage(23, LogLevel.Error, "Bulk order {Order} ended early")]
    partial void LogFailure(Exception failure, string order);
}
