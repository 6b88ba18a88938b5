using NodaTime;
using NodaTime.Extensions;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>The real program, killed again and again while it works. It alone runs in real time: a process has no virtual death.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    const int KillWithinMilliseconds = 400, EarlyOneIn = 8;

    /// <summary>Each run draws other moments. <c>PARCOURS_KILLS=n</c> has n of them.</summary>
    static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("PARCOURS_KILLS") ?? "12", System.Globalization.CultureInfo.InvariantCulture);

    readonly string _data = Directory.CreateTempSubdirectory("parcours-crash-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// Promises 1 and 2; Semantics 5.1, 10.8, 11.1
    [Fact]
    public async Task Kill_upon_kill_loses_nothing_that_was_acknowledged_and_repeats_no_transition()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var key = await CrashJourney.SetUpAsync(_data);
        var url = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        using var load = new ShopLoad([url], key, seed);
        int unanswered = 0, timersDue = 0, mailsOnTheirWay = 0;

        load.Begin();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var program = await ServingProgram.StartAsync(_data, url: url);
            // Most kills fall in full swing, some while the program still reads itself in.
            if (random.Next(EarlyOneIn) > 0)
                await UntilItAnswersAsync(load);
            await Task.Delay(random.Next(KillWithinMilliseconds), TestContext.Current.CancellationToken);
            unanswered += load.Unanswered > 0 ? 1 : 0;
            await program.KillAsync();
            var wreck = await Wreck.LookAtAsync(_data, TimeProvider.System.GetUtcNow().ToInstant());
            timersDue += wreck.TimersDue > 0 ? 1 : 0;
            mailsOnTheirWay += wreck.MailsOnTheirWay > 0 ? 1 : 0;
        }

        await using (var last = await ServingProgram.StartAsync(_data, url: url))
        {
            await load.EndAsync();
            await UntilAllHaveLeftAsync(last);
            Assert.Equal(0, await last.StopAsync());
        }

        output.WriteLine($"{Kills} kills: {unanswered} with requests unanswered, {timersDue} with timers due, {mailsOnTheirWay} with mails on their way.");
        output.WriteLine($"{load.Tally.Count} customers, {load.Tally.Values.Sum()} purchases; {load.SentAgain} requests sent again unanswered, {load.SentTwice} although answered.");
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills: {unanswered} with requests unanswered, {timersDue} with timers due, {mailsOnTheirWay} with mails on their way.");
        Assert.All([unanswered, timersDue, mailsOnTheirWay], number => Assert.True(number > 0, "The kills fell at harmless moments only."));
        await using var store = SqliteStore.Open(_data);
        await CrashTally.HoldsAsync(store.Queries, load.Tally);
    }

    static async Task UntilItAnswersAsync(ShopLoad load)
    {
        var before = load.Answered;
        for (var tries = 0; load.Answered == before && tries < 1_000; tries++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    // Two waits of three seconds together; half a minute is for a machine that does other things too.
    internal static async Task UntilAllHaveLeftAsync(ServingProgram program)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            using var answer = await program.Client.GetAsync("/readyz", TestContext.Current.CancellationToken);
            if (tries >= 8 && answer.IsSuccessStatusCode)
                return;
        }
    }
}
