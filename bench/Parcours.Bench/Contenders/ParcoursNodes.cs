using Parcours.Bench.Reference;

namespace Parcours.Bench.Contenders;

/// <summary>Several <c>parcours serve</c> on one PostgreSQL. The connections of the load are spread over them, as a balancer would.</summary>
sealed class ParcoursNodes : IContender
{
    public const string Database = "bench";
    readonly PostgresServer _postgres;
    readonly List<ParcoursServer> _nodes;

    ParcoursNodes(PostgresServer postgres, List<ParcoursServer> nodes) => (_postgres, _nodes) = (postgres, nodes);

    public string Name => "Parcours";
    public ParcoursServer First => _nodes[0];
    public int Port => First.Port;
    public int PortOf(int connection) => _nodes[connection % _nodes.Count].Port;
    public string Path => First.Path;
    public IReadOnlyList<string> Authorizations => First.Authorizations;

    /// <summary>The database's processes count: they do the work of the store.</summary>
    public int[] Processes => [_postgres.ProcessId, .. _nodes.SelectMany(node => node.Processes)];

    public static async Task<ParcoursNodes> StartAsync(PostgresServer postgres, string program, string folder, int nodes, int mailPort, CancellationToken cancellationToken)
    {
        var connection = await postgres.NewDatabaseAsync(Database, cancellationToken);
        var started = new List<ParcoursServer>();
        for (var node = 0; node < nodes; node++)
            started.Add(await ParcoursServer.StartAsync(Installation.New(program, System.IO.Path.Combine(folder, $"node{node}"), connection), mailPort, cancellationToken));
        var all = new ParcoursNodes(postgres, started);
        // Until each has its part of the work.
        while (!await all.IsSpreadAsync(cancellationToken))
            await Task.Delay(100, cancellationToken);
        return all;
    }

    async Task<bool> IsSpreadAsync(CancellationToken cancellationToken)
    {
        var partitions = (await First.GetAsync("nodes", cancellationToken)).GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("partitions").GetArrayLength()).ToList();
        return partitions.Count == _nodes.Count && partitions.Min() >= 64 / _nodes.Count && partitions.Sum() == 64;
    }

    public byte[] Body(People people, string @event, IEnumerable<long> numbers) => First.Body(people, @event, numbers);
    public bool TookAll(ReadOnlySpan<byte> answer) => First.TookAll(answer);
    /// <inheritdoc/>
    /// <remarks>An event is acknowledged here when it is in the journal, and worked on after that.</remarks>
    public async Task CaughtUpAsync(CancellationToken cancellationToken)
    {
        while ((await First.GetAsync("nodes", cancellationToken)).GetProperty("waiting").GetProperty("entries").GetInt64() > 0)
            await Task.Delay(5, cancellationToken);
    }

    public Task<long> FinishedAsync(CancellationToken cancellationToken) => First.FinishedAsync(cancellationToken);
    public Task<bool> IsTaggedAsync(People people, long number, CancellationToken cancellationToken) => First.IsTaggedAsync(people, number, cancellationToken);
    public Task<Dictionary<string, long>> RowsAsync(CancellationToken cancellationToken) => _postgres.RowsAsync(Database, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _postgres.DropDatabaseAsync(Database, CancellationToken.None);
    }
}
