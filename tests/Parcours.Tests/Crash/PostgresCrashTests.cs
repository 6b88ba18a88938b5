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
    public async Task A_node_that_stands_by_takes_over_from_one_that_is_killed_or_frozen_and_nothing_is_lost_or_happens_twice()
    {
        var random = new Random(_seed);
        using var load = new ShopLoad(_urls, await CrashJourney.SetUpAsync(NewFolder(), _database), _seed);
        var (works, standsBy) = (await StartAsync(_urls[0]), await StartAsync(_urls[1]));
        try
        {
            load.Begin();
            for (var kill = 0; kill < Kills; kill++)
            {
                await UntilItAnswersAsync(load);
                await Task.Delay(random.Next(400), TestContext.Current.CancellationToken);
                await works.KillAsync();
                await TakenOverAsync(load, "the kill");
                (works, standsBy) = (standsBy, await StartAsync(works.Url));
            }

            // It believes that it owns its partitions when it wakes up; by then its session is ended.
            Signal("STOP", works);
            await TakenOverAsync(load, "the freeze");
            Signal("CONT", works);
            await UntilItAnswersAsync(load);
            await load.EndAsync();
            await UntilAllHaveLeftAsync();
            Assert.Equal((0, 0), (await works.StopAsync(), await standsBy.StopAsync()));
        }
        finally
        {
            await works.DisposeAsync();
            await standsBy.DisposeAsync();
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
        Assert.Equal((0, 0), (await one.StopAsync(), await other.StopAsync()));

        await HoldsAsync(load);
    }

    async Task TakenOverAsync(ShopLoad load, string after)
    {
        var since = Stopwatch.GetTimestamp();
        // What was answered before still comes in.
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await UntilItAnswersAsync(load);
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"Answered again {took.TotalSeconds:0.0} s after {after}.");
        TestContext.Current.SendDiagnosticMessage($"Answered again {took.TotalSeconds:0.0} s after {after}.");
    }

    static async Task UntilItAnswersAsync(ShopLoad load)
    {
        var (before, since) = (load.Answered, Stopwatch.GetTimestamp());
        while (load.Answered == before)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TakenOverWithin, $"For {TakenOverWithin.TotalSeconds:0} s no request was answered.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Until every journey and every mail has come to its end: what is checked then can no longer change.</summary>
    async Task UntilAllHaveLeftAsync()
    {
        for (var since = Stopwatch.GetTimestamp(); await _server.CountAsync("SELECT (SELECT count(*) FROM enrolment WHERE outcome IS NULL) + (SELECT count(*) FROM message WHERE status = 0)") > 0;)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60), "After a minute some contacts are still under way.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    async Task HoldsAsync(ShopLoad load)
    {
        output.WriteLine($"{load.Tally.Count} customers, {load.Tally.Values.Sum()} purchases; {load.SentAgain} requests sent again unanswered, {load.SentTwice} although answered.");
        Assert.True(load.SentAgain > 0, "The faults fell at harmless moments only.");
        await using var store = await PostgresStore.OpenAsync(_database, new() { Time = TimeProvider.System }, TestContext.Current.CancellationToken);
        await CrashTally.HoldsAsync(store.Queries, load.Tally);
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
