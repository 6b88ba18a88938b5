using System.Globalization;
using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Limits;
using Parcours.Bench.Load;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>The reference journey on PostgreSQL by one, two and four nodes, in turn with the writes alone; then at a tenth, half and nine tenths of what one node can do, and paced.</summary>
static class NodesPart
{
    const string Part = "nodes";
    const int WarmUp = 200, Group = 1_000;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        Console.WriteLine("nodes:");
        try
        {
            await using var postgres = await PostgresServer.StartAsync(bench.Options.Statements, cancellationToken);
            var cpu = new List<double>();
            foreach (var nodes in bench.Options.Nodes)
                cpu.Add(await RunAsync(bench, postgres, nodes, cancellationToken));
            if (cpu.Count > 1)
                bench.Report.Add(Part, FormattableString.Invariant($"CPU an enrolment, {bench.Options.Nodes[^1]} nodes, times {Said(bench.Options.Nodes[0])}"), cpu[^1] / cpu[0], "×", Bar.Most(1.15));
        }
        catch (PeerMissingException missing)
        {
            bench.Report.Note($"PostgreSQL skipped: {missing.Message}");
        }

        bench.Clear(Part);
    }

    static async Task TellStatementsAsync(PostgresServer postgres, int enrolments, CancellationToken cancellationToken)
    {
        Console.WriteLine("    an enrolment:  µs     rows   bytes of log, calls in all");
        foreach (var statement in await postgres.StatementsAsync(ParcoursNodes.Database, cancellationToken))
            Console.WriteLine(FormattableString.Invariant($"    {statement.Milliseconds * 1_000 / enrolments,16:0.0} {(double)statement.Rows / enrolments,8:0.00} {(double)statement.LogBytes / enrolments,8:0} {statement.Calls,8}  {Start(statement.Text)}"));

        static string Start(string text)
        {
            var line = string.Join(' ', text.Split('\n').Where(static line => !line.StartsWith("--", StringComparison.Ordinal)).Select(static line => line.Trim()));
            return line.Length > 110 ? line[..110] : line;
        }
    }

    static string Said(int nodes) => nodes == 1 ? "1 node" : FormattableString.Invariant($"{nodes} nodes");

    /// <returns>CPU seconds a thousand enrolments.</returns>
    static async Task<double> RunAsync(Bench bench, PostgresServer postgres, int nodes, CancellationToken cancellationToken)
    {
        var (options, report) = (bench.Options, bench.Report);
        var (said, n) = (Said(nodes), options.N);
        Console.WriteLine($"  {said}:");
        await using var servers = await ParcoursNodes.StartAsync(postgres, options.Program, bench.FolderOf(Part), nodes, bench.Sink.Port, cancellationToken);
        await servers.First.SetUpAsync(cancellationToken);
        await servers.First.PublishAsync("reference", Documents.Journey(returning: false), cancellationToken);
        var people = new People(Ids.Random, 0);
        var contacts = WarmUp + (long)n * (options.Passes + 1);
        async Task<BurstFigures> PassAsync(int pass, int count)
        {
            var figures = await Burst.RunAsync(servers, bench.Sink, people with { Message = pass }, count, place => (pass < 0 ? 0 : WarmUp + (long)pass * n) + place, contacts, cancellationToken);
            Console.WriteLine(FormattableString.Invariant($"    pass {pass}: {figures.NetPerSecond:N0}/s net, {figures.CpuPerThousand:0.0000} CPU s/1,000, {figures.PeakMiB:0} MiB, lost/twice/wrong {figures.Tally}, others {figures.OtherCores:0.00}"));
            return figures;
        }

        await PassAsync(-1, WarmUp);
        if (options.WarmPass)
            await PassAsync(0, n);
        var (bursts, ones, twos) = (new List<BurstFigures>(), new List<double>(), new List<double>());
        var before = await servers.RowsAsync(cancellationToken);
        var stages = options.Statements ? await servers.First.StagesAsync(cancellationToken) : [];
        if (options.Statements)
            await postgres.ForgetStatementsAsync(cancellationToken);
        for (var pass = 1; pass <= options.Passes; pass++)
        {
            ones.Add(await PostgresWriteLimit.RunAsync(postgres, n, Group, 1, cancellationToken));
            twos.Add(await PostgresWriteLimit.RunAsync(postgres, n, Group, 2, cancellationToken));
            bursts.Add(await PassAsync(pass, n));
        }

        if (options.Statements)
        {
            await TellStatementsAsync(postgres, n * options.Passes, cancellationToken);
            foreach (var (stage, seconds, turns) in await servers.First.StagesAsync(cancellationToken))
            {
                var (_, secondsBefore, turnsBefore) = stages.FirstOrDefault(then => then.Stage == stage);
                Console.WriteLine(FormattableString.Invariant($"    the worker's {stage,-7} {(seconds - secondsBefore) * 1e6 / n / options.Passes,8:0.0} µs an enrolment, {(seconds - secondsBefore) * 1e3 / Math.Max(1, turns - turnsBefore),8:0.00} ms a turn"));
            }
        }

        var others = bursts.Average(burst => burst.OtherCores);
        void Add(string name, Func<BurstFigures, double> figure, string unit, Bar? bar = null) => report.Add(Part, $"{said}: {name}", bursts.Select(figure), unit, bar, others);
        if (nodes == options.Nodes[0])
        {
            report.Add(Part, "limit: the writes alone, one connection", ones, "/s");
            report.Add(Part, "limit: the writes alone, two connections", twos, "/s");
        }

        Add("enrolments, net", burst => burst.NetPerSecond, "/s");
        report.Add(Part, $"{said}: net, of the limit on one connection", bursts.Zip(ones, static (burst, limit) => burst.NetPerSecond / limit), "×", nodes == 1 ? Bar.Least(0.3) : null, others);
        report.Add(Part, $"{said}: net, of the limit on two connections", bursts.Zip(twos, static (burst, limit) => burst.NetPerSecond / limit), "×", null, others);
        Add("events acknowledged", burst => burst.IngestPerSecond, "/s");
        Add("CPU a thousand, the database's included", burst => burst.CpuPerThousand, "s", nodes == 1 ? Bar.Most(0.12) : null);
        Add("peak memory (PSS), the database's included", burst => burst.PeakMiB, "MiB");
        Add("event to mail, 99 of 100", burst => burst.Mail.Most, "ms");
        report.Add(Part, $"{said}: lost, twice or to the wrong person", bursts.Sum(burst => burst.Lost + burst.Twice + burst.Wrong + burst.Count - burst.Finished), "", Bar.Most(0));
        var all = (double)n * options.Passes;
        var grown = (await servers.RowsAsync(cancellationToken)).Select(table => (Name: table.Key, Rows: (table.Value - before.GetValueOrDefault(table.Key)) / all)).Where(table => Math.Abs(table.Rows) >= 0.005).OrderByDescending(table => table.Rows).ToList();
        report.Add(Part, $"{said}: rows that stay, an enrolment", grown.Sum(table => table.Rows), "rows");
        report.Note($"Rows an enrolment on PostgreSQL, {said}: " + string.Join(", ", grown.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name} {table.Rows:0.##}"))) + ".");

        var next = contacts;
        var most = Figures.Report.Median([.. bursts.Select(burst => burst.NetPerSecond)]);
        await PacedAsync("paced at 100/s", 100, options.PacedN, 1, Bar.Most(20));
        foreach (var tenths in new[] { 1, 5, 9 })
            await PacedAsync(FormattableString.Invariant($"at {tenths * 10} % of that"), (int)(most * tenths / 10), (int)(most * tenths / 10) * 5, 20, null);
        return Figures.Report.Median([.. bursts.Select(burst => burst.CpuPerThousand)]);

        async Task PacedAsync(string pace, int perSecond, int count, int batch, Bar? bar)
        {
            var paced = await Paced.RunAsync(servers, bench.Sink, people, count, perSecond, next, cancellationToken, batch, servers.IsTaggedAsync);
            next += count;
            report.Add(Part, $"{said}, {pace}: event to first action, half", paced.FirstAction?.Half ?? double.NaN, "ms", null, paced.OtherCores);
            report.Add(Part, $"{said}, {pace}: event to first action, 99 of 100", paced.FirstAction?.Most ?? double.NaN, "ms", bar, paced.OtherCores);
            report.Add(Part, $"{said}, {pace}: event to mail, 99 of 100", paced.Mail.Most, "ms", null, paced.OtherCores);
            report.Add(Part, $"{said}, {pace}: lost, twice or to the wrong person", paced.Lost + paced.Twice + paced.Wrong, "", Bar.Most(0));
        }
    }
}
