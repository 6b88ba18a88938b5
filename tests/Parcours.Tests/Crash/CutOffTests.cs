using System.Diagnostics;
using System.Globalization;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>A node that the database hears no more, and that hears nothing, while it believes that it owns its partitions.</summary>
public sealed class CutOffTests(ITestOutputHelper output) : PostgresFaults(output)
{
    /// <summary>On the way everything is swallowed, and each end's machine still says that the other is there: only the node's silence tells.</summary>
    /// Promises 1 and 2; Semantics 15.2, 15.4
    [Theory, MemberData(nameof(Times))]
    public async Task A_node_whose_way_to_the_database_swallows_everything_loses_its_partitions_and_comes_back(int time)
    {
        var random = new Random(Seed + time);
        await using var way = new BlackHole(Server.Port);
        using var load = await SetUpLoadAsync();
        await using var cut = await StartAsync(Urls[0], Server.ConnectionString.Replace($"Port={Server.Port.ToString(CultureInfo.InvariantCulture)}", $"Port={way.Port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        await using var other = await StartAsync(Urls[1]);
        load.Begin();
        await SharedAsync();
        await UntilItAnswersAsync(load);
        await WithinAsync(random, 400);

        way.Cut();
        await TakenOverAsync(load, "the way began to swallow everything", AfterSilence);
        way.Mend();

        await BackAsync();
        await EndsWellAsync(load, cut, other);
    }

    /// <summary>It is unplugged: no end answers for the other, so the server's own probes find it out.</summary>
    /// Promises 1 and 2; Semantics 15.2, 15.4
    [Fact]
    public async Task A_node_that_is_unplugged_loses_its_partitions_and_comes_back()
    {
        using var network = FarNetwork.Make();
        await Server.DisposeAsync();
        Server = await OwnPostgres.StartAsync(alsoAt: network.Here);
        Urls[0] = $"http://{network.There}:{ServingProgram.FreePort()}";
        using var load = await SetUpLoadAsync();
        await using var cut = await StartAsync(Urls[0], Server.ConnectionString.Replace("127.0.0.1", network.Here, StringComparison.Ordinal), network: network.Name);
        await using var other = await StartAsync(Urls[1]);
        load.Begin();
        foreach (var time in Times)
        {
            await SharedAsync();
            await UntilItAnswersAsync(load);
            await WithinAsync(new Random(Seed + time.Data), 400);

            network.Unplug();
            await TakenOverAsync(load, "the node was unplugged", AfterSilence);
            network.Plug();

            await BackAsync();
        }

        await EndsWellAsync(load, cut, other);
    }

    async Task BackAsync()
    {
        var since = Stopwatch.GetTimestamp();
        await SharedAsync();
        Say($"It had its share again after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s.");
    }
}
