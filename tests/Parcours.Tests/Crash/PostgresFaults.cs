using System.Diagnostics;
using Parcours.Storage.Postgres;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>Real nodes on a real PostgreSQL of their own, under load: what goes wrong on machines really does, and an independent tally holds at the end.</summary>
/// <remarks>Each fault is had once; <c>PARCOURS_FAULTS=n</c> has each of them n times. One after the other: what is measured is measured alone.</remarks>
[Collection("faults")]
public abstract class PostgresFaults(ITestOutputHelper output) : IAsyncLifetime
{
    // Generous: the machine may be doing other things. What it took is written down.
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    const string UnderWay = "SELECT (SELECT count(*) FROM owner JOIN tail USING (partition) WHERE cursor < tail.sequence) + (SELECT count(*) FROM enrolment WHERE outcome IS NULL) + (SELECT count(*) FROM message WHERE status = 0)";

    private protected const string Locks = "FROM pg_locks WHERE locktype = 'advisory' AND classid = 1346458179 AND granted";

    /// <summary>Partitions, and the lead, that no living session has; a session that is frozen or cut off has its own.</summary>
    const string NotOwned = $"SELECT 65 - count(DISTINCT objid) {Locks} AND (SELECT count(DISTINCT pid) {Locks}) = 1";

    const string NotShared = $"SELECT 2 - count(*) FROM (SELECT {Locks} AND objid < 64 GROUP BY pid HAVING count(*) = 32) AS node";

    readonly List<string> _folders = [];

    private protected int Seed { get; } = Environment.TickCount;
    private protected string[] Urls { get; } = [$"http://127.0.0.1:{ServingProgram.FreePort()}", $"http://127.0.0.1:{ServingProgram.FreePort()}"];

    /// <summary>The one that takes writes at present.</summary>
    private protected OwnPostgres Server { get; set; } = null!; // InitializeAsync makes it.

    /// <summary>Where nodes find the database.</summary>
    private protected virtual string Database => Server.ConnectionString;

    public static TheoryData<int> Times => [.. Faults.Times];

    /// <summary>Promised by docs/operations.md: after a kill, and after silence.</summary>
    private protected static readonly TimeSpan AfterAKill = TimeSpan.FromSeconds(2), AfterSilence = TimeSpan.FromSeconds(10);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected virtual Task<OwnPostgres> StartServerAsync() => OwnPostgres.StartAsync();

    public async ValueTask InitializeAsync()
    {
        Server = await StartServerAsync();
        output.WriteLine($"Seed {Seed}");
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Server is not null)
            await Server.DisposeAsync();
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }

    private protected async Task<ShopLoad> SetUpLoadAsync(bool capped = false) => new(Urls, await CrashJourney.SetUpAsync(NewFolder(), Server.ConnectionString, capped), Seed);

    private protected Task<ServingProgram> StartAsync(string url, string? database = null, IReadOnlyDictionary<string, string>? environment = null, string? network = null) =>
        ServingProgram.StartAsync(NewFolder(), ["--database", database ?? Database], url: url, environment: environment, network: network);

    private protected async Task TakenOverAsync(ShopLoad load, string after, TimeSpan bound)
    {
        var since = Stopwatch.GetTimestamp();
        await Server.UntilAsync(NotOwned, "some partitions have no owner, or nobody leads", Patience);
        var took = Stopwatch.GetElapsedTime(since);
        await UntilItAnswersAsync(load);
        Say(Faults.Count($"All partitions had an owner again after {after}", took, bound));
    }

    private protected void Say(string what)
    {
        output.WriteLine(what);
        TestContext.Current.SendDiagnosticMessage(what);
    }

    /// <summary>Until both nodes have their part: whichever dies then, something is to be taken over.</summary>
    private protected Task SharedAsync() => Server.UntilAsync(NotShared, "the partitions are not shared", Patience, Standing);

    /// <summary>Who has how many partitions by their locks, what each node says of itself, and what its session does.</summary>
    const string Standing = $"""
        SELECT string_agg(line, E'\n') FROM (
            SELECT 'session ' || pid || ' has ' || count(*) AS line {Locks} GROUP BY pid
            UNION ALL SELECT 'node ' || name || ' was heard ' || round(extract(epoch FROM clock_timestamp() - seen)::numeric, 1) || ' s ago, session ' || backend || ', owns ' || bit_count(owned::bit(64)) FROM node
            UNION ALL SELECT 'session ' || pid || ' ' || coalesce(state, '') || ' for ' || round(extract(epoch FROM clock_timestamp() - state_change)::numeric, 1) || ' s, waits for ' || coalesce(wait_event, '-') || ': ' || left(query, 80) FROM pg_stat_activity WHERE datname = 'parcours') AS lines
        """;

    private protected static async Task UntilItAnswersAsync(ShopLoad load)
    {
        var (before, since) = (load.Answered, Stopwatch.GetTimestamp());
        while (load.Answered == before)
        {
            Assert.True(load.GaveUp is null, load.GaveUp?.Message);
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"For {Patience.TotalSeconds:0} s no request was answered.");
            await Task.Delay(5, Cancellation);
        }
    }

    private protected static Task WithinAsync(Random random, int milliseconds) => Task.Delay(random.Next(milliseconds), Cancellation);

    /// <summary>All is answered, worked on, and at its end: what is checked then can no longer change.</summary>
    private protected async Task EndsWellAsync(ShopLoad load, params ServingProgram[] nodes)
    {
        await UntilItAnswersAsync(load);
        await load.EndAsync();
        await Server.UntilAsync(UnderWay, "some contacts are still under way", TimeSpan.FromSeconds(120));
        foreach (var node in nodes)
            Assert.True(await node.StopAsync() == 0, node.Said);
        Say($"{load.Tally.Count} customers, {load.Tally.Values.Sum()} purchases; {load.SentAgain} requests sent again unanswered, {load.SentTwice} although answered.");
        Assert.True(load.SentAgain > 0, "The faults fell at harmless moments only.");
        await using var store = await PostgresStore.OpenAsync(Database, new() { Time = TimeProvider.System }, Cancellation);
        await CrashTally.HoldsAsync(store.Queries, load.Tally);
    }

    private protected string NewFolder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("parcours-postgres-crash-").FullName);
        return _folders[^1];
    }
}
