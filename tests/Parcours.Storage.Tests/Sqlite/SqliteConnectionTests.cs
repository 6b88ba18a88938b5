using System.Text;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Tests.Sqlite;

public sealed class SqliteConnectionTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_value_comes_back_as_it_went_in()
    {
        using var connection = SqliteConnection.Open(_folder.File("values.db"), readOnly: false);
        connection.Execute("CREATE TABLE value (a, b, c, d, e, f, g)");
        using var insert = connection.Prepare("INSERT INTO value VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        byte[] blob = [0, 1, 2, 255];
        var text = "Zoë \0 " + new string('ß', 1_000);

        insert.Bind(1, long.MinValue).Bind(2, 1.5).Bind(3, text).BindBlob(4, blob).BindNull(5).BindBlob(6, []).BindText(7, "e\u0301"u8).Run();

        using var select = connection.Prepare("SELECT * FROM value");
        Assert.True(select.Step());
        Assert.Equal(long.MinValue, select.Long(0));
        Assert.Equal(1.5, select.Double(1));
        Assert.Equal(text, select.Text(2));
        Assert.Equal(blob, select.Blob(3).ToArray());
        Assert.True(select.IsNull(4));
        Assert.False(select.IsNull(5));
        Assert.Equal(0, select.Blob(5).Length);
        Assert.Equal("e\u0301", Encoding.UTF8.GetString(select.Utf8(6)));
        Assert.False(select.Step());
    }

    [Fact]
    public void A_failure_carries_its_codes_its_text_and_the_statement()
    {
        using var connection = SqliteConnection.Open(_folder.File("failing.db"), readOnly: false);
        connection.Execute("CREATE TABLE once (id INTEGER PRIMARY KEY)");
        using var insert = connection.Prepare("INSERT INTO once VALUES (?1)");
        insert.Bind(1, 7).Run();

        var failure = Assert.Throws<SqliteException>(() => insert.Bind(1, 7).Run());

        const int ConstraintPrimaryKey = 1555;
        Assert.Equal(SqliteCode.Constraint, failure.Code);
        Assert.Equal(ConstraintPrimaryKey, failure.ExtendedCode);
        Assert.Contains("UNIQUE constraint failed: once.id", failure.Message, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO once", failure.Message, StringComparison.Ordinal);
        insert.Bind(1, 8).Run();
        Assert.Equal(2, connection.Scalar("SELECT count(*) FROM once"));
    }

    [Fact]
    public void A_full_disk_and_a_read_only_file_are_told_apart()
    {
        var path = _folder.File("full.db");
        using var writer = SqliteSettings.OpenWriter(path);
        writer.Execute("CREATE TABLE filler (bytes BLOB); PRAGMA max_page_count = 10");
        using var reader = SqliteSettings.OpenReader(path);

        var full = Assert.Throws<SqliteException>(() => writer.Execute("INSERT INTO filler VALUES (zeroblob(100000))"));
        var readOnly = Assert.Throws<SqliteException>(() => reader.Execute("INSERT INTO filler VALUES (1)"));

        Assert.True(full.IsDiskFull);
        Assert.False(full.IsReadOnly);
        Assert.True(readOnly.IsReadOnly);
        Assert.False(readOnly.IsDiskFull);
    }

    [Fact]
    public void The_writer_waits_for_the_disk_and_readers_see_what_is_committed_only()
    {
        var path = _folder.File("modes.db");
        using var writer = SqliteSettings.OpenWriter(path);
        writer.Execute("CREATE TABLE number (n)");
        using var reader = SqliteSettings.OpenReader(path);

        writer.Execute("BEGIN IMMEDIATE; INSERT INTO number VALUES (1)");
        var before = reader.Scalar("SELECT count(*) FROM number");
        writer.Execute("COMMIT");
        var after = reader.Scalar("SELECT count(*) FROM number");

        const int Full = 2;
        Assert.Equal((0L, 1L), (before, after));
        Assert.Equal(Full, writer.Scalar("PRAGMA synchronous"));
        Assert.Equal(0, writer.Scalar("PRAGMA wal_autocheckpoint"));
    }
}
