using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>One transaction of the writer. All calls complete on the caller's thread before they return.</summary>
sealed partial class SqliteUnit : IStoreUnit
{
    readonly Writer _writer;
    readonly Checkpoints _checkpoints;
    readonly SemaphoreSlim _turn;
    readonly string _path;
    bool _ended, _void;

    public SqliteUnit(Writer writer, Checkpoints checkpoints, string path, PartitionSet partitions, SemaphoreSlim turn)
    {
        (_writer, _checkpoints, _path, Partitions, _turn) = (writer, checkpoints, path, partitions, turn);
        _book = new SqliteIdentityBook(writer);
    }

    public PartitionSet Partitions { get; }

    public ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        Do(() =>
        {
            _book.Save();
            _writer.Commit();
        });
        try
        {
            _checkpoints.Committed();
        }
        catch (SqliteException)
        {
            // What was committed is safe in the log, which keeps all until a copy succeeds; a full disk tells whoever commits next.
        }

        End();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (_ended) return ValueTask.CompletedTask;
        try
        {
            _writer.RollBack();
        }
        catch (SqliteException failure)
        {
            throw StoreFailures.Of(failure, _path);
        }
        finally
        {
            End();
        }

        return ValueTask.CompletedTask;
    }

    public long TakeSequence(Partition partition)
    {
        _writer.State.IsChanged = true;
        return ++_writer.State.Sequence;
    }

    public long TakeMessageNumber(Partition partition)
    {
        _writer.State.IsChanged = true;
        return ++_writer.State.Message;
    }

    void End()
    {
        _ended = true;
        _turn.Release();
    }

    bool IsMine(ContactId contact) => Partitions.IsAll || Partitions.Contains(Partition.Of(contact));

    SqliteStatement Query(string name) => _writer.Query(name);

    /// <summary>Runs what touches the database; a failure voids the unit, so that half of it can never be committed.</summary>
    T Do<T>(Func<T> act)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (_void) throw new StoreException("The unit failed before and cannot go on: dispose of it and begin another.");
        try
        {
            return act();
        }
        catch (SqliteException failure)
        {
            _void = true;
            throw StoreFailures.Of(failure, _path);
        }
        catch
        {
            _void = true;
            throw;
        }
    }

    void Do(Action act) => Do(() =>
    {
        act();
        return true;
    });
}
