using System.Runtime.CompilerServices;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Copying;

/// <summary>A backup as it is restored: with sending held, since nobody knows what was sent after it was made (Semantics 12.3).</summary>
sealed class HeldSource(ICopySource source, Instant now) : ICopySource
{
    const int Kind = 0, Id = 1, Revision = 2, Created = 3;

    public IAsyncEnumerable<object?[]> ReadAsync(CopyTable table, CancellationToken cancellationToken) => table == CopyTable.Documents ? DocumentsAsync(cancellationToken) : source.ReadAsync(table, cancellationToken);

    /// <summary>The document that holds sending, as a row.</summary>
    public async Task<object?[]> HoldAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in DocumentsAsync(cancellationToken))
            if (Holds(row)) return row;
        throw new System.Diagnostics.UnreachableException("There is always one.");
    }

    async IAsyncEnumerable<object?[]> DocumentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object?[]? before = null;
        await foreach (var row in source.ReadAsync(CopyTable.Documents, cancellationToken))
            if (Holds(row)) before = row;
            else yield return row;
        var at = now.ToMicroseconds();
        yield return [DocumentKinds.Sending, SendingRecord.DocumentId, before is null ? 1L : (long)before[Revision]! + 1, before is null ? at : before[Created], at, SendingRecord.HeldSince(now, SendingRecord.Restored).ToJson()];
    }

    static bool Holds(object?[] row) => row[Kind] is DocumentKinds.Sending && row[Id] is SendingRecord.DocumentId;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
