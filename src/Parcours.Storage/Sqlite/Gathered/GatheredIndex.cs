using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>
/// The part of a hashed index that is not in its table yet. A hashed key lands on a random page, and a page a key would cost a commit
/// more than all its other rows together; so new entries are gathered in memory and go into the table sorted, a slice a commit.
/// </summary>
/// <remarks>
/// <para>
/// What is gathered is durable in the commit that made it: one row in the log carries all new entries of that commit. When enough are gathered they
/// become a <em>run</em>, which later commits merge in order of the table, each about twice as many as it adds itself. Once a run is merged
/// the <em>watermark</em> rises to the last log row in it; rows below it are nobody's, and are deleted a few a commit. So the log, the
/// memory and the time to start are those of at most one run and a half, however long the history.
/// </para>
/// <para>One thread uses it, the writer's; only <see cref="TryGetCommitted"/> is for all. Between <see cref="Put"/> and <see cref="Committed"/> nothing is decided; <see cref="RolledBack"/> takes it all back.</para>
/// </remarks>
sealed class GatheredIndex<TKey, TValue>
    where TKey : notnull
{
    const int LeastSlice = 8, LogRowsDeleted = 64;
    readonly IGatheredForm<TKey, TValue> _form;
    readonly int _runSize;
    readonly SqliteStatement _insert, _delete, _watermark;
    readonly string _name;
    readonly Lock _committing = new();
    readonly Dictionary<TKey, TValue> _unit = [];
    readonly ArrayBufferWriter<byte> _row = new();
    Dictionary<TKey, TValue> _gathered = [];
    Dictionary<TKey, TValue>? _run;
    KeyValuePair<TKey, TValue>[] _sorted = [];
    long _nextRow, _oldestRow, _lastRowOfRun, _merged;
    int _position, _positionAfter;
    long _oldestRowAfter, _mergedAfter, _nextRowAfter;

    /// <param name="connection">The writer's.</param>
    /// <param name="name">The table of the log is <c>{name}_log</c>.</param>
    /// <param name="form">What the entries are.</param>
    /// <param name="runSize">Entries that make a run.</param>
    public GatheredIndex(SqliteConnection connection, string name, IGatheredForm<TKey, TValue> form, int runSize)
    {
        (_name, _form, _runSize) = (name, form, runSize);
        _insert = connection.Prepare($"INSERT INTO {name}_log (number, entries) VALUES (?1, ?2)");
        _delete = connection.Prepare($"DELETE FROM {name}_log WHERE number <= ?1");
        _watermark = connection.Prepare("INSERT INTO watermark (name, merged) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET merged = excluded.merged");
        Load(connection);
    }

    /// <summary>Entries in memory, for the figures.</summary>
    public int Unmerged => _unit.Count + _gathered.Count + (_run?.Count ?? 0);

    /// <summary>The latest value of the key, unless only the table knows it.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        _unit.TryGetValue(key, out value)
        || _gathered.TryGetValue(key, out value)
        || (_run is not null && _run.TryGetValue(key, out value));

    /// <summary>The latest committed value of the key, unless only the table knows it.</summary>
    public bool TryGetCommitted(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_committing)
            return _gathered.TryGetValue(key, out value) || (_run is not null && _run.TryGetValue(key, out value));
    }

    /// <summary>All committed entries that the table may not have yet, each key once.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> All => _run is null ? _gathered : _gathered.Concat(_run.Where(entry => !_gathered.ContainsKey(entry.Key)));

    /// <summary>Sets a value in the open transaction.</summary>
    public void Put(TKey key, TValue value) => _unit[key] = value;

    /// <summary>Writes what makes the new entries durable, and this commit's share of merging. Call it last before COMMIT.</summary>
    public void BeforeCommit()
    {
        (_positionAfter, _oldestRowAfter, _mergedAfter, _nextRowAfter) = (_position, _oldestRow, _merged, _nextRow);
        if (_unit.Count == 0) return;

        _row.ResetWrittenCount();
        foreach (var (key, value) in _unit) _form.Write(_row, key, value);
        _insert.Bind(1, _nextRow).BindBlob(2, _row.WrittenSpan).Run();
        _nextRowAfter = _nextRow + 1;

        if (_run is not null) MergeSlice();
        if (_oldestRow <= _merged)
        {
            var last = Math.Min(_merged, _oldestRow + LogRowsDeleted - 1);
            _delete.Bind(1, last).Run();
            _oldestRowAfter = last + 1;
        }
    }

    public void Committed()
    {
        (_position, _oldestRow, _merged, _nextRow) = (_positionAfter, _oldestRowAfter, _mergedAfter, _nextRowAfter);
        if (_unit.Count == 0) return;
        lock (_committing)
        {
            foreach (var (key, value) in _unit) _gathered[key] = value;
            if (_run is not null && _position == _sorted.Length) (_run, _sorted, _position) = (null, [], 0);
            if (_run is null && _gathered.Count >= _runSize) BeginRun();
        }

        _unit.Clear();
    }

    public void RolledBack() => _unit.Clear();

    void MergeSlice()
    {
        var count = Math.Min(Math.Max(LeastSlice, 2 * _unit.Count), _sorted.Length - _position);
        _form.Merge(_sorted.AsSpan(_position, count));
        _positionAfter = _position + count;
        if (_positionAfter < _sorted.Length) return;
        _mergedAfter = _lastRowOfRun;
        _watermark.Bind(1, _name).Bind(2, _mergedAfter).Run();
    }

    void BeginRun()
    {
        _run = _gathered;
        _gathered = [];
        _sorted = [.. _run];
        Array.Sort(_sorted, (left, right) => _form.Compare(left.Key, right.Key));
        (_position, _lastRowOfRun) = (0, _nextRow - 1);
    }

    /// <summary>Reads the log above the watermark, oldest first, so that the latest value of a key stands.</summary>
    void Load(SqliteConnection connection)
    {
        using (var watermark = connection.Prepare("SELECT merged FROM watermark WHERE name = ?1"))
            if (watermark.Bind(1, _name).Step()) _merged = watermark.Long(0);
        _oldestRow = connection.Scalar($"SELECT min(number) FROM {_name}_log") ?? _merged + 1;
        _nextRow = Math.Max(connection.Scalar($"SELECT max(number) FROM {_name}_log") ?? 0, _merged) + 1;

        using var rows = connection.Prepare($"SELECT entries FROM {_name}_log WHERE number > ?1 ORDER BY number");
        rows.Bind(1, _merged);
        while (rows.Step())
        {
            for (var entries = rows.Blob(0); entries.Length > 0;)
            {
                entries = entries[_form.Read(entries, out var key, out var value)..];
                _gathered[key] = value;
            }
        }

        if (_gathered.Count >= _runSize) BeginRun();
    }
}
