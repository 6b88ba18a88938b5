using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Contenders;

/// <summary><c>parcours serve</c>, as it was built, on a data folder.</summary>
sealed partial class ParcoursServer : IContender
{
    readonly Process _process;
    readonly HttpClient _client;
    readonly Installation _installation;

    ParcoursServer(Process process, Installation installation, int port)
    {
        (_process, _installation, Port) = (process, installation, port);
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(100) };
    }

    public string Name => "Parcours";
    public int Port { get; }
    public string Path => "/v1/batch";
    public IReadOnlyList<string> Authorizations => [.. _installation.IntakeKeys.Select(key => "Bearer " + key)];
    public int[] Processes => [_process.Id];

    /// <summary>From exec to the first 200 of <c>/readyz</c>.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <param name="mailPort">Where its mail goes.</param>
    public static async Task<ParcoursServer> StartAsync(Installation installation, int mailPort, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var began = Stopwatch.GetTimestamp();
        var process = installation.Start(["serve", "--urls", $"http://127.0.0.1:{port}", "--smtp-url", $"smtp://127.0.0.1:{mailPort}?tls=never", "--mail-from", "news@example.test"]);
        var server = new ParcoursServer(process, installation, port);
        while (!await server.IsReadyAsync(cancellationToken))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"Parcours ended with exit code {process.ExitCode} before it was ready: see {installation.Log}");
            await Task.Delay(5, cancellationToken);
        }

        server.ReadyAfter = Stopwatch.GetElapsedTime(began);
        while (installation.Token is null)
            await Task.Delay(1, cancellationToken);
        server._client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.Token);
        return server;
    }

    async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _client.GetAsync("/readyz", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public byte[] Body(People people, string @event, IEnumerable<long> numbers) => BodyOf(people, @event, numbers);

    public static byte[] BodyOf(People people, string @event, IEnumerable<long> numbers)
    {
        var json = new StringBuilder("{\"batch\":[");
        foreach (var number in numbers)
        {
            people.AppendItem(json, @event, number);
            json.Append(',');
        }

        json.Length--;
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    public bool TookAll(ReadOnlySpan<byte> answer) => answer.SequenceEqual("{\"success\":true}"u8);

    /// <summary>The intake keys that <see cref="Authorizations"/> names, a topic and the mail's text.</summary>
    public async Task SetUpAsync(CancellationToken cancellationToken)
    {
        // A key may send 100,000 events a second; several connections may come to more.
        for (var key = 0; key < 4; key++)
            _installation.IntakeKeys.Add((await SendAsync(HttpMethod.Post, "keys", $$"""{"name":"load {{key}}","scope":"intake"}""", cancellationToken)).GetProperty("key").GetString()!);
        await SendAsync(HttpMethod.Put, "topics/bench", Documents.Topic, cancellationToken);
        await SendAsync(HttpMethod.Put, "content/welcome", Documents.Content, cancellationToken);
    }

    public async Task PublishAsync(string journey, byte[] definition, CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Put, $"journeys/{journey}", definition, cancellationToken);
        await SendAsync(HttpMethod.Post, $"journeys/{journey}/publish", "", cancellationToken);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, "", cancellationToken);

    public Task<JsonElement> SendAsync(HttpMethod method, string path, string body, CancellationToken cancellationToken) => SendAsync(method, path, Encoding.UTF8.GetBytes(body), cancellationToken);

    async Task<JsonElement> SendAsync(HttpMethod method, string path, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var answer = await _client.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <inheritdoc/>
    /// <remarks>A mail that is decided and not settled yet keeps its enrolment unfinished here.</remarks>
    public async Task<long> FinishedAsync(CancellationToken cancellationToken)
    {
        var statistics = await GetAsync("journeys/reference/statistics", cancellationToken);
        var ended = statistics.GetProperty("completed").GetInt64();
        foreach (var point in statistics.GetProperty("points").EnumerateArray())
            if (point.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Object)
                ended -= messages.GetProperty("waiting").GetInt64();
        return ended;
    }

    /// <summary>Seconds of its worker in each stage of a turn, since this was asked first, and how many turns.</summary>
    public async Task<IReadOnlyList<(string Stage, double Seconds, long Turns)>> StagesAsync(CancellationToken cancellationToken)
    {
        var text = await _client.GetStringAsync("/metrics", cancellationToken);
        return [.. text.Split('\n').Select(line => StageLine().Match(line)).Where(match => match.Success).GroupBy(match => match.Groups["stage"].Value)
            .Select(stage => (stage.Key, Value(stage, "sum"), (long)Value(stage, "count")))];

        static double Value(IEnumerable<Match> lines, string of) => double.Parse(lines.First(line => line.Groups["of"].Value == of).Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""_(?<of>sum|count)\{.*stage="(?<stage>[a-z]+)".*\} (?<value>[0-9.eE+-]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex StageLine();

    /// <summary>Whether the first action of the reference journey is to be seen at a contact.</summary>
    public async Task<bool> IsTaggedAsync(People people, long number, CancellationToken cancellationToken) =>
        (await GetAsync($"contacts?userId={people.UserOf(number)}", cancellationToken)).GetProperty("items").EnumerateArray().ToList() is [var contact] && contact.GetProperty("tags").GetArrayLength() > 0;

    /// <summary>Rows in each table, now.</summary>
    public async Task<Dictionary<string, long>> RowsAsync(CancellationToken cancellationToken)
    {
        await using var database = Open();
        var tables = new List<string>();
        await using (var command = database.CreateCommand())
        {
            command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                tables.Add(rows.GetString(0));
        }

        var counts = new Dictionary<string, long>();
        foreach (var table in tables)
        {
            await using var command = database.CreateCommand();
#pragma warning disable CA2100 // Names of tables, from the database's own list.
            command.CommandText = $"SELECT count(*) FROM \"{table}\"";
#pragma warning restore CA2100
            counts[table] = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        }

        return counts;
    }

    SqliteConnection Open()
    {
        var database = new SqliteConnection($"Data Source={_installation.DatabasePath};Mode=ReadOnly;Pooling=False");
        database.Open();
        return database;
    }

    /// <summary>Bytes that it has had written to the disk since it started.</summary>
    public long BytesWritten() => File.ReadLines($"/proc/{_process.Id}/io").Where(line => line.StartsWith("write_bytes:", StringComparison.Ordinal)).Select(line => long.Parse(line[12..], CultureInfo.InvariantCulture)).First();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }
}
