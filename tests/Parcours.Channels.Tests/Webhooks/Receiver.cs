using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parcours.Channels.Tests.Webhooks;

/// <summary>A receiver of webhooks on this machine that answers, byte by byte, what a test says; or nothing at all.</summary>
sealed class Receiver : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    readonly Task _loop;

    public Receiver(Func<Asked, NetworkStream, Task> answers)
    {
        _listener.Start();
        _loop = ServeAsync(answers);
    }

    public Receiver(string answer) : this((_, stream) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer)).AsTask()) { }

    public ConcurrentQueue<Asked> Requests { get; } = new();
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";

    /// <summary>The end of the lines of an answer without a body.</summary>
    public const string End = "Content-Length: 0\r\nConnection: close\r\n\r\n";

    public static string Json(string body) => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>A request as it came.</summary>
    public sealed record Asked(string Line, IReadOnlyDictionary<string, string> Headers, string Body);

    async Task ServeAsync(Func<Asked, NetworkStream, Task> answers)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_over.Token);
                await using var stream = client.GetStream();
                try
                {
                    var asked = await ReadAsync(stream);
                    Requests.Enqueue(asked);
                    await answers(asked, stream);
                }
                catch (Exception gone) when (gone is IOException or SocketException)
                {
                    // The sender has had enough.
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    static async Task<Asked> ReadAsync(NetworkStream stream)
    {
        List<byte> bytes = [];
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. bytes.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
            bytes.Add(one[0]);
        var lines = Encoding.UTF8.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body);
        return new(lines[0], headers, Encoding.UTF8.GetString(body));
    }

    /// <summary>Until the test is over: a receiver that says nothing.</summary>
    public Task StallAsync() => Task.Delay(Timeout.Infinite, _over.Token);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _loop;
        _listener.Stop();
        _over.Dispose();
    }
}
