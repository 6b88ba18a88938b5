using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Parcours.Cli;
using Parcours.Configuration;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Nodes;

/// <summary>Whole servers in this process on one database.</summary>
sealed class TestNodes : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly Dictionary<Server, string> _homes = [];
    readonly List<string> _folders = [];
    readonly List<Server> _servers = [];
    readonly HttpClient _client = new();

    TestNodes(string database) => Database = database;

    public string Database { get; }
    public IReadOnlyList<Server> All => _servers;

    /// <summary>Who answers what is asked of the whole installation.</summary>
    public Server Leader => _servers.Single(server => server.Engine.WorkedOnBy is null);

    /// <summary>The first that does not lead.</summary>
    public Server Other => _servers.First(server => server.Engine.WorkedOnBy is not null);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestNodes> CreateAsync() => new(await PostgresServer.CreateDatabaseAsync());

    /// <summary>Starts one more; its folder's number is its own.</summary>
    public async Task<Server> StartAsync(string? nodeUrl = null)
    {
        _folders.Add(Directory.CreateTempSubdirectory("parcours-node-").FullName);
        var (folder, url) = (_folders[^1], $"http://127.0.0.1:{ServingProgram.FreePort()}");
        var settings = Settings.Read(new SettingSources(
            setting => setting == Setting.Data ? folder : setting == Setting.Database ? Database : setting == Setting.Urls ? url : setting == Setting.NodeUrl ? nodeUrl : null,
            _ => null));
        var server = await Server.OpenAsync(settings, testClock: null, salt: 1, Cancellation);
        _servers.Add(server);
        _homes[server] = folder;
        await server.ListenAsync(Cancellation);
        return server;
    }

    /// <summary>So many nodes, each with its part of the partitions.</summary>
    public async Task StartAsync(int count)
    {
        while (_servers.Count < count)
            await StartAsync();
        await SharedAsync();
    }

    public string FolderOf(Server server) => _homes[server];

    /// <summary>Ends one as a service manager would.</summary>
    public async Task StopAsync(Server server)
    {
        _servers.Remove(server);
        await server.DisposeAsync();
    }

    /// <summary>Until every partition has an owner, everybody about as many, and all know who leads.</summary>
    public Task SharedAsync() => UntilAsync("The partitions are not shared evenly", async () =>
    {
        var owned = (await _servers[0].Engine.Queries.NodesAsync(Cancellation)).Where(node => node.Owned.Size > 0).Select(node => node.Owned).ToList();
        return owned.Count == _servers.Count && owned.Aggregate(0UL, (all, set) => all | set.Bits) == ulong.MaxValue && owned.Max(set => set.Size) - owned.Min(set => set.Size) <= 1
            && _servers.Count(server => server.Engine.WorkedOnBy is null) == 1 && _servers.TrueForAll(server => server.Engine.WorkedOnBy is null or { Address: not null });
    });

    /// <summary>Until all that was taken in is worked on.</summary>
    public Task CaughtUpAsync() => UntilAsync("Some entries still wait", async () => (await _servers[0].Engine.Queries.StatesAsync(Cancellation)).All(state => state.Cursor >= state.Tail));

    public static async Task UntilAsync(string otherwise, Func<Task<bool>> holds)
    {
        for (var since = System.Diagnostics.Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(20, Cancellation))
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) < Patience, $"{otherwise} after {Patience.TotalSeconds:0} s.");
    }

    public async Task<(HttpStatusCode Status, string Text)> AskAsync(Server server, HttpMethod method, string path, string? key, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, server.Address + path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Authorization = path.StartsWith("/v1/", StringComparison.Ordinal) ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))) : new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var answer = await _client.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var server in _servers)
            await server.DisposeAsync();
        await PostgresServer.DropAsync(Database);
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }
}
