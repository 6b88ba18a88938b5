using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Retention;
using Parcours.Tests.Api;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Retention;

/// <summary>Semantics 5.2: events stay until retention takes them.</summary>
public sealed class RetentionTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_older_than_it_is_kept_is_archived_by_months_and_dropped()
    {
        using var folder = new Folder();
        await using var installation = await RealEngine.InstallAsync(Path.Combine(folder.Path, "data"));
        var engine = installation.Engine;
        // More than a page of them, over a change of month.
        await SubmitAsync(300, "old", "{\"note\":\"\\\"1\\\", 2\"}");
        await engine.AdvanceToAsync(RealEngine.Start + Duration.FromDays(40), Token);
        await SubmitAsync(10, "newer", "{}");
        await engine.AdvanceToAsync(RealEngine.Start + Duration.FromDays(60), Token);
        var archive = Path.Combine(folder.Path, "archive");
        var service = new RetentionService(engine, new RetentionRules(Duration.FromDays(30), Duration.FromDays(30), archive), TimeProvider.System, NullLogger<RetentionService>.Instance);

        var (events, _) = await service.RunAsync(engine.Now, Token);

        Assert.Equal(300, events);
        Assert.Equal(10, (await engine.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 1_000, Token)).Count);
        var lines = Read(Path.Combine(archive, "events-2026-03.csv.gz")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(301, lines.Length);
        Assert.StartsWith("received,occurred,contact,event,properties,", lines[0], StringComparison.Ordinal);
        Assert.Equal(300, lines.Skip(1).Select(line => line.Split(',')[^1]).Distinct().Count());
        Assert.Contains("""
            ,old,"{""note"":""\""1\"", 2""}",live,
            """, lines[1], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(archive, "events-2026-03.csv.gz")));
        Assert.Equal((0, 0), await service.RunAsync(engine.Now, Token));

        async Task SubmitAsync(int count, string name, string properties) => await engine.SubmitAsync([.. Enumerable.Range(0, count).Select(number => new Submission
        {
            Identities = [new(IdentityKind.UserId, $"u{number % 7}")],
            Body = new SubmissionBody.Received([], default, name, Encoding.UTF8.GetBytes(properties)),
        })], Token);
    }

    [Fact]
    public async Task An_archive_that_cannot_be_written_keeps_everything()
    {
        using var folder = new Folder();
        await using var installation = await RealEngine.InstallAsync(Path.Combine(folder.Path, "data"));
        await installation.Engine.SubmitAsync([new Submission { Identities = [new(IdentityKind.UserId, "ada")], Body = new SubmissionBody.Received([], default, "visit", "{}"u8.ToArray()) }], Token);
        await installation.Engine.AdvanceToAsync(RealEngine.Start + Duration.FromDays(60), Token);
        var inTheWay = Path.Combine(folder.Path, "archive");
        await File.WriteAllTextAsync(inTheWay, "no folder", Token);
        var service = new RetentionService(installation.Engine, new RetentionRules(Duration.FromDays(30), null, inTheWay), TimeProvider.System, NullLogger<RetentionService>.Instance);

        await Assert.ThrowsAnyAsync<IOException>(() => service.RunAsync(installation.Engine.Now, Token));

        Assert.Single(await installation.Engine.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, Token));
    }

    [Fact]
    public async Task The_command_copies_and_drops_nothing_unless_asked()
    {
        using var folder = new Folder();
        var (data, archive) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "archive"));
        await using (var program = await ServingProgram.StartAsync(data))
        {
            var key = (await ParcoursProgram.RunAsync(["key", "add", "--data", data, "--name", "a", "--scope", "intake"])).Output.Trim();
            using var sent = new HttpRequestMessage(HttpMethod.Post, "/v1/track") { Content = new StringContent("""{"userId":"7","event":"Order Completed"}"""), Headers = { Authorization = new("Bearer", key) } };
            (await program.Client.SendAsync(sent, Token)).EnsureSuccessStatusCode();
            Assert.Equal(0, await program.StopAsync());
        }

        var copied = await ParcoursProgram.RunAsync(["archive", archive, "--data", data, "--before", "2199-01-01"]);
        var tooYoung = await ParcoursProgram.RunAsync(["archive", archive, "--data", data, "--before", "2199-01-01", "--drop"]);

        Assert.Equal((0, $"1 events and 0 messages copied to {archive}"), (copied.ExitCode, copied.Output.Trim()));
        Assert.Contains(",Order Completed,{},", Read(Assert.Single(Directory.GetFiles(archive))), StringComparison.Ordinal);
        Assert.Equal(2, tooYoung.ExitCode);
        await using var store = Storage.Sqlite.SqliteStore.Open(data);
        Assert.Single(await store.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, Token));
    }

    static string Read(string file)
    {
        using var zip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var text = new StreamReader(zip);
        return text.ReadToEnd();
    }
}
