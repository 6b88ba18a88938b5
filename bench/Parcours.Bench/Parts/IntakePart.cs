using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Limits;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>Events that no journey listens to, durable before they are acknowledged, against a loop that inserts the same rows.</summary>
static class IntakePart
{
    const int Times = 5;
    static readonly int[] Groups = [100, 400, 1_000];

    // What an event leaves, and the column by which the rows run.
    static readonly (string Table, string Column)[] Events = [("entry", "sequence"), ("timeline", "sequence"), ("commit_row", "sequence"), ("seen_log", "number")];
    static readonly (string Table, string Column)[] Contacts = [("contact", "id"), ("identity_log", "number")];

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        Console.WriteLine("intake:");
        await RunAsync(bench, "new contacts", Events.Concat(Contacts), 1, server => (People.Known, (pass, place) => (long)(pass + 1) * bench.Options.N + place), cancellationToken);
        await RunAsync(bench, "known contacts", Events, Times, server =>
        {
            Crowd.Enter(server, new People(Ids.Random, -1), People.Known, bench.Options.N);
            return (People.Visited, (_, place) => place % bench.Options.N);
        }, cancellationToken);
    }

    /// <param name="times">Events, of N.</param>
    /// <param name="prepare">Names the event, and gives the number of the contact at a place of a pass.</param>
    static async Task RunAsync(Bench bench, string said, IEnumerable<(string Table, string Column)> tables, int times, Func<ParcoursServer, (string Event, Func<int, long, long> NumberAt)> prepare, CancellationToken cancellationToken)
    {
        var (options, report) = (bench.Options, bench.Report);
        var installation = Installation.New(options.Program, bench.FolderOf("intake"));
        var (rates, cpus, peaks, others) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        IReadOnlyList<(string Table, string Column, long Above)> before = [];
        await using (var server = await ParcoursServer.StartAsync(installation, bench.Sink.Port, cancellationToken))
        {
            await server.SetUpAsync(cancellationToken);
            var (@event, numberAt) = prepare(server);
            for (var pass = 0; pass <= options.Passes; pass++)
            {
                // The first pass warms up. Message ids: each round over the contacts has its own.
                var requests = new List<byte[]>();
                for (var round = 0; round < times; round++)
                    requests.AddRange(Burst.Requests(server, new People(Ids.Random, pass * 100 + round), @event, options.N, place => numberAt(pass, place)));
                GC.Collect();
                if (pass == options.Passes)
                    before = [.. tables.Select(table => (table.Table, table.Column, Highest(installation, table.Table, table.Column)))];
                using var watch = new Watch(server.Processes);
                var (other, began) = (new OtherWork([Environment.ProcessId, .. server.Processes]), Stopwatch.GetTimestamp());
                Burst.Post(server, requests);
                var events = (double)options.N * times;
                if (pass == 0)
                    continue;
                rates.Add(events / Stopwatch.GetElapsedTime(began).TotalSeconds);
                cpus.Add(watch.Cpu() / events * 1000);
                peaks.Add(watch.PeakMiB());
                others.Add(other.Cores());
            }
        }

        var byHand = new InsertLimit(installation.DatabasePath, before);
        byHand.Run(options.Folder, 1_000);
        var limits = Groups.Select(group => Enumerable.Range(0, options.Passes).Select(_ => byHand.Run(options.Folder, group)).ToList()).MaxBy(Report.Median)!;
        report.Add("intake", $"{said}: events acknowledged", rates, "/s", null, others.Average());
        report.Add("intake", $"{said}: the same rows by hand ({Figure.Number(byHand.Rows / (double)byHand.Entries)} an event)", limits, "/s");
        report.Add("intake", $"{said}: of the loop by hand", Report.Median(rates) / Report.Median(limits), "×", Bar.Least(0.4));
        report.Add("intake", $"{said}: CPU a thousand", cpus, "s", null, others.Average());
        report.Add("intake", $"{said}: peak memory (PSS)", peaks, "MiB");
        bench.Clear("intake");
    }

    static long Highest(Installation installation, string table, string column)
    {
        using var database = new SqliteConnection($"Data Source={installation.DatabasePath};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Names from this file.
        command.CommandText = $"SELECT max({column}) FROM {table}";
#pragma warning restore CA2100
        return command.ExecuteScalar() is long highest ? highest : 0;
    }
}
