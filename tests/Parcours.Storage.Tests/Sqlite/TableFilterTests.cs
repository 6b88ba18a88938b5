using FsCheck;
using FsCheck.Fluent;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Gathered;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Tests.Sqlite;

/// <summary>What says of a key that a table does not have it: wrongly never, for then a message id would be taken twice and a contact made twice.</summary>
public class TableFilterTests
{
    const string Keys = "CREATE TABLE key (hash INTEGER PRIMARY KEY)";

    [Fact]
    public void What_was_added_is_never_denied_and_few_of_the_others_are_not() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var known = Enumerable.Range(0, 5_000).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).ToList();
            var filter = new MissFilter(5_000);
            known.ForEach(filter.Add);

            Assert.All(known, key => Assert.True(filter.MayHave(key)));
            Assert.InRange(Enumerable.Range(0, 20_000).Count(_ => filter.MayHave((ulong)random.NextInt64(long.MinValue, long.MaxValue))), 0, 800);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    [Fact]
    public async Task A_table_that_was_there_is_read_beside_the_writer_and_until_then_nothing_is_denied()
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteSettings.OpenWriter(folder.File("keys.db"));
        connection.Execute(Keys);
        connection.Execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000) INSERT INTO key SELECT i * 7919 - 90000000 FROM n");
        using var filter = new TableFilter(connection, "key", "hash", isBlob: false);

        Assert.True(filter.MayHave(TableFilter.HashOf(4L)));
        // Added while the table is read, as a merge does.
        connection.Execute("INSERT INTO key VALUES (4)");
        filter.Add(TableFilter.HashOf(4L));
        await filter.Reading.WaitAsync(TestContext.Current.CancellationToken);
        filter.Committed();

        Assert.True(filter.IsMade);
        Assert.All(Enumerable.Range(1, 25_000), number => Assert.True(filter.MayHave(TableFilter.HashOf(number * 7919L - 90_000_000))));
        Assert.True(filter.MayHave(TableFilter.HashOf(4L)));
        Assert.True(filter.MayHave(TableFilter.HashOf(long.MinValue)));
        Assert.Contains(Enumerable.Range(1, 100), number => !filter.MayHave(TableFilter.HashOf(number * 1_000_003L)));
    }

    [Fact]
    public void An_empty_table_needs_no_reading()
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteSettings.OpenWriter(folder.File("keys.db"));
        connection.Execute(Keys);
        using var filter = new TableFilter(connection, "key", "hash", isBlob: false);

        Assert.True(filter.IsMade);
        Assert.False(filter.MayHave(TableFilter.HashOf(4L)));
        filter.Add(TableFilter.HashOf(4L));
        Assert.True(filter.MayHave(TableFilter.HashOf(4L)));
    }

    /// <summary>Semantics 4.1: what the intake knew before its table was joined to the contacts' is known after it.</summary>
    [Fact]
    public void Identities_that_were_beside_the_contacts_are_in_their_rows_afterwards()
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteConnection.Open(folder.File("old.db"), readOnly: false);
        Schema.Migrate(connection, [.. SqlText.Migrations().Where(migration => migration.Number <= 3)]);
        connection.Execute("INSERT INTO contact (id, high, body) VALUES (1, 11, x'01'); INSERT INTO holding VALUES (1, 11, NULL, x'AA'), (2, 22, x'BB', x'CC')");

        Schema.Migrate(connection, [.. SqlText.Migrations()]);

        var rows = connection.Prepare("SELECT id || ':' || high || ':' || hex(body) || ':' || iif(merged_into IS NULL, '-', hex(merged_into)) || ':' || hex(identities) FROM contact ORDER BY id");
        List<string> read = [];
        while (rows.Step()) read.Add(rows.Text(0));
        Assert.Equal(["1:11:01:-:AA", "2:22::BB:CC"], read);
    }
}
