using System.Collections.Concurrent;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>
/// Texts that come again and again (journeys, points, contents, event names) as small numbers: a row is a third smaller, and a commit costs what it dirties.
/// </summary>
/// <remarks>
/// Whoever may send events may invent names, so the table ends at a size; a further text lies in the row itself. SQLite's columns hold both, and a text
/// is always in the same form, so that comparing works. The writer adds; all threads look up.
/// </remarks>
sealed class Names
{
    readonly int _most;
    readonly SqliteStatement _insert;
    readonly ConcurrentDictionary<long, string> _texts = [];
    readonly ConcurrentDictionary<string, long> _numbers = new(StringComparer.Ordinal);
    readonly List<(long Number, string Text)> _unit = [];
    long _last;

    public Names(SqliteConnection writer, string table, int most = 20_000)
    {
        _most = most;
        _insert = writer.Prepare($"INSERT INTO {table} (id, text) VALUES (?1, ?2)");
        using var all = writer.Prepare($"SELECT id, text FROM {table} ORDER BY id");
        while (all.Step())
        {
            _last = all.Long(0);
            (_texts[_last], _numbers[all.Text(1)]) = (all.Text(1), _last);
        }
    }

    public IEnumerable<string> All => _numbers.Keys;

    /// <summary>For the writer, inside a transaction: binds the number, giving one out where the text is new.</summary>
    public SqliteStatement BindNew(SqliteStatement statement, int index, string? text)
    {
        if (text is null || _numbers.ContainsKey(text) || _last >= _most) return Bind(statement, index, text);
        _last++;
        _insert.Bind(1, _last).Bind(2, text).Run();
        (_texts[_last], _numbers[text]) = (text, _last);
        _unit.Add((_last, text));
        return statement.Bind(index, _last);
    }

    /// <summary>For whoever compares: a text without a number is in no row as a number.</summary>
    public SqliteStatement Bind(SqliteStatement statement, int index, string? text) =>
        text is not null && _numbers.TryGetValue(text, out var number) ? statement.Bind(index, number) : statement.Bind(index, text);

    public string Read(SqliteStatement statement, int column) => ReadOrNull(statement, column) ?? "";

    public string? ReadOrNull(SqliteStatement statement, int column) => statement.IsInteger(column) ? _texts[statement.Long(column)] : statement.TextOrNull(column);

    public void Committed() => _unit.Clear();

    public void RolledBack()
    {
        foreach (var (number, text) in _unit)
        {
            _texts.TryRemove(number, out _);
            _numbers.TryRemove(text, out _);
        }

        _last -= _unit.Count;
        _unit.Clear();
    }
}
