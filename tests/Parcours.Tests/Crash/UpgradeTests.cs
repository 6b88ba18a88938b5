using System.Net;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>Two versions of the program beside each other, as in an upgrade node by node: one of them does not know the newest form of contacts.</summary>
public sealed class UpgradeTests(ITestOutputHelper output) : PostgresFaults(output)
{
    static readonly Dictionary<string, string> Before = new() { ["PARCOURS_FORMS_AS_BEFORE"] = "1" };

    /// <summary>It works beside the newer one; what it cannot read when that one dies it leaves alone, and keeps nobody from it. As long as there are both nothing new is defined.</summary>
    /// Promises 1 and 2; Semantics 13.3, 13.4
    [Theory, MemberData(nameof(Times))]
    public async Task A_node_of_the_version_before_gives_up_what_it_cannot_read_and_the_newer_one_goes_on(int time)
    {
        var random = new Random(Seed + time);
        using var load = await SetUpLoadAsync(capped: true);
        var key = await CrashJourney.AdminKeyAsync(NewFolder(), Server.ConnectionString);
        var older = await StartAsync(Urls[0], environment: Before);
        ServingProgram? newer = null;
        try
        {
            newer = await StartAsync(Urls[1]);
            load.Begin();
            await SharedAsync();
            await UntilItAnswersAsync(load);
            await WithinAsync(random, 1_000);
            await UntilItAnswersAsync(load);
            await Server.UntilAsync("SELECT 20 - count(*) FROM contact WHERE get_byte(body, 0) = 3", "the newer version has written nothing in its own form", Patience);
            Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(older)).Status);
            foreach (var node in (ServingProgram[])[older, newer])
                Assert.Contains("catalogue.upgrading", await SaveCapAsync(node, key), StringComparison.Ordinal);

            await newer.KillAsync();
            // It takes over what it can get, and meets a contact that the newer one wrote.
            var (status, why) = await ReadyAsync(older);
            for (var looks = 0; !why.Contains("newer version of Parcours", StringComparison.Ordinal); looks++)
            {
                Assert.True(looks < 600, $"It goes on: {why} {older.Said}");
                await Task.Delay(100, Cancellation);
                (status, why) = await ReadyAsync(older);
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            await Server.UntilAsync($"SELECT count(*) {Locks}", "the older version still holds partitions", Patience);

            await newer.DisposeAsync();
            newer = await StartAsync(Urls[1]);
            await TakenOverAsync(load, "the newer version was there again", AfterSilence);
            Assert.Equal(0, await older.StopAsync());
            await older.DisposeAsync();
            older = await StartAsync(Urls[0]);
            await SharedAsync();
            // All are new: what is new may be used.
            Assert.Contains("\"most\"", await SaveCapAsync(older, key), StringComparison.Ordinal);

            await EndsWellAsync(load, older, newer);
        }
        finally
        {
            await older.DisposeAsync();
            if (newer is not null)
                await newer.DisposeAsync();
        }
    }

    static async Task<string> SaveCapAsync(ServingProgram program, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/caps/another") { Content = new StringContent("""{"most":90,"within":"P7D"}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", key);
        using var answer = await program.Client.SendAsync(request, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(ServingProgram program)
    {
        using var answer = await program.Client.GetAsync("/readyz", Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
