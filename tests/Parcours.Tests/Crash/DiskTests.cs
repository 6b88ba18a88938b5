using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Sqlite;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>Disks that are full or may not be written.</summary>
public sealed class DiskTests
{
    public static TheoryData<int> Times => [.. Faults.Times];

    /// Promise 1; Semantics 16.3
    [Theory]
    [MemberData(nameof(Times))]
    public async Task A_full_disk_is_told_loses_nothing_that_was_acknowledged_and_is_over_when_there_is_room(int time)
    {
        Assert.True(time > 0);
        using var disk = SmallDisk.Make(mebibytes: 24);
        var (data, filler) = (Path.Combine(disk.Path, "data"), Path.Combine(disk.Path, "filler"));
        var key = (await ParcoursProgram.RunAsync(["key", "add", "--data", data, "--name", "load", "--scope", "intake"])).Output.Trim();
        await using (var server = await ServingProgram.StartAsync(data))
        {
            server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
            await File.WriteAllBytesAsync(filler, new byte[12 * 1024 * 1024], TestContext.Current.CancellationToken);

            var (taken, refusal) = await FillAsync(server, first: 0);
            Assert.InRange(taken, 1, 200);
            Assert.Contains("full", refusal);
            Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);

            File.Delete(filler);
            await UntilTakenAsync(server, taken);
            Assert.Equal(0, await server.StopAsync());
            await HoldsAsync(data, taken + 1);
        }
    }

    [Fact]
    public async Task A_read_only_folder_is_told_in_one_line()
    {
        using var disk = SmallDisk.Make(mebibytes: 8);
        var data = Path.Combine(disk.Path, "data");
        Directory.CreateDirectory(data);
        disk.MakeReadOnly();

        var ran = await ParcoursProgram.RunAsync(["serve", "--data", data]);

        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.Matches("^parcours: .*read-only.*--data.*\n$", ran.Error);
    }

    [Fact]
    public async Task A_disk_that_is_full_from_the_start_is_told_in_one_line()
    {
        using var disk = SmallDisk.Make(mebibytes: 1);
        await File.WriteAllBytesAsync(Path.Combine(disk.Path, "filler"), new byte[1000 * 1024], TestContext.Current.CancellationToken);

        var ran = await ParcoursProgram.RunAsync(["serve", "--data", Path.Combine(disk.Path, "data"), "--urls", $"http://127.0.0.1:{ServingProgram.FreePort()}"]);

        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.Matches("^parcours: .*full.*\n$", ran.Error);
    }

    static async Task<(int Taken, string Refusal)> FillAsync(ServingProgram server, int first)
    {
        for (var number = first; number < first + 1_000; number++)
            if (await SendAsync(server, number) is { } refusal)
                return (number, refusal);
        throw new InvalidOperationException("The disk never got full.");
    }

    static async Task UntilTakenAsync(ServingProgram server, int number)
    {
        for (var tries = 0; await SendAsync(server, number) is { } refusal; tries++)
        {
            Assert.True(tries < 100, refusal);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <returns>Null when it was taken; else the problem that the intake told.</returns>
    static async Task<string?> SendAsync(ServingProgram server, int number)
    {
        using var content = new StringContent(
            $$$"""{"userId":"c{{{number}}}","messageId":"m{{{number}}}","event":"filled","properties":{"much":"{{{new string('x', 30_000)}}}"}}""", Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync("/v1/track", content, TestContext.Current.CancellationToken);
        if (answer.IsSuccessStatusCode)
            return null;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    static async Task HoldsAsync(string data, int events)
    {
        await using var store = SqliteStore.Open(data);
        var stored = await store.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 1_000, TestContext.Current.CancellationToken);

        Assert.Equal(events, stored.Count);
        Assert.Equal(events, stored.Select(item => item.Contact).Distinct().Count());
    }
}
