using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Parcours.Cli;
using Parcours.Configuration;
using Parcours.Journeys.Contacts;
using Parcours.Security;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Nodes;

/// <summary>Two whole servers on one database: the one that stands by answers as the other does, because that one does.</summary>
public sealed class ForwardingTests : IAsyncLifetime
{
    readonly string[] _folders = [Directory.CreateTempSubdirectory("parcours-node-").FullName, Directory.CreateTempSubdirectory("parcours-node-").FullName];
    readonly List<Server> _servers = [];
    readonly HttpClient _client = new();
    string _database = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresServer.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var server in _servers)
            await server.DisposeAsync();
        if (_database.Length > 0)
            await PostgresServer.DropAsync(_database);
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }

    async Task<Server> StartAsync(int node, string? nodeUrl = null)
    {
        var settings = Settings.Read(new SettingSources(
            setting => setting == Setting.Data ? _folders[node] : setting == Setting.Database ? _database : setting == Setting.Urls ? $"http://127.0.0.1:{ServingProgram.FreePort()}" : setting == Setting.NodeUrl ? nodeUrl : null,
            _ => null));
        var server = await Server.OpenAsync(settings, testClock: null, salt: 1, Cancellation);
        _servers.Add(server);
        await server.ListenAsync(Cancellation);
        return server;
    }

    /// <summary>The stand-by node, once it knows for whom it stands by: the other says so right after it took over.</summary>
    async Task<Server> StandByAsync(string? nodeUrl = null)
    {
        var server = await StartAsync(1, nodeUrl);
        for (var looks = 0; server.Engine.WorkedOnBy is { Address: null }; looks++)
        {
            Assert.True(looks < 3_000, "The node that works has not said where it answers.");
            await Task.Delay(10, Cancellation);
        }

        Assert.NotNull(server.Engine.WorkedOnBy);
        return server;
    }

    async Task<(HttpStatusCode Status, string Text)> AskAsync(Server server, HttpMethod method, string path, string? key, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, server.Address + path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Authorization = path.StartsWith("/v1/", StringComparison.Ordinal) ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))) : new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var answer = await _client.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_node_that_stands_by_takes_events_in_and_answers_questions()
    {
        var works = await StartAsync(0);
        var standsBy = await StandByAsync();
        var (key, sender) = ((await works.Get<ApiKeys>().CreateAsync("test", KeyScope.Admin, Cancellation)).Secret, (await works.Get<ApiKeys>().CreateAsync("shop", KeyScope.Intake, Cancellation)).Secret);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(standsBy, HttpMethod.Get, "/readyz", null, null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(standsBy, HttpMethod.Post, "/v1/identify", sender, """{ "userId": "ada/ü", "traits": { "email": "ada@example.org" } }""")).Status);
        var (status, text) = await AskAsync(standsBy, HttpMethod.Get, "/api/v1/contacts?search=ada%40example.org", key, null);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("ada@example.org", text, StringComparison.Ordinal);
        Assert.NotNull(await works.Engine.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, "ada/ü"), Cancellation));
        using var nodes = JsonDocument.Parse((await AskAsync(standsBy, HttpMethod.Get, "/api/v1/nodes", key, null)).Text);
        Assert.Equal([false, true], nodes.RootElement.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("works").GetBoolean()).Order());
    }

    /// Semantics 15.8
    [Fact]
    public async Task Commands_beside_a_node_that_stands_by_are_carried_out_where_the_work_is()
    {
        var works = await StartAsync(0);
        var standsBy = await StandByAsync();

        var ran = await ParcoursProgram.RunAsync(["key", "add", "--data", _folders[1], "--database", _database, "--name", "shop", "--scope", "admin"]);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(works, HttpMethod.Get, "/api/v1/journeys", ran.Output.Trim(), null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(standsBy, HttpMethod.Get, "/api/v1/journeys", ran.Output.Trim(), null)).Status);
    }

    [Fact]
    public async Task Nobody_but_a_node_is_believed_to_speak_for_somebody_else()
    {
        var works = await StartAsync(0);
        var standsBy = await StandByAsync();

        foreach (var server in (Server[])[works, standsBy])
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, HttpMethod.Get, "/api/v1/keys", null, null,
                ("Parcours-Node", server.Engine.WorkedOnBy?.Node.ToString() ?? "me"), ("Parcours-Node-Token", "guessed"), ("Parcours-Local", "yes"), ("Parcours-Client", "127.0.0.1"), ("Parcours-Scheme", "http"))).Status);
    }

    [Fact]
    public async Task An_address_at_which_another_node_answers_is_named_and_nothing_goes_round_in_circles()
    {
        var elsewhere = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        await StartAsync(0, nodeUrl: elsewhere);
        var standsBy = await StandByAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(standsBy, HttpMethod.Get, "/readyz", null, null)).Status);

        // As behind a balancer whose address was said: it leads back to whoever stands by.
        using var balancer = new Relay(new Uri(elsewhere), new Uri(standsBy.Address));
        var (status, text) = await AskAsync(standsBy, HttpMethod.Get, "/readyz", null, null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("--node-url", text, StringComparison.Ordinal);
    }

    /// Semantics 15.2
    [Fact]
    public async Task When_the_one_that_works_ends_the_other_does_its_work()
    {
        var works = await StartAsync(0);
        var standsBy = await StandByAsync();
        var sender = (await works.Get<ApiKeys>().CreateAsync("shop", KeyScope.Intake, Cancellation)).Secret;

        await works.DisposeAsync();
        _servers.Remove(works);
        await standsBy.Engine.WorksAsync(Cancellation);

        Assert.Null(standsBy.Engine.WorkedOnBy);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(standsBy, HttpMethod.Post, "/v1/track", sender, """{ "userId": "ada", "event": "bought" }""")).Status);
    }

    /// <summary>Passes bytes from one address to another.</summary>
    sealed class Relay : IDisposable
    {
        readonly System.Net.Sockets.TcpListener _listener;
        readonly CancellationTokenSource _stops = new();

        public Relay(Uri from, Uri to)
        {
            _listener = new(IPAddress.Loopback, from.Port);
            _listener.Start();
            _ = AcceptAsync(to);
        }

        async Task AcceptAsync(Uri to)
        {
            try
            {
                while (true)
                    _ = PassAsync(await _listener.AcceptTcpClientAsync(_stops.Token), to);
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        async Task PassAsync(System.Net.Sockets.TcpClient caller, Uri to)
        {
            using var called = new System.Net.Sockets.TcpClient();
            await called.ConnectAsync(to.Host, to.Port, _stops.Token);
            await Task.WhenAny(caller.GetStream().CopyToAsync(called.GetStream(), _stops.Token), called.GetStream().CopyToAsync(caller.GetStream(), _stops.Token));
            caller.Dispose();
        }

        public void Dispose()
        {
            _stops.Cancel();
            _listener.Dispose();
            _stops.Dispose();
        }
    }
}
