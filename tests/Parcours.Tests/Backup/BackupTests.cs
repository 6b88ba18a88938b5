using Parcours.Journeys.Contacts;
using Parcours.Storage.Copying;
using Parcours.Storage.Postgres;
using Parcours.Storage.Sqlite;
using Parcours.Testing;
using Parcours.Tests.Cli;
using Parcours.Tests.Crash;

namespace Parcours.Tests.Backup;

/// <summary>The real commands on a real installation under load; what was acknowledged is tallied outside the program.</summary>
public sealed class BackupTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("parcours-backup-").FullName;
    readonly string _url = $"http://127.0.0.1:{ServingProgram.FreePort()}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    static async Task<string> RunAsync(params string[] arguments)
    {
        var ran = await ParcoursProgram.RunAsync(arguments);
        Assert.True(ran.ExitCode == 0, $"{string.Join(' ', arguments)}: {ran.Error}");
        return ran.Output;
    }

    static async Task UntilAnsweredAsync(ShopLoad load, int more)
    {
        var (before, looks) = (load.Answered, 0);
        while (load.Answered < before + more)
        {
            Assert.True(looks++ < 6_000, "The load is not answered.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_backup_made_under_load_holds_all_that_was_acknowledged_before_it_and_can_be_served()
    {
        using var load = new ShopLoad([_url], await CrashJourney.SetUpAsync(In("data")), seed: 1);
        Dictionary<string, int> before;
        await using (var serving = await ServingProgram.StartAsync(In("data"), url: _url))
        {
            load.Begin();
            await UntilAnsweredAsync(load, 20);
            before = new(load.Tally.Where(customer => customer.Value > 0));
            await RunAsync("backup", In("backup"), "--data", In("data"));
            await UntilAnsweredAsync(load, 5);
            await load.EndAsync();
            Assert.Equal(0, await serving.StopAsync());
        }

        await RunAsync("restore", In("backup"), "--data", In("restored"));

        await using (var again = await ServingProgram.StartAsync(In("restored"), url: _url))
            Assert.Equal(0, await again.StopAsync());
        await using var store = SqliteStore.Open(In("restored"));
        Assert.NotEmpty(before);
        foreach (var customer in before.Keys)
            Assert.NotNull(await store.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, customer), TestContext.Current.CancellationToken));
    }

    /// <summary>Semantics 11.1, 12.3: what is restored is what there was, row by row; nothing leaves until somebody says so.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_restored_is_the_same_row_by_row_and_holds_what_it_would_send(bool postgres)
    {
        var (source, target) = postgres ? (await PostgresServer.CreateDatabaseAsync(), await PostgresServer.CreateDatabaseAsync()) : (null, null);
        try
        {
            string[] Of(string? database) => database is null ? [] : ["--database", database];
            var key = await CrashJourney.SetUpAsync(In("data"), source);
            using var load = new ShopLoad([_url], key, seed: 3);
            await using (var serving = await ServingProgram.StartAsync(In("data"), Of(source), url: _url))
            {
                load.Begin();
                await UntilAnsweredAsync(load, 25);
                await load.EndAsync();
                await CrashTests.UntilAllHaveLeftAsync(serving);
                Assert.Equal(0, await serving.StopAsync());
            }

            await RunAsync(["backup", In("backup"), "--data", In("data"), .. Of(source)]);
            var told = await RunAsync(["restore", In("backup"), "--data", In("restored"), .. Of(target)]);

            Assert.Contains("Sending is held", told, StringComparison.Ordinal);
            var (before, after) = (await DigestAsync("data", source), await DigestAsync("restored", target));
            Assert.Equal(before.Where(table => table.Name != "document"), after.Where(table => table.Name != "document"));
            Assert.True(before.Single(table => table.Name == "message").Rows > 0);
            await HoldsAsync(target, load.Tally);

            await using (var serving = await ServingProgram.StartAsync(In("restored"), Of(target), url: _url))
            {
                Assert.Contains("Sending is held", serving.Said, StringComparison.Ordinal);
                using var more = new ShopLoad([_url], key, seed: 4);
                more.Begin();
                await UntilAnsweredAsync(more, 5);
                await more.EndAsync();
                Assert.Contains("messages wait", await RunAsync(["sending", "status", "--data", In("restored"), .. Of(target)]), StringComparison.Ordinal);
                Assert.StartsWith("Messages leave", await RunAsync(["sending", "release", "--data", In("restored"), .. Of(target)]), StringComparison.Ordinal);
                await CrashTests.UntilAllHaveLeftAsync(serving);
                Assert.Equal(0, await serving.StopAsync());
            }
        }
        finally
        {
            foreach (var database in (string?[])[source, target])
                if (database is not null)
                    await PostgresServer.DropAsync(database);
        }

        Task<IReadOnlyList<TableDigest>> DigestAsync(string folder, string? database) =>
            Storage.Copying.Backup.DigestAsync(database ?? Path.Combine(In(folder), "parcours.db"), isFile: database is null, TestContext.Current.CancellationToken);

        async Task HoldsAsync(string? database, IReadOnlyDictionary<string, int> tally)
        {
            await using Engine.Ports.IStore store = database is null ? SqliteStore.Open(In("restored")) : await PostgresStore.OpenAsync(database, new() { Time = TimeProvider.System }, TestContext.Current.CancellationToken);
            await CrashTally.HoldsAsync(store.Queries, tally);
        }
    }

    /// Promises 1 and 2; Semantics 5.1, 11.1
    [Fact]
    public async Task An_installation_goes_to_PostgreSQL_and_back_in_the_middle_of_its_work_and_nothing_is_lost_or_happens_twice()
    {
        var database = await PostgresServer.CreateDatabaseAsync();
        var restored = await PostgresServer.CreateDatabaseAsync();
        try
        {
            using var load = new ShopLoad([_url], await CrashJourney.SetUpAsync(In("data")), seed: 2);
            load.Begin();
            await using (var serving = await ServingProgram.StartAsync(In("data"), url: _url))
            {
                await UntilAnsweredAsync(load, 15);
                Assert.Equal(0, await serving.StopAsync());
            }

            Assert.Contains("contact", await RunAsync("migrate", "--to", "postgres", "--data", In("data"), "--database", database), StringComparison.Ordinal);
            await using (var serving = await ServingProgram.StartAsync(In("node"), ["--database", database], url: _url))
            {
                await UntilAnsweredAsync(load, 15);
                await RunAsync("backup", In("backup"), "--data", In("node"), "--database", database);
                Assert.Equal(0, await serving.StopAsync());
            }

            await RunAsync("migrate", "--to", "sqlite", "--data", In("back"), "--database", database);
            await using (var serving = await ServingProgram.StartAsync(In("back"), url: _url))
            {
                await UntilAnsweredAsync(load, 15);
                await load.EndAsync();
                await CrashTests.UntilAllHaveLeftAsync(serving);
                Assert.Equal(0, await serving.StopAsync());
            }

            await using (var store = SqliteStore.Open(In("back")))
                await CrashTally.HoldsAsync(store.Queries, load.Tally);
            // What was made of PostgreSQL goes into either store.
            await RunAsync("restore", In("backup"), "--data", In("from-backup"));
            await RunAsync("restore", In("backup"), "--data", In("node"), "--database", restored);
            await using var folder = SqliteStore.Open(In("from-backup"));
            await using var other = await PostgresStore.OpenAsync(restored, new() { Time = TimeProvider.System }, TestContext.Current.CancellationToken);
            Assert.Equal(
                await folder.Queries.CountersAsync(null, null, TestContext.Current.CancellationToken), await other.Queries.CountersAsync(null, null, TestContext.Current.CancellationToken));
        }
        finally
        {
            await PostgresServer.DropAsync(database);
            await PostgresServer.DropAsync(restored);
        }
    }

    [Fact]
    public async Task Nothing_is_ever_written_over_and_what_is_no_backup_is_refused()
    {
        await CrashJourney.SetUpAsync(In("data"));
        await RunAsync("backup", In("backup"), "--data", In("data"));
        await File.WriteAllTextAsync(In("letter"), "Dear Ada", TestContext.Current.CancellationToken);

        foreach (var (arguments, reason) in ((string[], string)[])[
            (["backup", In("backup"), "--data", In("data")], "is there already"),
            (["restore", In("backup"), "--data", In("data")], "holds a database already"),
            (["restore", In("letter"), "--data", In("new")], "is no backup"),
            (["restore", In("nothing"), "--data", In("new")], "is no backup"),
            (["migrate", "--to", "postgres", "--data", In("data")], "--database")])
        {
            var ran = await ParcoursProgram.RunAsync(arguments);
            Assert.NotEqual(0, ran.ExitCode);
            Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
            Assert.Single(ran.Error.TrimEnd().Split('\n'));
        }
    }
}
