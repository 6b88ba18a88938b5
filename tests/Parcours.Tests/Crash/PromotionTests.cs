namespace Parcours.Tests.Crash;

/// <summary>The machine of the database is lost, and the one that followed it takes its place: nodes know the addresses of both.</summary>
public sealed class PromotionTests(ITestOutputHelper output) : PostgresFaults(output)
{
    OwnPostgres? _standby, _lost;

    private protected override string Database => $"postgres://postgres@{_lost?.Address ?? Server.Address},{(_lost is null ? _standby : Server)!.Address}/parcours"; // Both are there when nodes start.

    public override async ValueTask DisposeAsync()
    {
        foreach (var server in (OwnPostgres?[])[_standby, _lost])
            if (server is not null && server != Server)
                await server.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>What was acknowledged had reached the standby; what was not is sent again, whether or not it had.</summary>
    /// Promises 1 and 2; Semantics 15.2, 15.3
    [Theory, MemberData(nameof(Times))]
    public async Task When_a_synchronous_standby_is_promoted_the_nodes_go_on_there_and_nothing_is_lost_or_happens_twice(int time)
    {
        using var load = await SetUpLoadAsync();
        _standby = await Server.FollowedAsync();
        await using var one = await StartAsync(Urls[0]);
        await using var other = await StartAsync(Urls[1]);
        load.Begin();
        await SharedAsync();
        await UntilItAnswersAsync(load);
        await WithinAsync(new Random(Seed + time), 600);

        await Server.KillAsync();
        (_lost, Server) = (Server, _standby);
        await Server.PromoteAsync();
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        await UntilItAnswersAsync(load);
        await SharedAsync();
        Say($"Both nodes worked on the promoted one {System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after it was promoted.");
        await UntilItAnswersAsync(load);

        await EndsWellAsync(load, one, other);
    }
}
