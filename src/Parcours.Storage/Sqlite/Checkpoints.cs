using System.Runtime.InteropServices;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Copies the log (WAL) into the database beside the writer, so that no commit waits for it (Semantics 15.7).</summary>
/// <remarks>
/// A connection and a thread of its own copy while the writer goes on. The log can only begin anew at an instant in which all of it is copied, and under a steady load
/// there is always a commit more; so once little is left, the writer copies that little between two commits, and its next commit begins the log anew.
/// </remarks>
sealed unsafe class Checkpoints : IDisposable
{
    const int RoundsMost = 8;

    readonly int _most, _rest;

    readonly SqliteConnection _writer;
    readonly string _path;
    readonly int* _pages;
    readonly AutoResetEvent _wake = new(false);
    readonly Thread _thread;
    int _begins;
    volatile bool _isCopying, _isNearlyDone, _stops;

    /// <param name="writer">The writer's connection: <see cref="Committed"/> is called on its thread, between transactions.</param>
    /// <param name="path">Of the database.</param>
    /// <param name="most">Pages after which the log is copied.</param>
    public Checkpoints(SqliteConnection writer, string path, int most)
    {
        (_writer, _path, _most, _begins) = (writer, path, most, most);
        // As many the writer copies itself: some milliseconds.
        _rest = most / 20;
        _pages = (int*)NativeMemory.AllocZeroed(sizeof(int));
        writer.CountLogPages(_pages);
        _thread = new Thread(Run) { IsBackground = true, Name = "parcours checkpoints" };
        _thread.Start();
    }

    /// <summary>Pages in the log after the latest commit.</summary>
    public int Pages => Volatile.Read(ref *_pages);

    /// <summary>The writer has committed and holds no transaction.</summary>
    public void Committed()
    {
        if (_isNearlyDone)
        {
            _isNearlyDone = false;
            // Where a reader is in the way, or the disk is full, the rest waits until the log has grown by a quarter.
            _begins = Pages + _most / 4;
            var (pages, copied) = _writer.Checkpoint();
            if (copied >= pages) _begins = _most;
        }
        else if (!_isCopying && Pages >= _begins)
        {
            _isCopying = true;
            _wake.Set();
        }
        else if (Pages < _most)
        {
            _begins = _most;
        }
    }

    void Run()
    {
        SqliteConnection? connection = null;
        while (true)
        {
            _wake.WaitOne();
            if (_stops) break;
            try
            {
                connection ??= SqliteSettings.OpenWriter(_path);
                for (var round = 0; round < RoundsMost && !_stops; round++)
                {
                    var (_, copied) = connection.Checkpoint();
                    if (Pages - copied <= _rest) break;
                }
            }
            catch (SqliteException)
            {
                // A full disk, most likely: whoever commits next is told so. The log keeps all until the copy succeeds.
            }
            finally
            {
                _isNearlyDone = true;
                _isCopying = false;
            }
        }

        connection?.Dispose();
    }

    public void Dispose()
    {
        _stops = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    /// <summary>Called when the writer's connection is closed, which writes there no more.</summary>
    public void Free() => NativeMemory.Free(_pages);
}
