using Npgsql;

namespace Parcours.Storage.Postgres;

/// <summary>The connection of a unit, and its transaction, which begins with the first statement.</summary>
/// <param name="blocks">
/// Whoever works on partitions has a thread of its own, which waits for the server itself: to hand each answer over from a thread of the pool took longer than many an answer.
/// What is cancelled ends at the next statement then.
/// </param>
sealed class UnitConnection(NpgsqlConnection connection, bool blocks)
{
    NpgsqlTransaction? _transaction;
    /// <summary>Sent, and not answered yet.</summary>
    Task<int>? _underWay;

    public NpgsqlConnection Connection => connection;

    public bool HasTransaction => _transaction is not null;

    /// <summary>Begins the transaction, if there is none, and waits for what is under way.</summary>
    public async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        _transaction ??= await connection.BeginTransactionAsync(cancellationToken);
        if (_underWay is null) return;
        var (underWay, _) = (_underWay, _underWay = null);
        if (blocks) Wait(underWay);
        else await underWay;
    }

    /// <summary>One round trip.</summary>
    /// <returns>Rows written, by all commands together.</returns>
    public async ValueTask<int> ExecuteAsync(IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        await using var batch = Batch(commands);
        return blocks ? Execute(batch) : await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Sends commands without waiting: what comes next waits for them, and fails as they do.</summary>
    public async ValueTask SendAsync(IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        _underWay = ExecuteAsync(Batch(commands));

        // Not cancelled: nobody would wait for the answer.
        static async Task<int> ExecuteAsync(NpgsqlBatch batch)
        {
            await using (batch) return await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>One round trip.</summary>
    /// <param name="rows">Takes the rows of the queries among the commands, each those of one, in their order.</param>
    public async ValueTask ReadAsync(IReadOnlyList<NpgsqlBatchCommand> commands, IReadOnlyList<Action<NpgsqlDataReader>> rows, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        await using var batch = Batch(commands);
        if (blocks)
        {
            Read(batch, rows);
            return;
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var row in rows)
        {
            while (await reader.ReadAsync(cancellationToken)) row(reader);
            await reader.NextResultAsync(cancellationToken);
        }
    }

    static int Execute(NpgsqlBatch batch) => batch.ExecuteNonQuery();

    static void Wait(Task task) => task.GetAwaiter().GetResult();

    static void Read(NpgsqlBatch batch, IReadOnlyList<Action<NpgsqlDataReader>> rows)
    {
        using var reader = batch.ExecuteReader();
        foreach (var row in rows)
        {
            while (reader.Read()) row(reader);
            reader.NextResult();
        }
    }

    NpgsqlBatch Batch(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection, _transaction);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>Not cancelled half-way: the answer is what matters now.</summary>
    public async ValueTask CommitAsync()
    {
        if (_transaction is not { } transaction) return;
        await ReadyAsync(CancellationToken.None);
        if (blocks) Commit(transaction);
        else await transaction.CommitAsync(CancellationToken.None);

        static void Commit(NpgsqlTransaction transaction) => transaction.Commit();
    }

    public async ValueTask RollbackToAsync(string savepoint, CancellationToken cancellationToken)
    {
        if (_transaction is { } transaction) await transaction.RollbackAsync(savepoint, cancellationToken);
    }

    public async ValueTask SaveAsync(string savepoint, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        await _transaction!.SaveAsync(savepoint, cancellationToken); // There is one now.
    }

    /// <summary>What was sent and failed fails here too.</summary>
    public async ValueTask RollbackAsync()
    {
        if (_transaction is not { } transaction) return;
        try
        {
            await ReadyAsync(CancellationToken.None);
        }
        catch (PostgresException)
        {
            // It is undone now, whatever it was.
        }

        await transaction.RollbackAsync();
    }

    public async ValueTask EndAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync();
    }
}
