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
        var (more, waiting) = (documents.Count == ErasuresAtOnce, 0);
        if (documents.Count > 0)
        {
            await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
            foreach (var document in documents)
                switch (await ErasureRecord.GoOnAsync(unit, document, cancellationToken))
                {
                    case Erasing.More: more = true; break;
                    case Erasing.Waits: waiting++; break;
                }
            await unit.CommitAsync(cancellationToken);
        }

        // Not before: what failed is done again. Those that wait are asked in a while, not all the time.
        (_erases, _eraseWaits) = (more && waiting < documents.Count, waiting > 0);
        return waiting < documents.Count;
    }
}
