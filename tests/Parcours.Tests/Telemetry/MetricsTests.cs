using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parcours.Engine.Telemetry;
using Parcours.Telemetry;
using Parcours.Tests.Api;
using Parcours.Tests.Cli;
using Parcours.Tests.HouseRules;

namespace Parcours.Tests.Telemetry;

/// <summary>What an operator's own programs read: metrics, traces, logs.</summary>
public sealed class MetricsTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_want_a_key_that_may_read()
    {
        using var folder = new Folder();
        await using var program = await ServingProgram.StartAsync(folder.Path);
        var (intake, read) = (await KeyAsync(folder, "intake"), await KeyAsync(folder, "read"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(program.Url, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(program.Url, "made-up")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(program.Url, intake)).StatusCode);
        var answer = await GetAsync(program.Url, read);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\nparcours_ready", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_for_metrics_needs_no_key_and_opens_nothing_else()
    {
        using var folder = new Folder();
        var metrics = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        await using var program = await ServingProgram.StartAsync(folder.Path, ["--metrics-url", metrics]);
        var intake = await KeyAsync(folder, "intake");
        using var sent = new HttpRequestMessage(HttpMethod.Post, "/v1/track") { Content = new StringContent("""{"userId":"7","event":"Order Completed"}"""), Headers = { Authorization = new("Bearer", intake) } };
        (await program.Client.SendAsync(sent, Token)).EnsureSuccessStatusCode();
        using var refused = new HttpRequestMessage(HttpMethod.Post, "/v1/track") { Content = new StringContent("""{"userId":"7"}"""), Headers = { Authorization = new("Bearer", intake) } };
        await program.Client.SendAsync(refused, Token);

        using var client = new HttpClient { BaseAddress = new Uri(metrics) };
        var text = await client.GetStringAsync("/metrics", Token);

        Assert.Matches("""(?m)^parcours_intake_items_total\{[^}]*outcome="accepted"\} 1\b""", text);
        Assert.Matches("""(?m)^parcours_intake_refused_total\{[^}]*code="no_event_name"\} 1\b""", text);
        Assert.Matches("""(?m)^parcours_turn_duration_seconds_bucket\{[^}]*stage="commit",le="0.0005"\}""", text);
        Assert.Matches("""(?m)^http_server_request_duration_seconds_count\{[^}]*http_response_status_code="200",http_route="/v1/track"[^}]*\} 1\b""", text);
        Assert.Equal("ready\n", await client.GetStringAsync("/readyz", Token));
        foreach (var other in (string[])["/", "/api/v1/system", "/v1/track", "/openapi/v1.json"])
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(other, Token)).StatusCode);
    }

    [Fact]
    public async Task Metrics_and_traces_go_by_OTLP_to_whom_the_environment_names()
    {
        using var folder = new Folder();
        using var collector = new HttpListener();
        var address = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        collector.Prefixes.Add(address + "/");
        collector.Start();
        var traces = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var metrics = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listening = ListenAsync();

        await using (var program = await ServingProgram.StartAsync(folder.Path, limits: $"export OTEL_EXPORTER_OTLP_ENDPOINT={address} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_BSP_SCHEDULE_DELAY=100"))
        {
            using var sent = new HttpRequestMessage(HttpMethod.Post, "/v1/track?email=ada@example.org") { Content = new StringContent("""{"userId":"7","event":"Order Completed"}"""), Headers = { Authorization = new("Bearer", await KeyAsync(folder, "intake")) } };
            (await program.Client.SendAsync(sent, Token)).EnsureSuccessStatusCode();
            // The last batch leaves when it stops.
            Assert.Equal(0, await program.StopAsync());
        }

        collector.Stop();
        await listening;
        var (spans, figures) = (await traces.Task.WaitAsync(TimeSpan.FromSeconds(1), Token), await metrics.Task.WaitAsync(TimeSpan.FromSeconds(1), Token));
        Assert.Contains("POST /v1/track", spans, StringComparison.Ordinal);
        Assert.Contains("commit", spans, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.org", spans, StringComparison.Ordinal);
        Assert.Contains("parcours.turn.duration", figures, StringComparison.Ordinal);

        async Task ListenAsync()
        {
            var (spans, figures) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
            try
            {
                while (true)
                {
                    var context = await collector.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body, Token);
                    // Protobuf keeps its strings as they are.
                    (context.Request.Url!.AbsolutePath.EndsWith("traces", StringComparison.Ordinal) ? spans : figures).Append(System.Text.Encoding.Latin1.GetString(body.ToArray()));
                    context.Response.Close();
                }
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                traces.SetResult(spans.ToString());
                metrics.SetResult(figures.ToString());
            }
        }
    }

    [Fact]
    public async Task Logs_are_one_JSON_object_a_line_where_that_is_asked_for()
    {
        using var folder = new Folder();
        await using var program = await ServingProgram.StartAsync(folder.Path, ["--log-format", "json", "--log-level", "information"]);

        await program.StopAsync();

        var line = program.Said.Split('\n').First(line => line.Contains("Now listening", StringComparison.Ordinal));
        using var log = JsonDocument.Parse(line);
        Assert.Equal("Information", log.RootElement.GetProperty("LogLevel").GetString());
        Assert.True(log.RootElement.TryGetProperty("EventId", out _));
        Assert.True(log.RootElement.GetProperty("Timestamp").TryGetDateTimeOffset(out _));
    }

    [Fact]
    public void Operations_names_each_metric_and_its_alerts_none_that_is_not_there()
    {
        var there = new HashSet<string>();
        using var node = new NodeMeter(() => throw new InvalidOperationException("Nobody reads a value here."), () => 1, "0");
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is NodeMeter.Name or EngineTelemetry.Name)
                    there.Add(NameOf(instrument));
            },
        };
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(EngineTelemetry).TypeHandle);
        listener.Start();
        // "a_total, …_b_total": the second begins as the first does.
        var text = File.ReadAllText(Repository.PathOf("docs/operations.md")).Replace("`…_", "`parcours_enrolments_", StringComparison.Ordinal);
        var named = Regex.Matches(text, "parcours_[a-z_]+[a-z]").Select(match => Regex.Replace(match.Value, "_(bucket|sum|count)$", "")).ToHashSet();

        Assert.True(there.Count > 20);
        Assert.Empty(there.Except(named));
        Assert.Empty(named.Except(there));

        // As the exporter spells them.
        static string NameOf(Instrument instrument) =>
            instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal) ? "_total" : "");
    }

    static async Task<string> KeyAsync(Folder folder, string scope)
    {
        var made = await ParcoursProgram.RunAsync(["key", "add", "--data", folder.Path, "--name", scope, "--scope", scope]);
        Assert.Equal(0, made.ExitCode);
        return made.Output.Trim();
    }

    static async Task<HttpResponseMessage> GetAsync(string url, string? key)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        return await client.SendAsync(request, Token);
    }
}
