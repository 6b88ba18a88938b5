using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Imports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Postgres;
using Parcours.Storage.Sqlite;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>Imports killed in their midst by SIGKILL, alone and inside <c>serve</c>: every row goes in once.</summary>
public sealed class ImportCrashTests(ITestOutputHelper output) : IDisposable
{
    const int Rows = 40_000, Users = 997, KillsAlone = 6, KillsServing = 3, RunsMax = 60;

    readonly string _folder = Directory.CreateTempSubdirectory("parcours-import-crash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Data => Path.Combine(_folder, "data");
    string[] Command => ["import", "events", Path.Combine(_folder, "rows.csv"), "--data", Data];

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// Semantics 5.3
    [Fact]
    public async Task An_import_killed_again_and_again_puts_every_row_in_once()
    {
        var random = Seeded();
        WriteRows();
        var (kills, midst) = (0, 0);
        for (var run = 0; run < RunsMax; run++)
        {
            using var process = ParcoursProgram.Start(Command);
            process.StandardInput.Close();
            var (said, told) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
            if (kills < KillsAlone)
                await UntilWritesAsync(process, random.Next(70));
            else
                await process.WaitForExitAsync(Token);
            if (process.HasExited)
            {
                Assert.True(process.ExitCode == 0, await said + await told);
                break;
            }

            process.Kill();
            await process.WaitForExitAsync(Token);
            kills++;
            if (Directory.Exists(Data) && await ProcessedAsync() is > 0 and < Rows)
                midst++;
        }

        output.WriteLine($"{kills} kills, {midst} of them with some rows in and some not.");
        Assert.True(midst > 0, "The kills fell at harmless moments only.");
        await HoldsAsync();
    }

    /// Semantics 5.3, 15.8
    [Fact]
    public async Task A_server_killed_while_it_imports_goes_on_by_itself()
    {
        var random = Seeded();
        WriteRows();
        var url = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        var midst = 0;
        await using (var first = await ServingProgram.StartAsync(Data, url: url))
        {
            using var command = ParcoursProgram.Start(Command);
            command.StandardInput.Close();
            for (var looks = 0; looks < 10_000 && !Directory.Exists(Path.Combine(Data, "imports")); looks++)
                await Task.Delay(2, Token);
            await UntilWritesAsync(first.Process, random.Next(10, 40));
            await first.KillAsync();
            await command.WaitForExitAsync(Token);
        }

        for (var kill = 0; kill < KillsServing; kill++)
        {
            midst += await ProcessedAsync() is > 0 and < Rows ? 1 : 0;
            await using var again = await ServingProgram.StartAsync(Data, url: url);
            await UntilWritesAsync(again.Process, random.Next(20));
            await again.KillAsync();
        }

        await using (var last = await ServingProgram.StartAsync(Data, url: url))
        {
            // Waits its turn behind what goes on by itself, and then finds it done; or does it, if the file had not arrived whole.
            var ran = await ParcoursProgram.RunAsync(Command);
            Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
            Assert.Equal(0, await last.StopAsync());
        }

        output.WriteLine($"{KillsServing + 1} kills, {midst} of them with some rows in and some not.");
        Assert.True(midst > 0, "The kills fell at harmless moments only.");
        Assert.Empty(Directory.GetFiles(Data, "imports/*.upload"));
        await HoldsAsync();
    }

    /// <summary>Semantics 5.3; docs/decisions/0027: whichever node leads goes on with what another has received.</summary>
    [Fact]
    public async Task An_import_goes_on_at_another_node_when_the_one_that_received_it_is_gone_for_good()
    {
        const int Rows = 5_000;
        WriteRows(Rows);
        var database = await PostgresServer.CreateDatabaseAsync();
        try
        {
            await using var first = await ServingProgram.StartAsync(Data, ["--database", database]);
            await using var second = await ServingProgram.StartAsync(Path.Combine(_folder, "other"), ["--database", database]);
            using var command = ParcoursProgram.Start([.. Command, "--database", database]);
            command.StandardInput.Close();
            await using var store = await PostgresStore.OpenAsync(database, new() { Time = TimeProvider.System, Connections = 2 }, Token);
            await UntilAsync("No row has gone in", async () => (await CursorAsync(store)).Cursor > 0);
            await first.KillAsync();
            command.Kill();
            await command.WaitForExitAsync(Token);
            var midst = await CursorAsync(store);
            // Its folder went with it.
            Directory.Delete(Data, recursive: true);

            await UntilAsync($"Nobody went on from row {midst.Cursor} to the end", async () => (await CursorAsync(store)).Status == "done");

            output.WriteLine($"The node was gone at row {midst.Cursor} of {Rows}.");
            Assert.True(midst.Cursor < Rows, "It was done before the node was gone.");
            await UntilAsync("The file still lies there", async () => (await store.Queries.DocumentsAsync(StoredFiles.Uploads, null, null, 1, Token)).Count == 0 && Directory.GetFiles(Path.Combine(_folder, "other", "imports"), "*.upload").Length == 0);
            await UntilAsync("Some rows wait", async () => (await store.Queries.StatesAsync(Token)).All(state => state.Cursor >= state.Tail));
            await HoldsAsync(store, Rows);
            Assert.Equal(0, await second.StopAsync());
        }
        finally
        {
            await PostgresServer.DropAsync(database);
        }
    }

    static async Task UntilAsync(string otherwise, Func<Task<bool>> holds)
    {
        for (var looks = 0; !await holds(); looks++)
        {
            Assert.True(looks < 6_000, $"{otherwise}.");
            await Task.Delay(20, Token);
        }
    }

    static async Task<(long Cursor, string Status)> CursorAsync(PostgresStore store)
    {
        if (await store.Queries.DocumentsAsync(ImportRecord.DocumentKind, null, null, 1, Token) is not [var import])
            return (0, "");
        using var json = JsonDocument.Parse(import.Json);
        return (json.RootElement.GetProperty("cursor").GetInt64(), json.RootElement.GetProperty("status").GetString()!);
    }

    /// <summary>Until the database was written to so often: by its own pace, however slow the machine is at this moment. Not for ever, for what is over writes no more.</summary>
    async Task UntilWritesAsync(Process process, int writes)
    {
        var log = new FileInfo(Path.Combine(Data, "parcours.db-wal"));
        (DateTime, long) before = default;
        for (var quiet = 0; writes > 0 && quiet < 1_500 && !process.HasExited; quiet++)
        {
            await Task.Delay(2, Token);
            log.Refresh();
            if (!log.Exists || (log.LastWriteTimeUtc, log.Length) is var now && now == before)
                continue;
            before = now;
            (writes, quiet) = (writes - 1, 0);
        }
    }

    Random Seeded()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        return new Random(seed);
    }

