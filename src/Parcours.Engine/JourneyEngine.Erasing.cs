using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine;

/// <summary>What is kept of contacts that were erased goes in slices, while there is nothing else to do (Semantics 12.1).</summary>
public sealed partial class JourneyEngine
{
    const int ErasuresAtOnce = 20;
    static readonly TimeSpan EraseEach = TimeSpan.FromSeconds(1);
    // Until it has been looked: a process may have ended in the midst of one.
    volatile bool _erases = true;
    bool _eraseWaits;
    long _eraseLooked;

    /// <summary>By who leads; another node may have taken the order in.</summary>
    async ValueTask<bool> EraseAsync(CancellationToken cancellationToken)
    {
        if (_worker.Partitions == PartitionSet.None || (_spread is not null && !_leads))
            return false;
        if (!_erases && !((_eraseWaits || _spread is not null) && IsTime(ref _eraseLooked, EraseEach)))
            return false;
        var documents = await Queries.DocumentsAsync(DocumentKinds.Erasing, null, null, ErasuresAtOnce, cancellationToken);
        (_erases, _eraseWaits) = (documents.Count == ErasuresAtOnce, false);
        if (documents.Count == 0)
            return false;
        var now = _worker.Now();
        await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
        var waiting = 0;
        foreach (var document in documents)
            switch (await ErasureRecord.GoOnAsync(unit, document, cancellationToken))
            {
                case Erasing.More: _erases = true; break;
                case Erasing.Waits: waiting++; break;
            }
        await unit.CommitAsync(cancellationToken);
        _eraseWaits = waiting > 0;
        // Those that wait are asked again in a while, not all the time.
        _erases &= waiting < documents.Count;
        return waiting < documents.Count;
    }
}
