using System.Diagnostics;
using NodaTime;
using NodaTime.Extensions;
using Parcours.Storage.Sqlite;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>The real program, told to end while it works.</summary>
public sealed class ShutdownTests : IDisposable
{
    const int Stops = 4, StopWithinMilliseconds = 500;
    // What the unit of systemd allows; on a machine at rest it is about one second.
    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(60);

    readonly string _data = Directory.CreateTempSubdirectory("parcours-shutdown-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// Promises 1 and 2; Semantics 10.8
    [Fact]
    public async Task Whoever_ends_it_under_load_leaves_nothing_in_doubt()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var key = await CrashJourney.SetUpAsync(_data);
        var url = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        using var load = new ShopLoad([url], key, seed);
        var underLoad = 0;

        load.Begin();
        for (var stop = 0; stop < Stops; stop++)
        {
            await using var program = await ServingProgram.StartAsync(_data, url: url);
            var before = load.Answered;
            for (var tries = 0; load.Answered == before && tries < 1_000; tries++)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(StopWithinMilliseconds), TestContext.Current.CancellationToken);
            underLoad += load.Unanswered > 0 ? 1 : 0;
            var watch = Stopwatch.StartNew();

            Assert.Equal(0, await program.StopAsync());

            Assert.True(watch.Elapsed < EndsWithin, $"It took {watch.Elapsed} to end (seed {seed}).");
            var left = await Wreck.LookAtAsync(_data, TimeProvider.System.GetUtcNow().ToInstant());
            Assert.Equal(0, left.MailsClaimed);
            Assert.False(File.Exists(Path.Combine(_data, "parcours.serving")), "It left its address.");
        }

        await using (var last = await ServingProgram.StartAsync(_data, url: url))
        {
            await load.EndAsync();
            await CrashTests.UntilAllHaveLeftAsync(last);
            Assert.Equal(0, await last.StopAsync());
        }

        Assert.True(underLoad > 0, "It was never ended at work.");
        await using var store = SqliteStore.Open(_data);
        await CrashTally.HoldsAsync(store.Queries, load.Tally);
    }
}
