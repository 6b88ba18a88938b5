using System.Globalization;
using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Limits;
using Parcours.Bench.Load;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>The reference journey over the whole path, in turn with the writes-only limit and with the peers.</summary>
sealed class ReferencePart(Bench bench)
{
    const string Part = "reference";
    const int WarmUp = 200;
    readonly Options _options = bench.Options;
    readonly Report _report = bench.Report;
    readonly List<double> _limits = [], _smallLimits = [];
    readonly List<(string Name, double Net)> _peers = [];

    public async Task RunAsync(bool journeys, bool peers, CancellationToken cancellationToken)
    {
        WriteLimit.Run(_options.Folder, Math.Min(_options.N, 10_000), 1_000);
        var waiting = new Queue<string>(peers ? _options.Peers : []);
        var nets = new List<double>();
        if (journeys)
            foreach (var kind in _options.Kinds)
                nets.Add(await RunAsync(kind, waiting, cancellationToken));
        while (waiting.TryDequeue(out var peer))
            await RunPeerAsync(peer, cancellationToken);
        if (_limits.Count > 0)
        {
            _report.Add(Part, "limit: the writes alone, groups of 100", _smallLimits, "/s");
            _report.Add(Part, "limit: the writes alone, groups of 1,000", _limits, "/s");
        }
        if (_peers.Count > 0 && nets.Count > 0)
            _report.Add(Part, $"{_options.Kinds[0].Said()}: net, times the best peer ({_peers.MaxBy(peer => peer.Net).Name})", nets[0] / _peers.Max(peer => peer.Net), "×", Bar.Least(8));
    }

