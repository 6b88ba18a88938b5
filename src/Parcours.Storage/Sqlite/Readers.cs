using System.Collections.Concurrent;

namespace Parcours.Storage.Sqlite;

/// <summary>A few connections that only read, lent one at a time; each query sees one commit and is over within a second (Semantics 15.7).</summary>
sealed class Readers(string path, int most) : IDisposable
{
    readonly ConcurrentBag<ReadConnection> _idle = [];
    readonly SemaphoreSlim _free = new(most, most);
    volatile bool _closed;

    /// <summary>Runs a query on a thread of the pool: the library blocks, and the caller may be the one who serves requests.</summary>
    public async Task<T> ReadAsync<T>(Func<ReadConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    T Read<T>(Func<ReadConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_idle.TryTake(out var connection)) connection = new ReadConnection(path);
        try
        {
            return connection.Read(read);
        }
        finally
        {
            _idle.Add(connection);
            if (_closed) CloseIdle();
        }
    }

    public void Dispose()
    {
        _closed = true;
        CloseIdle();
    }

    void CloseIdle()
    {
        while (_idle.TryTake(out var connection)) connection.Dispose();
    }
}
