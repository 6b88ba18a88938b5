using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Contenders;

/// <summary>The reference journey on something that a developer would pick instead: bench/peers.</summary>
sealed class Peer : IContender
{
    readonly Process _process;
    readonly HttpClient _client;

    Peer(string name, Process process, int port)
    {
        (Name, _process, Port) = (name, process, port);
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public static IReadOnlyList<string> Names { get; } = ["bullmq", "pg-boss", "graphile-worker"];

    public string Name { get; }
    public int Port { get; }
    public string Path => "/events";
    public IReadOnlyList<string> Authorizations => [];
    public int[] Processes => [_process.Id];

    /// <summary>Installs and starts it.</summary>
    /// <param name="sources">The folder bench/peers.</param>
    /// <param name="cache">Where what npm installs is kept.</param>
    /// <exception cref="PeerMissingException">It cannot be had on this machine.</exception>
    public static async Task<Peer> StartAsync(string name, string sources, string cache, int mailPort, CancellationToken cancellationToken)
    {
        // Below the ports that outgoing connections are given.
        var (port, store) = (21_800 + Random.Shared.Next(50) * 2, 21_900 + Random.Shared.Next(50) * 2);
        var log = System.IO.Path.Combine(cache, name + ".log");
        Directory.CreateDirectory(cache);
        File.Delete(log);
        string[] ports = [.. new[] { port, store, mailPort }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var peer = new Peer(name, LoggedProcess.Start(log, [System.IO.Path.Combine(sources, "serve"), name, System.IO.Path.Combine(cache, name), .. ports]), port);
        for (var began = Stopwatch.GetTimestamp(); !await peer.IsUpAsync(cancellationToken); await Task.Delay(50, cancellationToken))
            if (peer._process.HasExited || Stopwatch.GetElapsedTime(began).TotalMinutes > 5)
            {
                await peer.DisposeAsync();
                throw new PeerMissingException($"{name}: {File.ReadLines(log).LastOrDefault(line => line.Length > 0) ?? "it did not get ready"}");
            }
        return peer;
    }

    async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StateAsync("", cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    async Task<JsonElement> StateAsync(string query, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(await _client.GetStringAsync("/" + query, cancellationToken));
        return json.RootElement.Clone();
    }

    public byte[] Body(People people, string @event, IEnumerable<long> numbers)
    {
        var json = new StringBuilder("[");
        foreach (var number in numbers)
            json.Append(CultureInfo.InvariantCulture, $$"""{"event":"{{@event}}","id":{{number}},{{People.TraitsOf(number).AsSpan(1)}},""");
        json.Length--;
        return Encoding.UTF8.GetBytes(json.Append(']').ToString());
    }

    public bool TookAll(ReadOnlySpan<byte> answer) => answer.SequenceEqual("{\"success\":true}"u8);

    public async Task<long> FinishedAsync(CancellationToken cancellationToken) => (await StateAsync("", cancellationToken)).GetProperty("finished").GetInt64();

    public async Task<(double Half, double Most)?> FirstActionAsync(CancellationToken cancellationToken)
    {
        var state = await StateAsync("?reset", cancellationToken);
        return state.GetProperty("half").ValueKind == JsonValueKind.Number ? (state.GetProperty("half").GetDouble(), state.GetProperty("most").GetDouble()) : null;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}

/// <summary>A peer cannot be had on this machine; the message says why.</summary>
sealed class PeerMissingException(string message) : Exception(message);
