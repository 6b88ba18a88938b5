using System.Runtime.CompilerServices;
using Parcours.Engine.Ports;

namespace Parcours.Storage.Copying;

/// <summary>A store that is read as a whole, as of one instant.</summary>
interface ICopySource : IAsyncDisposable
{
    IAsyncEnumerable<object?[]> ReadAsync(CopyTable table, CancellationToken cancellationToken);
}

/// <summary>An empty store that is filled; what it is filled with counts from the commit on.</summary>
interface ICopyTarget : ICopySource
{
    Task WriteAsync(CopyTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);
}

/// <summary>What was copied of a table.</summary>
public sealed record CopiedTable(string Name, long Rows);

/// <summary>What a table holds: two are equal only where every row is, as often.</summary>
sealed record TableDigest(string Name, long Rows, UInt128 Sum);

/// <summary>Copies all of one store into another, and compares what came to lie there with what was read, row by row.</summary>
static class StoreCopy
{
    /// <exception cref="StoreException">Something could not be read or written, or a table is not as it was: nothing of the target counts.</exception>
    public static async Task<IReadOnlyList<CopiedTable>> CopyAsync(ICopySource source, ICopyTarget target, CancellationToken cancellationToken)
    {
        var digests = new List<(CopyTable Table, Tally Tally)>();
        foreach (var table in CopyTable.All)
        {
            var tally = new Tally();
            await target.WriteAsync(table, tally.ThroughAsync(source.ReadAsync(table, cancellationToken), cancellationToken), cancellationToken);
            digests.Add((table, tally));
        }

        await target.CommitAsync(cancellationToken);
        foreach (var (table, read) in digests) Compare(table, read, await TallyAsync(target, table, cancellationToken));
        return [.. digests.Select(pair => new CopiedTable(pair.Table.Name, pair.Tally.Rows))];
    }

    /// <summary>Compares two stores, row by row.</summary>
    /// <exception cref="StoreException">A table is not the same.</exception>
    public static async Task<IReadOnlyList<CopiedTable>> CompareAsync(ICopySource source, ICopySource target, CancellationToken cancellationToken)
    {
        var compared = new List<CopiedTable>();
        foreach (var table in CopyTable.All)
        {
            var read = await TallyAsync(source, table, cancellationToken);
            Compare(table, read, await TallyAsync(target, table, cancellationToken));
            compared.Add(new(table.Name, read.Rows));
        }

        return compared;
    }

    public static async Task<IReadOnlyList<TableDigest>> DigestAsync(ICopySource source, CancellationToken cancellationToken)
    {
        var digests = new List<TableDigest>();
        foreach (var table in CopyTable.All)
        {
            var tally = await TallyAsync(source, table, cancellationToken);
            digests.Add(new(table.Name, tally.Rows, tally.Sum));
        }

        return digests;
    }

    static async Task<Tally> TallyAsync(ICopySource of, CopyTable table, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        await foreach (var _ in tally.ThroughAsync(of.ReadAsync(table, cancellationToken), cancellationToken))
        {
            // The tally is all that is wanted.
        }

        return tally;
    }

    static void Compare(CopyTable table, Tally read, Tally written)
    {
        if (!read.Is(written))
            throw new StoreException(StoreFailure.Corrupt, $"The table {table.Name} is not the same on both sides: {read.Rows} rows were read, {written.Rows} came to lie there, or some of them differ. Do not use the copy.");
    }

    sealed class Tally
    {
        RowDigest _digest = new();

        public long Rows => _digest.Rows;

        public UInt128 Sum => _digest.Sum;

        public bool Is(Tally other) => (_digest.Rows, _digest.Sum) == (other._digest.Rows, other._digest.Sum);

        public async IAsyncEnumerable<object?[]> ThroughAsync(IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                _digest.Add(row);
                yield return row;
            }
        }
    }
}
