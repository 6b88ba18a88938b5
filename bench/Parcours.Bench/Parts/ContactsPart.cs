using System.Diagnostics;
using System.Text.Json;
using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>The table of contacts at a million: pages, search, conditions, counts, as the screens ask for them.</summary>
static class ContactsPart
{
    const int Times = 20;

    public static async Task RunAsync(Bench bench, Million million, CancellationToken cancellationToken)
    {
        Console.WriteLine("contacts:");
        var (known, report) = (bench.Options.Known, bench.Report);
        await using var server = await ParcoursServer.StartAsync(await million.InstallationAsync(cancellationToken), bench.Sink.Port, cancellationToken);
        using var watch = new Watch(server.Processes);
        var half = known / 2;

        await AskAsync("page of 50, the newest", "{}");
        await AskAsync("page of 50, in the middle", $$"""{"after":"{{Cursor(half)}}"}""");
        await AskAsync("search, a whole address", $$"""{"search":"{{People.AddressOf(half)}}"}""");
        await AskAsync("search, a name that many have", """{"search":"first"}""");
        await AskAsync("search, a name that one has", $$"""{"search":"first{{half}}"}""", times: 3, wholly: true);
        await AskAsync("search, a name that nobody has", """{"search":"zebedee"}""", times: 3, wholly: true);
        await AskAsync("condition that one in a hundred meets", """{"condition":{"kind":"property","name":"city","is":"equals","value":"City7"}}""");
        await AskAsync("condition that nobody meets", """{"condition":{"kind":"property","name":"city","is":"equals","value":"Nowhere"}}""", times: 1, wholly: true);
        await CountAsync();
        report.Add("contacts", "peak memory (PSS)", watch.PeakMiB(), "MiB", Bar.Most(500));

        // With wholly, short pages are followed to the end: what a person waits for until it is certain.
        async Task AskAsync(string what, string body, int times = Times, bool wholly = false)
        {
            var (waits, first, other) = (new List<double>(), new List<double>(), new OtherWork([Environment.ProcessId, .. server.Processes]));
            await server.SendAsync(HttpMethod.Post, "contacts/search", body, cancellationToken);
            for (var time = 0; time < times; time++)
            {
                var (began, asked) = (Stopwatch.GetTimestamp(), body);
                while (true)
                {
                    var page = await server.SendAsync(HttpMethod.Post, "contacts/search", asked, cancellationToken);
                    if (asked == body)
                        first.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    if (!wholly || page.GetProperty("next").ValueKind == JsonValueKind.Null)
                        break;
                    asked = $$"""{{body[..^1]}},"after":"{{page.GetProperty("next").GetString()}}"}""";
                }

                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            report.Add("contacts", what + (wholly ? ", to the end" : ""), Percentiles.Of(waits).Half, "ms", null, other.Cores());
            report.Add("contacts", what + ", slowest answer", Percentiles.Of(first).Max, "ms");
        }

        async Task CountAsync()
        {
            var (began, other) = (Stopwatch.GetTimestamp(), new OtherWork([Environment.ProcessId, .. server.Processes]));
            JsonElement count;
            do
                count = await server.SendAsync(HttpMethod.Post, "conditions/count", """{"condition":{"kind":"property","name":"city","is":"equals","value":"City7"}}""", cancellationToken);
            while (!count.GetProperty("complete").GetBoolean());
            report.Add("contacts", FormattableString.Invariant($"a condition counted over {known:N0}"), Stopwatch.GetElapsedTime(began).TotalSeconds, "s", null, other.Cores());
            report.Add("contacts", "counted that should not be, or not counted", Math.Abs(count.GetProperty("matches").GetInt64() - (known - 7 + 99) / 100), "", Bar.Most(0));
        }
    }

    static string Cursor(long number) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
