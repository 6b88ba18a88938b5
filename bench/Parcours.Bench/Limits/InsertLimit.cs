using System.Diagnostics;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Bench.Limits;

/// <summary>
/// The best loop by hand for rows that the store has written: the same rows, from memory, in groups, into the same tables of an empty database with the same settings,
/// by prepared statements of the thinnest kind. It resolves nothing, checks nothing, and rewrites nothing.
/// </summary>
sealed class InsertLimit
{
    const int Most = 200_000;
    readonly List<Table> _tables = [];
    readonly List<string> _schema = [];

    /// <param name="database">Of an installation that nobody serves.</param>
    /// <param name="since">What each table had before: the column by which its rows run, and its highest value.</param>
    public InsertLimit(string database, IReadOnlyList<(string Table, string Column, long Above)> since)
    {
        using var connection = SqliteConnection.Open(database, readOnly: true);
        foreach (var (name, column, above) in since)
        {
            using (var schema = connection.Prepare($"SELECT sql FROM sqlite_master WHERE tbl_name = '{name}' AND sql IS NOT NULL ORDER BY type DESC"))
                while (schema.Step())
                    _schema.Add(schema.Text(0));
            var columns = (int)connection.Scalar($"SELECT count(*) FROM pragma_table_info('{name}')")!.Value;
            var rows = new List<Cell[]>();
            using var select = connection.Prepare($"SELECT * FROM {name} WHERE {column} > {above} ORDER BY {column} LIMIT {Most}");
            while (rows.Count < Most && select.Step())
                rows.Add([.. Enumerable.Range(0, columns).Select(index => Cell.Read(select, index))]);
            _tables.Add(new(name, columns, rows));
        }
    }

    /// <summary>Rows of the first table: what the rate counts.</summary>
    public int Entries => _tables[0].Rows.Count;

    public int Rows => _tables.Sum(table => table.Rows.Count);

    /// <returns>Rows of the first table a second, those of the others written beside them.</returns>
    public double Run(string folder, int group)
    {
        var path = Path.Combine(folder, "insert.db");
        Delete(path);
        double seconds;
        using (var connection = SqliteSettings.OpenWriter(path))
        {
            _schema.ForEach(connection.Execute);
            var inserts = _tables.ConvertAll(table => connection.Prepare($"INSERT INTO {table.Name} VALUES ({string.Join(", ", Enumerable.Range(1, table.Columns).Select(index => $"?{index}"))})"));
            var (begin, commit) = (connection.Prepare("BEGIN IMMEDIATE"), connection.Prepare("COMMIT"));
            var groups = (Entries + group - 1) / group;
            var began = Stopwatch.GetTimestamp();
            for (var number = 0; number < groups; number++)
            {
                begin.Run();
                for (var table = 0; table < _tables.Count; table++)
                    Insert(inserts[table], _tables[table].Rows, number, groups);
                commit.Run();
            }
            seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        Delete(path);
        return Entries / seconds;
    }

    static void Insert(SqliteStatement insert, List<Cell[]> rows, int group, int groups)
    {
        var (first, last) = ((int)((long)rows.Count * group / groups), (int)((long)rows.Count * (group + 1) / groups));
        for (var row = first; row < last; row++)
        {
            var cells = rows[row];
            for (var index = 0; index < cells.Length; index++)
                cells[index].Bind(insert, index + 1);
            insert.Run();
        }
    }

    static void Delete(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            File.Delete(file);
    }

    sealed record Table(string Name, int Columns, List<Cell[]> Rows);

    readonly struct Cell
    {
        readonly byte[]? _bytes;
        readonly long _number;
        readonly Kind _kind;

        Cell(Kind kind, long number, byte[]? bytes) => (_kind, _number, _bytes) = (kind, number, bytes);

        enum Kind : byte
        {
            Null = 0,
            Integer = 1,
            Blob = 2,
        }

        // A text column is bound as a blob: the same bytes.
        public static Cell Read(SqliteStatement row, int index) =>
            row.IsNull(index) ? default : row.IsInteger(index) ? new(Kind.Integer, row.Long(index), null) : new(Kind.Blob, 0, row.Blob(index).ToArray());

        public void Bind(SqliteStatement statement, int index)
        {
            if (_kind == Kind.Integer)
                statement.Bind(index, _number);
            else if (_kind == Kind.Blob)
                statement.BindBlob(index, _bytes);
            else
                statement.BindNull(index);
        }
    }
}
