using System.Net;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>Two versions of the program beside each other, as in an upgrade node by node: one of them does not know the newest form of contacts.</summary>
public sealed class UpgradeTests(ITestOutputHelper output) : PostgresFaults(output)
{
    static readonly Dictionary<string, string> Before = new() { ["PARCOURS_FORMS_AS_BEFORE"] = "1" };

    /// <summary>It works beside the newer one; what it cannot read when that one dies it leaves alone, and keeps nobody from it.</summary>
    /// Promises 1 and 2; Semantics 13.3, 13.4
    [Theory, MemberData(nameof(Times))]
    public async Task A_node_of_the_version_before_gives_up_what_it_cannot_read_and_the_newer_one_goes_on(int time)
    {
        var random = new Random(Seed + time);
        using var load = await SetUpLoadAsync(capped: true);
        var older = await StartAsync(Urls[0], environment: Before);
        var newer = await StartAsync(Urls[1]);
        try
        {
            load.Begin();
            await SharedAsync();
            await UntilItAnswersAsync(load);
            await WithinAsync(random, 1_000);
            await UntilItAnswersAsync(load);
            Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(older)).Status);

            await newer.KillAsync();
            await Server.UntilAsync($"SELECT count(*) {Locks}", "the older version still holds partitions", Patience);
            var (status, why) = await ReadyAsync(older);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("newer version of Parcours", why, StringComparison.Ordinal);

            await newer.DisposeAsync();
            newer = await StartAsync(Urls[1]);
            await TakenOverAsync(load, "the newer version was there again");
            Assert.Equal(0, await older.StopAsync());
            await older.DisposeAsync();
            older = await StartAsync(Urls[0]);
            await SharedAsync();

            await EndsWellAsync(load, older, newer);
        }
        finally
        {
            await older.DisposeAsync();
            await newer.DisposeAsync();
        }
    }

    static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(ServingProgram program)
    {
        using var answer = await program.Client.GetAsync("/readyz", Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
