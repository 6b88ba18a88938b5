using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Load;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>The reference journey at 100 events a second, one a request: what a system that is not busy takes.</summary>
static class PacedPart
{
    const int WarmUp = 2_000, PerSecond = 100;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (options, report) = (bench.Options, bench.Report);
        Console.WriteLine("paced:");
        var installation = Installation.New(options.Program, bench.FolderOf("paced"));
        await using (var server = await ParcoursServer.StartAsync(installation, bench.Sink.Port, cancellationToken))
        {
            await server.SetUpAsync(cancellationToken);
            await server.PublishAsync("reference", Documents.Journey(returning: false), cancellationToken);
            var people = new People(Ids.Random, 0);
            await Burst.RunAsync(server, bench.Sink, people, Math.Min(WarmUp, options.N), place => place, WarmUp, cancellationToken);
            // Single requests take other ways through the program than batches: they are compiled well only after some hundreds.
            await Paced.RunAsync(server, bench.Sink, people, options.PacedN / 4, PerSecond, WarmUp, cancellationToken);
            var paced = await Paced.RunAsync(server, bench.Sink, people, options.PacedN, PerSecond, WarmUp + options.PacedN, cancellationToken);
            void Add(string name, double value, string unit, Bar? bar = null) => report.Add("paced", name, value, unit, bar, paced.OtherCores);
            Add("event to first action (acknowledged), half", paced.Acknowledged.Half, "ms", Bar.Most(2));
            Add("event to first action (acknowledged), 99 of 100", paced.Acknowledged.Most, "ms", Bar.Most(10));
            Add("event to mail at the sink, half", paced.Mail.Half, "ms");
            Add("event to mail at the sink, 99 of 100", paced.Mail.Most, "ms", Bar.Most(20));
            Add("CPU a thousand", paced.CpuPerThousand, "s");
            Add("lost, twice or to the wrong person", paced.Lost + paced.Twice + paced.Wrong, "", Bar.Most(0));
        }

        bench.Clear("paced");
    }
}
