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

/// <summary>Two whole servers on one database: the one that does not lead answers as the other does, because that one does.</summary>
public sealed class ForwardingTests : IAsyncLifetime
{
    TestNodes _nodes = null!; // InitializeAsync makes them.

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _nodes = await TestNodes.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
            await _nodes.DisposeAsync();
    }

    Task<(HttpStatusCode Status, string Text)> AskAsync(Server server, HttpMethod method, string path, string? key, string? json, params (string Name, string Value)[] headers) => _nodes.AskAsync(server, method, path, key, json, headers);

    [Fact]
    public async Task A_node_that_does_not_lead_takes_events_in_and_answers_questions()
    {
        await _nodes.StartAsync(2);
        var (leads, other) = (_nodes.Leader, _nodes.Other);
        var (key, sender) = ((await leads.Get<ApiKeys>().CreateAsync("test", KeyScope.Admin, Cancellation)).Secret, (await leads.Get<ApiKeys>().CreateAsync("shop", KeyScope.Intake, Cancellation)).Secret);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(other, HttpMethod.Get, "/readyz", null, null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(other, HttpMethod.Post, "/v1/identify", sender, """{ "userId": "ada/ü", "traits": { "email": "ada@example.org" } }""")).Status);
        await _nodes.CaughtUpAsync();
        var (status, text) = await AskAsync(other, HttpMethod.Get, "/api/v1/contacts?search=ada%40example.org", key, null);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("ada@example.org", text, StringComparison.Ordinal);
        Assert.NotNull(await leads.Engine.Queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, "ada/ü"), Cancellation));
        using var nodes = JsonDocument.Parse((await AskAsync(other, HttpMethod.Get, "/api/v1/nodes", key, null)).Text);
        Assert.Equal([false, true], nodes.RootElement.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("leads").GetBoolean()).Order());
        Assert.Equal([32, 32], nodes.RootElement.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("partitions").GetArrayLength()));
    }

    /// Semantics 15.8
    [Fact]
    public async Task Commands_beside_a_node_that_does_not_lead_are_carried_out_where_the_work_is()
    {
        await _nodes.StartAsync(2);
        var (leads, other) = (_nodes.Leader, _nodes.Other);

        var ran = await ParcoursProgram.RunAsync(["key", "add", "--data", _nodes.FolderOf(other), "--database", _nodes.Database, "--name", "shop", "--scope", "admin"]);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(leads, HttpMethod.Get, "/api/v1/journeys", ran.Output.Trim(), null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(other, HttpMethod.Get, "/api/v1/journeys", ran.Output.Trim(), null)).Status);
    }

    [Fact]
    public async Task Nobody_but_a_node_is_believed_to_speak_for_somebody_else()
    {
        await _nodes.StartAsync(2);
        var (leads, other) = (_nodes.Leader, _nodes.Other);

        foreach (var server in (Server[])[leads, other])
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, HttpMethod.Get, "/api/v1/keys", null, null,
                ("Parcours-Node", server.Engine.WorkedOnBy?.Node.ToString() ?? "me"), ("Parcours-Node-Token", "guessed"), ("Parcours-Local", "yes"), ("Parcours-Client", "127.0.0.1"), ("Parcours-Scheme", "http"))).Status);
    }

    [Fact]
    public async Task An_address_at_which_another_node_answers_is_named_and_nothing_goes_round_in_circles()
    {
        var elsewhere = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        await _nodes.StartAsync(nodeUrl: elsewhere);
        var other = await _nodes.StartAsync();
        await _nodes.SharedAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(other, HttpMethod.Get, "/readyz", null, null)).Status);

        // As behind a balancer whose address was said: it leads back to the other one.
        using var balancer = new Relay(new Uri(elsewhere), new Uri(other.Address));
        var (status, text) = await AskAsync(other, HttpMethod.Get, "/readyz", null, null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("--node-url", text, StringComparison.Ordinal);
    }

    /// Semantics 15.2
    [Fact]
    public async Task When_the_one_that_leads_ends_the_other_does_its_work()
    {
        await _nodes.StartAsync(2);
        var (leads, other) = (_nodes.Leader, _nodes.Other);
        var sender = (await leads.Get<ApiKeys>().CreateAsync("shop", KeyScope.Intake, Cancellation)).Secret;

        await _nodes.StopAsync(leads);
        await other.Engine.WorksAsync(Cancellation);

        Assert.Null(other.Engine.WorkedOnBy);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(other, HttpMethod.Post, "/v1/track", sender, """{ "userId": "ada", "event": "bought" }""")).Status);
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
