using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Tests.Sqlite;

/// <summary>What is SQLite's own: the file, its lock, its limits, and how it is asked.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 9, 0);
    readonly TemporaryFolder _folder = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_one_clear_error_leaves_everything_as_it_was_and_passes()
    {
        await using (var store = SqliteStore.Open(_folder.Path, new SqliteStoreOptions { PagesMost = 120 }))
        {
            await AppendAsync(store, "before", 10);

            var failure = await Assert.ThrowsAsync<StoreException>(() => AppendAsync(store, "too big", 200_000));

            Assert.Equal(StoreFailure.DiskFull, failure.Failure);
            Assert.Contains("full", failure.Message, StringComparison.Ordinal);
            Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
            Assert.Null(await store.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, "too big"), Cancellation));
            // Small things still fit, and their numbers go on where the last commit left them.
            var after = await AppendAsync(store, "after", 10);
            Assert.Equal(2, after.Contact.Number);
            Assert.Equal(2, after.Entries[0].Sequence);
        }

        await using var again = SqliteStore.Open(_folder.Path);
        Assert.NotNull(await again.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, "before"), Cancellation));
        Assert.NotNull(await again.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, "after"), Cancellation));
        Assert.Null(await again.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, "too big"), Cancellation));
        Assert.Equal("too big", (await AppendAsync(again, "too big", 200_000)).Entries[0].Name);
    }

    /// Semantics 15.7
    [Fact]
    public async Task The_log_begins_anew_though_commits_never_rest()
    {
        await using var store = SqliteStore.Open(_folder.Path, new SqliteStoreOptions { LogPages = 100 });
        var log = new FileInfo(Path.Combine(_folder.Path, "parcours.db-wal"));
        long length = 0;
        var withoutGrowth = 0;

        for (var commit = 0; commit < 20_000 && withoutGrowth < 20; commit++)
        {
            await AppendAsync(store, $"user {commit}", 10_000);
            log.Refresh();
            withoutGrowth = log.Length > length ? 0 : withoutGrowth + 1;
            length = log.Length;
        }

        Assert.Equal(20, withoutGrowth);
        Assert.True(length > 100 * 4096, "It was copied before it was full.");
        Assert.NotNull(await store.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, "user 0"), Cancellation));
    }

    [Fact]
    public async Task A_unit_that_failed_cannot_be_committed()
    {
        await using var store = SqliteStore.Open(_folder.Path, new SqliteStoreOptions { PagesMost = 120 });
        await using (var unit = await store.BeginAsync(PartitionSet.All, Cancellation))
        {
            await unit.WriteDocumentAsync("small", "one", new byte[10], 0, Monday, Cancellation);
            await Assert.ThrowsAsync<StoreException>(async () => await unit.WriteDocumentAsync("big", "one", new byte[900_000], 0, Monday, Cancellation));

            await Assert.ThrowsAsync<StoreException>(async () => await unit.CommitAsync(Cancellation));
        }

        Assert.Null(await store.Queries.DocumentAsync("small", "one", Cancellation));
    }

    /// Semantics 15.8
    [Fact]
    public async Task A_second_opener_is_refused_while_the_first_one_lives()
    {
        await using (SqliteStore.Open(_folder.Path))
            Assert.Equal(StoreFailure.InUse, Assert.Throws<StoreException>(() => SqliteStore.Open(_folder.Path)).Failure);

        await using var next = SqliteStore.Open(_folder.Path);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var path = _folder.File("parcours.db");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("These are my notes. ", 1_000)), Cancellation);
        var before = await File.ReadAllBytesAsync(path, Cancellation);

        var refused = Assert.Throws<StoreException>(() => SqliteStore.Open(_folder.Path));

        Assert.Equal(StoreFailure.Corrupt, refused.Failure);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Cancellation));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using (SqliteStore.Open(_folder.Path))
        {
        }

        using (var connection = SqliteConnection.Open(_folder.File("parcours.db"), readOnly: false)) connection.Execute("INSERT INTO schema_version VALUES (9999)");

        Assert.Equal(StoreFailure.TooNew, Assert.Throws<StoreException>(() => SqliteStore.Open(_folder.Path)).Failure);
    }

    [Fact]
    public async Task Units_come_one_after_the_other_and_readers_do_not_wait()
    {
        await using var store = SqliteStore.Open(_folder.Path);
        var first = await store.BeginAsync(PartitionSet.All, Cancellation);
        await first.WriteDocumentAsync("kind", "id", "{}"u8.ToArray(), 0, Monday, Cancellation);

        var second = store.BeginAsync(PartitionSet.All, Cancellation).AsTask();

        Assert.False(second.IsCompleted);
        Assert.Null(await store.Queries.DocumentAsync("kind", "id", Cancellation));
        await first.CommitAsync(Cancellation);
        await first.DisposeAsync();
        await using var unit = await second;
        Assert.NotNull(await unit.ReadDocumentAsync("kind", "id", Cancellation));
    }

    [Fact]
    public async Task Names_beyond_the_table_lie_in_their_rows_and_are_found_all_the_same()
    {
        using var connection = SqliteConnection.Open(_folder.File("names.db"), readOnly: false);
        Schema.Migrate(connection, [.. SqlText.Migrations()]);
        connection.Execute("CREATE TABLE thing (name)");
        var names = new Names(connection, "name", most: 2);
        var insert = connection.Prepare("INSERT INTO thing (name) VALUES (?1)");
        foreach (var text in (string[])["one", "two", "12", "one", ""]) names.BindNew(insert, 1, text).Run();
        names.Committed();

        var reread = new Names(connection, "name", most: 2);
        var all = connection.Prepare("SELECT name FROM thing ORDER BY rowid");
        List<string> read = [];
        while (all.Step()) read.Add(reread.Read(all, 0));
        var find = connection.Prepare("SELECT count(*) FROM thing WHERE name = ?1");

        Assert.Equal(["one", "two", "12", "one", ""], read);
        Assert.Equal([2, 1, 1, 1, 0], ((string[])["one", "two", "12", "", "2"]).Select(text =>
        {
            reread.Bind(find, 1, text).Step();
            var count = find.Long(0);
            find.Reset();
            return count;
        }));
        await Task.CompletedTask;
    }

    // What is read while contacts wait by the million must never walk through a table.
    [Theory]
    [InlineData("read_timers", "SEARCH enrolment USING INDEX enrolment_due (journey=? AND queue=? AND (due,contact,number)>(?,?,?) AND due<?)")]
    [InlineData("read_flips", "SEARCH contact USING INDEX contact_flip (flip_at>? AND flip_at<?)")]
    [InlineData("read_flips_at", "SEARCH contact USING INDEX contact_flip (flip_at=? AND rowid>?)")]
    [InlineData("next_waiting_point", "SEARCH enrolment USING INDEX enrolment_waiting (journey=? AND point>?)")]
    [InlineData("read_waiting_at", "SEARCH enrolment USING INDEX enrolment_waiting (journey=? AND point=? AND contact>?)")]
    [InlineData("read_queue", "SEARCH enrolment USING INDEX enrolment_waiting (journey=? AND point=? AND contact>?)")]
    [InlineData("read_pending_messages", "SEARCH message USING INDEX message_pending (not_before>? AND not_before<?)")]
    [InlineData("read_messages_of", "SEARCH message USING INDEX message_contact (contact=? AND number<?)")]
    [InlineData("read_sandbox_mails", "SEARCH sandbox_mail USING INDEX sandbox_mail_at ((at,key)<(?,?))")]
    [InlineData("count_sandbox_mails", "CO-ROUTINE (subquery-1)|SEARCH sandbox_mail USING COVERING INDEX sandbox_mail_at (at>?)|SCAN (subquery-1)")]
    [InlineData("read_contacts", "SEARCH contact USING INTEGER PRIMARY KEY (rowid>?)")]
    [InlineData("read_contacts_down", "SEARCH contact USING INTEGER PRIMARY KEY (rowid<?)")]
    [InlineData("read_refusals_of", "SEARCH refusal USING INDEX refusal_once (contact=? AND journey=?)|USE TEMP B-TREE FOR ORDER BY")]
    [InlineData("read_timeline", "SEARCH t USING PRIMARY KEY (contact=? AND sequence<?)|SEARCH e USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN")]
    [InlineData("read_documents", "SEARCH document USING INDEX sqlite_autoindex_document_1 (kind=? AND id>?)")]
    [InlineData("trim_commits", "SEARCH commit_row USING INTEGER PRIMARY KEY (rowid=?)|LIST SUBQUERY 1|SEARCH commit_row USING INTEGER PRIMARY KEY (rowid<?)|CREATE BLOOM FILTER")]
    public void A_hot_query_keeps_its_plan(string query, string plan)
    {
        using var connection = SqliteConnection.Open(_folder.File("plans.db"), readOnly: false);
        Schema.Migrate(connection, [.. SqlText.Migrations()]);

        using var explained = connection.Prepare("EXPLAIN QUERY PLAN " + SqlText.Query(query));
        List<string> steps = [];
        while (explained.Step()) steps.Add(explained.Text(3));

        Assert.Equal(plan, string.Join('|', steps));
    }

    [Fact]
    public void Every_query_file_is_well_formed()
    {
        using var connection = SqliteConnection.Open(_folder.File("queries.db"), readOnly: false);
        Schema.Migrate(connection, [.. SqlText.Migrations()]);
        const string Folder = "Parcours.Storage.Sqlite.Queries.";
        var names = typeof(SqlText).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..^4]).ToList();

        Assert.NotEmpty(names);
        foreach (var name in names) connection.Prepare(SqlText.Query(name)).Dispose();
    }

    static async Task<AppendResult> AppendAsync(SqliteStore store, string user, int bodyBytes)
    {
        List<AppendResult> results = [];
        await using var unit = await store.BeginAsync(PartitionSet.All, Cancellation);
        var item = new AppendItem(
            null, [new Identity(IdentityKind.UserId, user)], SenderRights.Server, false, null, true, EntryKind.Event, Origin.Live, Monday, user, new byte[bodyBytes]);
        // Several rows, so that the disk fills in the middle of the unit.
        await unit.AppendAsync([item, .. bodyBytes > 1_000 ? Enumerable.Repeat(item, 5) : []], Monday, results, Cancellation);
        var writes = new WriteSet();
        writes.Counters[new CounterKey(CounterKind.Total, default, 0, "contacts", "")] = 1;
        await unit.WriteAsync(writes, Cancellation);
        await unit.CommitAsync(Cancellation);
        return results[0];
    }
}
