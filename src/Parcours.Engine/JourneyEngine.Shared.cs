using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine;

/// <summary>A store that is shared by processes: which partitions are worked on here, who leads, and how a change of the catalogue passes through all of them (docs/decisions/0015).</summary>
public sealed partial class JourneyEngine
{
    static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(250), DrainEach = TimeSpan.FromMilliseconds(20), PassingEach = TimeSpan.FromMilliseconds(5), LagEach = TimeSpan.FromSeconds(1), TidyEach = TimeSpan.FromSeconds(5);
    static readonly TimeSpan PassedWithin = TimeSpan.FromSeconds(5);
    static readonly Duration RepliesKept = Duration.FromMinutes(10);

    readonly IPartitionSpread? _spread;
    bool _leads, _drains;
    int _unowned;
    long _tended, _lagLooked, _tidied, _passingLooked;
    const int BehindLooks = 30;
    int _behindLooks;
    volatile bool _othersAreBehind;
    long _worldMoves;

    /// <summary>A change of the catalogue that is appended to all partitions and not passed by all of them yet: the next one waits.</summary>
    /// <param name="Then">Answers who asked for it: whether all have passed; null: nobody asked, or was answered already.</param>
    sealed record Change(long Revision, long From, long Since, Action<bool>? Then, Action<Exception>? Fail);

    Change? _change;

    /// <summary>Whether a change may begin: in one process always, else where all have passed the last one.</summary>
    bool MayChange => _spread is null || _leads && _change is null && _worker.Partitions != PartitionSet.None;

    bool HasCommand => !_commands.IsEmpty && (_spread is null || _leads && _worker.Partitions != PartitionSet.None) || MayChange && !_changes.IsEmpty;

    bool Catalogues.ICommands.IsShared => _spread is not null;

    void Catalogues.ICommands.UnderWay(long revision, long from)
    {
        _change = new(revision, from, _time.GetTimestamp(), null, null);
        _worker.Look();
        _spread?.Tell(PartitionSet.All);
    }

    /// <summary>Takes what is free, and reads everything anew.</summary>
    async ValueTask JoinAsync(CancellationToken cancellationToken)
    {
        (_leads, _drains, _worker.ClaimsNothing) = (false, false, false);
        _apart = true;
        _change = null;
        var holding = await _spread!.BalanceAsync(cancellationToken); // Asked for only where there is one.
        Volatile.Write(ref _unowned, holding.Unowned);
        await ReadOwnedAsync(holding.Owned, PartitionSet.None, cancellationToken);
        await LeadAsync(holding, cancellationToken);
        _started.TrySetResult();
    }

    static readonly Duration NewOwnerWaits = Duration.FromSeconds(1);

    /// <param name="before">What was owned here until now, and by nobody else in between.</param>
    async ValueTask ReadOwnedAsync(PartitionSet owned, PartitionSet before, CancellationToken cancellationToken)
    {
        // Whoever had them may have handed over this second's worth already (Semantics 10.7).
        if ((owned.Bits & ~before.Bits) != 0)
            _worker.ClaimsFrom = _worker.Now() + NewOwnerWaits;
        foreach (var (_, channel) in _queues.Values)
            channel.ShareIs(owned.Size);
        await ReadAllAsync(owned, cancellationToken);
        _apart = !owned.IsAll;
        WakeIntake();
    }

    /// <summary>Some times a second: looks at the journal, takes what has become free, gives up what is over this process's share.</summary>
    async ValueTask TendAsync(CancellationToken cancellationToken)
    {
        if (!IsTime(ref _tended, _drains ? DrainEach : LookEach))
            return;
        _worker.Look();
        var holding = await _spread!.BalanceAsync(cancellationToken);
        Volatile.Write(ref _unowned, holding.Unowned);
        if (holding.Owned != _worker.Partitions)
            await ReadOwnedAsync(holding.Owned, _worker.Partitions, cancellationToken);
        if (holding.Over != PartitionSet.None)
            await GiveUpAsync(holding, cancellationToken);
        else if (_drains)
            (_drains, _worker.ClaimsNothing) = (false, false);
        await LeadAsync(holding, cancellationToken);
        var now = _worker.Now();
        await _catalogue.FollowAsync(now, cancellationToken);
        if (_leads && MayChange)
            await _catalogue.StepAsync(cancellationToken);
        if (IsTime(ref _lagLooked, LagEach))
            await LookForLagAsync(now, cancellationToken);
        if (IsTime(ref _tidied, TidyEach))
            await TidyAsync(now, cancellationToken);
    }

    bool IsTime(ref long last, TimeSpan each)
    {
        var now = _time.GetTimestamp();
        if (last != 0 && _time.GetElapsedTime(last, now) < each)
            return false;
        last = now;
        return true;
    }

