using System.Net;
using System.Net.Sockets;

namespace Parcours.Tests.Crash;

/// <summary>A way to a server that can be cut in silence: whatever is sent is swallowed, nobody is told, and both ends believe that the other is there.</summary>
sealed class BlackHole : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stops = new();
    readonly List<Task> _ways = [];
    readonly int _to;
    TaskCompletionSource _open = Opened();

    public BlackHole(int to)
    {
        _to = to;
        _listener.Start();
        _ways.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>New connections come through again; of those of before something is missing, so they stay as they are until one end gives up.</summary>
    public void Mend() => _open.TrySetResult();

    static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }

    bool IsCut => !_open.Task.IsCompleted;

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ways.Add(PassAsync(await _listener.AcceptSocketAsync(_stops.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    async Task PassAsync(Socket caller)
    {
        using var near = caller;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Whoever calls while it is cut is heard by nobody.
            await _open.Task.WaitAsync(_stops.Token);
            await far.ConnectAsync(IPAddress.Loopback, _to, _stops.Token);
            near.NoDelay = far.NoDelay = true;
            var way = new Way();
            await Task.WhenAny(PumpAsync(near, far, way), PumpAsync(far, near, way));
            // That an end hung up is not heard either.
            await _open.Task.WaitAsync(_stops.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over, or nobody is there.
        }
    }

    async Task PumpAsync(Socket from, Socket to, Way way)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, _stops.Token) is var count and > 0)
            {
                way.IsBroken |= IsCut;
                for (var sent = 0; sent < count && !way.IsBroken;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, _stops.Token);
            }
        }
        catch (SocketException)
        {
            // It was reset.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        _listener.Stop();
        foreach (var way in _ways.ToList())
            await way.ContinueWith(static _ => { }, TaskScheduler.Default);
        _listener.Dispose();
        _stops.Dispose();
    }

    sealed class Way
    {
        public volatile bool IsBroken;
    }
}
