using System.Diagnostics;
using Parcours.Storage.Postgres;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>Two real nodes on a real PostgreSQL under load: what goes wrong on machines really does, and an independent tally holds at the end.</summary>
public sealed class PostgresCrashTests(ITestOutputHelper output) : IAsyncLifetime
{
    const int Kills = 4, Cuts = 4, Restarts = 2;
    // Generous: the machine may be doing other things. What it took is written down.
    static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(60);

    const string UnderWay = "SELECT (SELECT count(*) FROM owner JOIN tail USING (partition) WHERE cursor < tail.sequence) + (SELECT count(*) FROM enrolment WHERE outcome IS NULL) + (SELECT count(*) FROM message WHERE status = 0)";

    /// <summary>Partitions, and the lead, that no living session has; a session that is frozen has its own.</summary>
    const string NotOwned = "SELECT 65 - count(DISTINCT objid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1346458179 AND granted AND (SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1346458179) = 1";

    const string NotShared = "SELECT 2 - count(*) FROM (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 1346458179 AND objid < 64 GROUP BY pid HAVING count(*) = 32) AS node";

    readonly int _seed = Environment.TickCount;
    readonly List<string> _folders = [];
    readonly string[] _urls = [$"http://127.0.0.1:{ServingProgram.FreePort()}", $"http://127.0.0.1:{ServingProgram.FreePort()}"];
    OwnPostgres _server = null!; // InitializeAsync makes it.
    string _database = "";

    public async ValueTask InitializeAsync()
    {
        _server = await OwnPostgres.StartAsync();
        _database = _server.ConnectionString;
        output.WriteLine($"Seed {_seed}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }

    /// Promises 1 and 2; Semantics 5.1, 10.8, 11.1, 15.2, 15.4
    [Fact]
    public async Task What_a_killed_or_frozen_node_had_is_taken_over_and_nothing_is_lost_or_happens_twice()
    {
        var random = new Random(_seed);
        using var load = new ShopLoad(_urls, await CrashJourney.SetUpAsync(NewFolder(), _database), _seed);
        var (one, other) = (await StartAsync(_urls[0]), await StartAsync(_urls[1]));
        try
        {
            load.Begin();
            for (var kill = 0; kill < Kills; kill++)
            {
                await UntilItAnswersAsync(load);
                await Task.Delay(random.Next(400), TestContext.Current.CancellationToken);
                await SharedAsync();
                await one.KillAsync();
                await TakenOverAsync(load, "the kill");
                (one, other) = (other, await StartAsync(one.Url));
            }

            // It believes that it owns its partitions when it wakes up; by then its session is ended.
            await SharedAsync();
            Signal("STOP", one);
            await TakenOverAsync(load, "the freeze");
            Signal("CONT", one);
            await UntilItAnswersAsync(load);
            await load.EndAsync();
            await UntilAllHaveLeftAsync();
            await StopAsync(one, other);
        }
        finally
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }

        await HoldsAsync(load);
    }

    /// Promises 1 and 2; Semantics 15.3
    [Fact]
    public async Task Connections_that_are_cut_and_a_database_that_is_restarted_lose_nothing_and_repeat_nothing()
    {
        var random = new Random(_seed);
        using var load = new ShopLoad(_urls, await CrashJourney.SetUpAsync(NewFolder(), _database), _seed);
        await using var one = await StartAsync(_urls[0]);
        await using var other = await StartAsync(_urls[1]);
        load.Begin();
        for (var fault = 0; fault < Cuts + Restarts; fault++)
        {
            await UntilItAnswersAsync(load);
            await Task.Delay(random.Next(300), TestContext.Current.CancellationToken);
            if (fault < Cuts)
                await _server.CutAsync();
            else
                await _server.RestartAsync(crash: fault % 2 == 0);
        }

        await UntilItAnswersAsync(load);
        await load.EndAsync();
        await UntilAllHaveLeftAsync();
        await StopAsync(one, other);

        await HoldsAsync(load);
    }

    async Task TakenOverAsync(ShopLoad load, string after)
    {
        var since = Stopwatch.GetTimestamp();
        await _server.UntilAsync(NotOwned, "some partitions have no owner, or nobody leads", TakenOverWithin);
        var took = Stopwatch.GetElapsedTime(since);
        await UntilItAnswersAsync(load);
        output.WriteLine($"All partitions had an owner again {took.TotalSeconds:0.0} s after {after}.");
        TestContext.Current.SendDiagnosticMessage($"All partitions had an owner again {took.TotalSeconds:0.0} s after {after}.");
    }

    /// <summary>Until both nodes have their part: whichever dies then, something is to be taken over.</summary>
    Task SharedAsync() => _server.UntilAsync(NotShared, "the partitions are not shared", TakenOverWithin);

    static async Task UntilItAnswersAsync(ShopLoad load)
    {
        var (before, since) = (load.Answered, Stopwatch.GetTimestamp());
        while (load.Answered == before)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TakenOverWithin, $"For {TakenOverWithin.TotalSeconds:0} s no request was answered.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Until all that was taken in is worked on, and every journey and every mail has come to its end: what is checked then can no longer change.</summary>
    Task UntilAllHaveLeftAsync() => _server.UntilAsync(UnderWay, "some contacts are still under way", TimeSpan.FromSeconds(120));

    async Task HoldsAsync(ShopLoad load)
    {
        output.WriteLine($"{load.Tally.Count} customers, {load.Tally.Values.Sum()} purchases; {load.SentAgain} requests sent again unanswered, {load.SentTwice} although answered.");
        Assert.True(load.SentAgain > 0, "The faults fell at harmless moments only.");
        await using var store = await PostgresStore.OpenAsync(_database, new() { Time = TimeProvider.System }, TestContext.Current.CancellationToken);
        await CrashTally.HoldsAsync(store.Queries, load.Tally);
    }

    static async Task StopAsync(params ServingProgram[] nodes)
    {
        foreach (var node in nodes)
            Assert.True(await node.StopAsync() == 0, node.Said);
    }

    Task<ServingProgram> StartAsync(string url) => ServingProgram.StartAsync(NewFolder(), ["--database", _database], url: url);

    static void Signal(string name, ServingProgram program)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{program.Process.Id}"]);
        kill.WaitForExit();
    }

    string NewFolder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("parcours-postgres-crash-").FullName);
        return _folders[^1];
    }
}