    void WriteRows(int rows = Rows)
    {
        var text = new StringBuilder("user;event;timestamp;row\n");
        for (var row = 1; row <= rows; row++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"u{row % Users};seen;2025-01-01T00:00:00Z;{row}\n");
        File.WriteAllText(Path.Combine(_folder, "rows.csv"), text.ToString());
    }

    async Task<long> ProcessedAsync()
    {
        await using var store = SqliteStore.Open(Data);
        var imports = await store.Queries.DocumentsAsync(ImportRecord.DocumentKind, null, null, 100, Token);
        return imports.Select(import => JsonDocument.Parse(import.Json).RootElement.GetProperty("cursor").GetInt64()).DefaultIfEmpty().Max();
    }

    async Task HoldsAsync()
    {
        await using var store = SqliteStore.Open(Data);
        await HoldsAsync(store);
    }

    static async Task HoldsAsync(IStore store, int rows = Rows)
    {
        var seen = new HashSet<long>();
        for (long after = 0; await store.Queries.EventsAsync(PartitionSet.All, null, after, long.MaxValue, 1_000, Token) is { Count: > 0 } page; after = page[^1].Sequence)
            foreach (var stored in page)
                Assert.True(seen.Add(RowOf(stored)), $"Row {RowOf(stored)} is in twice.");
        Assert.Equal(rows, seen.Count);
    }

    static long RowOf(StoredEvent stored)
    {
        using var properties = JsonDocument.Parse(((EntryBody.Received)EntryCodec.Decode(stored.Body.Span)).Properties);
        return properties.RootElement.GetProperty("row").GetInt64();
    }
}