    /// <returns>Net enrolments a second.</returns>
    async Task<double> RunAsync(LoadKind kind, Queue<string> peers, CancellationToken cancellationToken)
    {
        var said = kind.Said();
        Console.WriteLine($"reference, {said}:");
        var returning = kind == LoadKind.Returning;
        var people = new People(kind == LoadKind.Ordered ? Ids.Ordered : Ids.Random, 0);
        var n = _options.N;
        var contacts = returning ? Math.Max(_options.Known, n) : WarmUp + (long)n * (_options.Passes + 1);
        var installation = Installation.New(_options.Program, bench.FolderOf("reference"));
        await using (var server = await ParcoursServer.StartAsync(installation, bench.Sink.Port, cancellationToken))
        {
            await server.SetUpAsync(cancellationToken);
            if (returning)
                Crowd.Enter(server, people with { Message = -2 }, People.Known, contacts);
            await server.PublishAsync("reference", Documents.Journey(returning), cancellationToken);
            // Of returning contacts each pass has an order of its own; of others each has new numbers.
            Func<long, long> Numbers(int pass) => returning ? new Shuffle(contacts, pass).At : place => (pass < 0 ? 0 : WarmUp + (long)pass * n) + place;
            async Task<BurstFigures> PassAsync(int pass, int count)
            {
                var figures = await Burst.RunAsync(server, bench.Sink, people with { Message = pass }, count, Numbers(pass), contacts, cancellationToken);
                Console.WriteLine(FormattableString.Invariant($"    pass {pass}: {figures.NetPerSecond:N0}/s net, {figures.CpuPerThousand:0.0000} CPU s/1,000, {figures.PeakMiB:0} MiB, lost/twice/wrong {figures.Tally}, others {figures.OtherCores:0.00}"));
                return figures;
            }

            await PassAsync(-1, WarmUp);
            if (_options.WarmPass)
                await PassAsync(0, n);
            var passes = new List<(BurstFigures Burst, double Limit)>();
            var (rows, bytes) = (await server.RowsAsync(cancellationToken), server.BytesWritten());
            for (var pass = 1; pass <= _options.Passes; pass++)
            {
                var limit = WriteLimit.Run(_options.Folder, n, 1_000);
                _limits.Add(limit);
                _smallLimits.Add(WriteLimit.Run(_options.Folder, n, 100));
                if (peers.TryDequeue(out var peer))
                    await RunPeerAsync(peer, cancellationToken);
                passes.Add((await PassAsync(pass, n), limit));
            }

            var all = (double)n * _options.Passes;
            var grown = (await server.RowsAsync(cancellationToken)).Select(table => (Name: table.Key, Rows: (table.Value - rows.GetValueOrDefault(table.Key)) / all)).Where(table => Math.Abs(table.Rows) >= 0.005).OrderByDescending(table => table.Rows).ToList();
            Tell(kind, passes);
            _report.Add(Part, $"{said}: rows that stay, an enrolment", grown.Sum(table => table.Rows), "rows");
            _report.Note($"Rows an enrolment, {said}: " + string.Join(", ", grown.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name} {table.Rows:0.##}"))) + ". Rewritten besides: contact and enrolment of who waits, and each message as it is settled.");
            _report.Add(Part, $"{said}: written to the disk, an enrolment", (server.BytesWritten() - bytes) / all, "bytes");
        }

        bench.Clear("reference");
        return _report.Figures.Last(figure => figure.Name == $"{said}: enrolments, net").Value;
    }

    void Tell(LoadKind kind, List<(BurstFigures Burst, double Limit)> passes)
    {
        var said = kind.Said();
        var bursts = passes.ConvertAll(pass => pass.Burst);
        var others = bursts.Average(burst => burst.OtherCores);
        void Add(string name, Func<BurstFigures, double> figure, string unit, Bar? bar = null) => _report.Add(Part, $"{said}: {name}", bursts.Select(figure), unit, bar, others);
        Add("enrolments, net", burst => burst.NetPerSecond, "/s");
        _report.Add(Part, $"{said}: net, of the limit (groups of 1,000)", passes.Select(pass => pass.Burst.NetPerSecond / pass.Limit), "×", kind switch
        {
            LoadKind.Ordered => Bar.Least(0.35, 0.5),
            LoadKind.Random => Bar.Least(0.25, 0.4),
            _ => Bar.Least(0.15, 0.25),
        }, others);
        Add("with the second of waiting", burst => burst.PerSecond, "/s");
        Add("events acknowledged", burst => burst.IngestPerSecond, "/s");
        Add("CPU a thousand", burst => burst.CpuPerThousand, "s", Bar.Most(0.05, 0.03));
        Add("peak memory (PSS)", burst => burst.PeakMiB, "MiB", kind == LoadKind.Ordered ? Bar.Most(220) : Bar.Most(320));
        Add("event to mail, half", burst => burst.Mail.Half, "ms");
        Add("event to mail, 99 of 100", burst => burst.Mail.Most, "ms");
        _report.Add(Part, $"{said}: lost, twice or to the wrong person", bursts.Sum(burst => burst.Lost + burst.Twice + burst.Wrong + burst.Count - burst.Finished), "", Bar.Most(0));
    }

    async Task RunPeerAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var peer = await Peer.StartAsync(name, _options.PeerSources, _options.PeerCache, bench.Sink.Port, cancellationToken);
            var people = new People(Ids.Ordered, 0);
            var contacts = WarmUp + _options.PeerN + _options.PacedN;
            await Burst.RunAsync(peer, bench.Sink, people, WarmUp, place => place, contacts, cancellationToken);
            var burst = await Burst.RunAsync(peer, bench.Sink, people, _options.PeerN, place => WarmUp + place, contacts, cancellationToken);
            _peers.Add((name, burst.NetPerSecond));
            _report.Add("peers", $"{name}: enrolments, net", burst.NetPerSecond, "/s", null, burst.OtherCores);
            _report.Add("peers", $"{name}: CPU a thousand", burst.CpuPerThousand, "s", null, burst.OtherCores);
            _report.Add("peers", $"{name}: peak memory (PSS)", burst.PeakMiB, "MiB", null, burst.OtherCores);
            _report.Add("peers", $"{name}: event to mail, half", burst.Mail.Half, "ms", null, burst.OtherCores);
            _report.Add("peers", $"{name}: lost, twice or to the wrong person", burst.Lost + burst.Twice + burst.Wrong + burst.Count - burst.Finished, "");
            if (_options.PacedN == 0)
                return;
            var paced = await Paced.RunAsync(peer, bench.Sink, people, _options.PacedN, 100, WarmUp + _options.PeerN, cancellationToken);
            if (paced.FirstAction is { } first)
            {
                _report.Add("peers", $"{name}: paced, first action, half", first.Half, "ms", null, paced.OtherCores);
                _report.Add("peers", $"{name}: paced, first action, 99 of 100", first.Most, "ms", null, paced.OtherCores);
            }

            _report.Add("peers", $"{name}: paced, mail, 99 of 100", paced.Mail.Most, "ms", null, paced.OtherCores);
        }
        catch (PeerMissingException missing)
        {
            _report.Note($"Peer skipped: {missing.Message}");
        }
    }
}
