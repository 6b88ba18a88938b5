using System.Diagnostics;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>Nodes that are killed or freeze, connections that are cut, a database that is restarted.</summary>
public sealed class PostgresCrashTests(ITestOutputHelper output) : PostgresFaults(output)
{
    const int Kills = 4, Cuts = 4, Restarts = 2;

    /// Promises 1 and 2; Semantics 5.1, 10.8, 11.1, 15.2, 15.4
    [Theory, MemberData(nameof(Times))]
    public async Task What_a_killed_or_frozen_node_had_is_taken_over_and_nothing_is_lost_or_happens_twice(int time)
    {
        var random = new Random(Seed + time);
        using var load = await SetUpLoadAsync();
        var (one, other) = (await StartAsync(Urls[0]), (ServingProgram?)null);
        try
        {
            other = await StartAsync(Urls[1]);
            load.Begin();
            for (var kill = 0; kill < Kills; kill++)
            {
                await UntilItAnswersAsync(load);
                await WithinAsync(random, 400);
                await SharedAsync();
                await one.KillAsync();
                await TakenOverAsync(load, "the kill", AfterAKill);
                (one, other) = (other, await StartAsync(one.Url));
            }

            // It believes that it owns its partitions when it wakes up; by then its session is ended.
            await SharedAsync();
            Signal("STOP", one);
            await TakenOverAsync(load, "the freeze", AfterSilence);
            Signal("CONT", one);
            await EndsWellAsync(load, one, other);
        }
        finally
        {
            await one.DisposeAsync();
            if (other is not null)
                await other.DisposeAsync();
        }
    }

    /// Promises 1 and 2; Semantics 15.3
    [Theory, MemberData(nameof(Times))]
    public async Task Connections_that_are_cut_and_a_database_that_is_restarted_lose_nothing_and_repeat_nothing(int time)
    {
        var random = new Random(Seed + time);
        using var load = await SetUpLoadAsync();
        await using var one = await StartAsync(Urls[0]);
        await using var other = await StartAsync(Urls[1]);
        load.Begin();
        for (var fault = 0; fault < Cuts + Restarts; fault++)
        {
            await UntilItAnswersAsync(load);
            await WithinAsync(random, 300);
            if (fault < Cuts)
                await Server.CutAsync();
            else
                await Server.RestartAsync(crash: fault % 2 == 0);
        }

        await EndsWellAsync(load, one, other);
    }

    static void Signal(string name, ServingProgram program)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{program.Process.Id}"]);
        kill.WaitForExit();
    }
}
