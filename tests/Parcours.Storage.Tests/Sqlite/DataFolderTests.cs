using Parcours.Engine.Ports;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Tests.Sqlite;

public sealed class DataFolderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// Semantics 15.2, 15.8
    [Fact]
    public void A_folder_opens_once_and_again_when_it_is_free()
    {
        var path = _folder.File("data");
        using (DataFolder.Open(path))
        {
            var refused = Assert.Throws<StoreException>(() => DataFolder.Open(path));

            Assert.Equal(StoreFailure.InUse, refused.Failure);
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            Assert.Contains("another process", refused.Message, StringComparison.Ordinal);
            Assert.True(DataFolder.IsInUse(path));
        }

        Assert.False(DataFolder.IsInUse(path));
        using var again = DataFolder.Open(path);
        Assert.Equal(path, again.Path);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_with_what_to_do()
    {
        File.WriteAllText(_folder.File("file"), "not a folder");

        var refused = Assert.Throws<StoreException>(() => DataFolder.Open(Path.Combine(_folder.File("file"), "data")));

        Assert.Equal(StoreFailure.NotAFolder, refused.Failure);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_folder_is_refused_with_what_to_do()
    {
        // The system's own read-only folder: permissions of a folder of ours would not stop the superuser.
        Assert.SkipUnless(Directory.Exists("/sys/kernel"), "needs Linux");

        var refused = Assert.Throws<StoreException>(() => DataFolder.Open("/sys/kernel"));

        Assert.Equal(StoreFailure.ReadOnly, refused.Failure);
        Assert.Contains("read-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrations_run_once_in_order_and_a_newer_database_is_refused()
    {
        using var connection = SqliteConnection.Open(_folder.File("schema.db"), readOnly: false);
        (int, string)[] old = [(1, "CREATE TABLE a (x)"), (2, "ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES (1, 2)")];

        Schema.Migrate(connection, old);
        Schema.Migrate(connection, old);

        Assert.Equal(2, Schema.Version(connection));
        Assert.Equal(1, connection.Scalar("SELECT count(*) FROM a"));
        var refused = Assert.Throws<StoreException>(() => Schema.Migrate(connection, [old[0]]));
        Assert.Equal(StoreFailure.TooNew, refused.Failure);
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_schema_before_it()
    {
        using var connection = SqliteConnection.Open(_folder.File("schema.db"), readOnly: false);

        Assert.Throws<SqliteException>(() => Schema.Migrate(connection, [(1, "CREATE TABLE a (x)"), (2, "CREATE TABLE b (x); CREATE TABLE a (x)")]));

        Assert.Equal(1, Schema.Version(connection));
        Assert.Null(connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'b'"));
    }
}