    /// <summary>Nothing new is claimed; what was taken is answered and what was handed over is settled; then others may have them (Semantics 15.2).</summary>
    async ValueTask GiveUpAsync(Holding holding, CancellationToken cancellationToken)
    {
        (_drains, _worker.ClaimsNothing, _apart) = (true, true, true);
        WakeIntake();
        TakeReports();
        if (_open.Count > 0 || _worker.InFlight > 0 || _worker.HasReports)
            return;
        await _spread!.ReleaseAsync(holding.Over, cancellationToken);
        (_drains, _worker.ClaimsNothing) = (false, false);
        await ReadOwnedAsync(new(holding.Owned.Bits & ~holding.Over.Bits), holding.Owned, cancellationToken);
    }

    async ValueTask LeadAsync(Holding holding, CancellationToken cancellationToken)
    {
        if (!holding.Leads)
        {
            _leads = false;
            FailCommands(new StoreException(StoreFailure.InUse, holding.Leader!.Why)); // It is somebody when it is not us.
            if (_workedOnBy is not { } known || (known.Node, known.Address) != (holding.Leader.Node, holding.Leader.Address))
            {
                WorksThere(holding.Leader);
                _options.StoodBy?.Invoke(holding.Leader.Why);
            }

            return;
        }

        if (_leads)
            return;
        // What the one before appended may still be on its way.
        if (await _catalogue.UnderWayAsync(cancellationToken) is var (revision, from))
            _change = new(revision, from, _time.GetTimestamp(), null, null);
        _leads = true;
        _catalogue.Lead();
        WorksHere();
    }

    /// <summary>What is done only where partitions are shared; true when there was something.</summary>
    async ValueTask<bool> DoOfSharedAsync(Instant now, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _heard, 0) == 1)
            _worker.Look();
        while (_namesSeen.TryDequeue(out var documents))
            _catalogue.Learn(documents);
        if (_worker.Barrier is { } revision)
        {
            await _catalogue.AdoptAsync(revision, now, cancellationToken);
            return true;
        }

        if (_worker.HasRelaysToDeliver)
        {
            var targets = await _worker.DeliverAsync(now, cancellationToken);
            _spread!.Tell(new(targets.Bits & ~_worker.Partitions.Bits));
            return targets != PartitionSet.None;
        }

        if (_change is { } change && IsTime(ref _passingLooked, PassingEach))
            await LookAtPassingAsync(change, now, cancellationToken);
        return false;
    }

    async ValueTask LookAtPassingAsync(Change change, Instant now, CancellationToken cancellationToken)
    {
        var states = await Queries.StatesAsync(cancellationToken);
        if (_catalogue.Revision >= change.Revision && states.All(state => state.Cursor >= change.From))
        {
            await _catalogue.SaveStateAsync(now, cancellationToken);
            change.Then?.Invoke(true);
            _change = null;
        }
        else if (change.Then is { } then && _time.GetElapsedTime(change.Since) > PassedWithin)
        {
            _change = change with { Then = null, Fail = null };
            then(false);
        }
    }

    /// <summary>Somebody is far behind when a partition is, for half a minute of looks: the clock of one that was idle is old too, until its entry is run, and on a busy machine that is some looks.</summary>
    async ValueTask LookForLagAsync(Instant now, CancellationToken cancellationToken)
    {
        if (_worker.Partitions.IsAll)
        {
            (_behindLooks, _othersAreBehind) = (0, false);
            return;
        }

        // Others commit: pages that show how far things have come ask anew.
        _worldMoves++;
        var states = await Queries.StatesAsync(cancellationToken);
        _behindLooks = states.Any(state => state.Cursor < state.Tail && now - state.Clock > _options.BehindMax) ? _behindLooks + 1 : 0;
        _othersAreBehind = _behindLooks > BehindLooks;
    }

    async ValueTask TidyAsync(Instant now, CancellationToken cancellationToken)
    {
        await _catalogue.RefreshAsync(cancellationToken);
        if (!_worker.HasErasures)
            await _worker.LookForErasuresAsync(cancellationToken);
        if (!_leads || _worker.Partitions == PartitionSet.None)
            return;
        var old = (await Queries.DocumentsAsync(Reply.DocumentKind, null, null, 1_000, cancellationToken)).TakeWhile(document => document.UpdatedAt < now - RepliesKept).ToList();
        await _catalogue.CutJobsAsync(now, cancellationToken);
        if (old.Count == 0)
            return;
        await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
        foreach (var document in old)
            await unit.DeleteDocumentAsync(Reply.DocumentKind, document.Id, null, cancellationToken);
        await unit.CommitAsync(cancellationToken);
    }
}
