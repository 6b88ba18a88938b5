using System.Buffers.Binary;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>
/// Says of most keys that a table of hashed keys does not have them, so that what is new costs no look-up: a table that has outgrown the page cache would read a page for each.
/// </summary>
/// <remarks>
/// Memory only, and bounded: it is made of the table beside the writer (at the start, and when the table has outgrown it), and until then, or where the table has more keys than it may hold,
/// it says "perhaps" to all. The writer's thread adds and asks.
/// </remarks>
sealed class TableFilter : IDisposable
{
    const int FirstCapacity = 1 << 19, CapacityMost = 1 << 23, PageRows = 10_000;
    readonly string _path, _sql;
    readonly bool _isBlob;
    readonly CancellationTokenSource _over = new();
    MissFilter? _filter;
    MissFilter? _making;
    long _added;
    Task<long>? _reading;

    /// <param name="writer">The writer's connection, before its first transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">Its key: a 64-bit hash, or a hash of 16 bytes.</param>
    /// <param name="isBlob">It is the latter.</param>
    /// <param name="rest">So long the table is left alone before it is read: a start has other things to do.</param>
    public TableFilter(SqliteConnection writer, string table, string column, bool isBlob, TimeSpan rest = default)
    {
        (_path, _isBlob) = (writer.Path, isBlob);
        _sql = $"SELECT {column} FROM {table} WHERE {column} > ?1 ORDER BY {column} LIMIT {PageRows}";
        if (writer.Scalar($"SELECT 1 FROM {table} LIMIT 1") is null) _filter = new MissFilter(FirstCapacity);
        else Make(FirstCapacity, rest);
    }

    /// <summary>For tests: ends when the table has been read, and is then taken over by <see cref="Committed"/>.</summary>
    public Task Reading => (Task?)_reading ?? Task.CompletedTask;

    /// <summary>For tests: whether it can say no already.</summary>
    public bool IsMade => _filter is not null;

    public static ulong HashOf(UInt128 key) => (ulong)key ^ (ulong)(key >> 64);

    public static ulong HashOf(long key) => (ulong)key;

    /// <summary>The table has it from this transaction on.</summary>
    public void Add(ulong hash)
    {
        _filter?.Add(hash);
        _making?.Add(hash);
        _added++;
    }

    /// <summary>False: the table surely has it not.</summary>
    public bool MayHave(ulong hash) => _filter is not { } filter || filter.MayHave(hash);

    /// <summary>Between two transactions: takes over what was made, and begins a larger one where the table has outgrown this one.</summary>
    public void Committed()
    {
        if (_reading is { IsCompleted: true } read)
        {
            _reading = null;
            // A failure of the reader (a full disk, say) leaves it as it was.
            var keys = read.IsCompletedSuccessfully ? read.Result : long.MaxValue;
            if (keys > CapacityMost) (_filter, _making, _added) = (null, null, long.MinValue);
            else if (keys > _making!.Capacity) Make((int)Math.Min(CapacityMost, 2 * keys));
            else (_filter, _making, _added) = (_making, null, keys);
        }
        else if (_reading is null && _filter is { } filter && _added > filter.Capacity)
        {
            if (filter.Capacity < CapacityMost) Make(2 * filter.Capacity);
            else (_filter, _added) = (null, long.MinValue);
        }
    }

    // Begun between two transactions: what is in the table by then is read, and what comes later the writer adds.
    void Make(int capacity, TimeSpan rest = default)
    {
        var making = _making = new MissFilter(capacity);
        _reading = Task.Run(async () =>
        {
            await Task.Delay(rest, _over.Token);
            return Read(making);
        });
    }

    /// <returns>How many keys the table has; more than the filter was made for: it stopped there.</returns>
    long Read(MissFilter into)
    {
        using var connection = SqliteSettings.OpenReader(_path);
        using var rows = connection.Prepare(_sql);
        var key = new byte[16];
        // The first page begins behind the least of all.
        into.Add(HashOf(long.MinValue));
        if (_isBlob) rows.BindBlob(1, default);
        else rows.Bind(1, long.MinValue);
        long keys = 0;
        for (var page = PageRows; page == PageRows && keys <= CapacityMost; keys += page)
        {
            // Each page is a transaction of its own: the log cannot be emptied behind a long one (Semantics 15.7).
            _over.Token.ThrowIfCancellationRequested();
            long last = 0;
            for (page = 0; rows.Step(); page++)
                if (_isBlob)
                {
                    rows.Blob(0).CopyTo(key);
                    into.Add(HashOf(BinaryPrimitives.ReadUInt128BigEndian(key)));
                }
                else
                {
                    into.Add(HashOf(last = rows.Long(0)));
                }

            if (_isBlob) rows.BindBlob(1, key);
            else rows.Bind(1, last);
        }

        return keys;
    }

    public void Dispose()
    {
        _over.Cancel();
        // It ends at its next page, whatever it was doing.
        _reading?.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _over.Dispose();
    }
}
