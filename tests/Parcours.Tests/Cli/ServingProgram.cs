using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parcours.Tests.Cli;

/// <summary><c>parcours serve</c> in a process of its own, on a port of its own.</summary>
sealed class ServingProgram : IAsyncDisposable
{
    // Generous: the machine may be doing other things.
    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90), LookEach = TimeSpan.FromMilliseconds(15);

    readonly StringBuilder _said = new();

    ServingProgram(Process process, string url)
    {
        (Process, Url, Client) = (process, url, new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(20) });
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
                _said.AppendLine(line.Data);
        }
    }

    public Process Process { get; }
    public string Url { get; }
    public HttpClient Client { get; }

    /// <summary>Both outputs so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="url">Null: a port that nobody uses.</param>
    public static async Task<ServingProgram> StartAsync(
        string folder, IEnumerable<string>? more = null, string? limits = null, string? url = null, IReadOnlyDictionary<string, string>? environment = null, string? network = null)
    {
        url ??= $"http://127.0.0.1:{FreePort()}";
        var program = new ServingProgram(ParcoursProgram.Start(["serve", "--data", folder, "--urls", url, .. more ?? []], environment, limits, network), url);
        try
        {
            await program.ReadyAsync();
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    async Task ReadyAsync()
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(LookEach, TestContext.Current.CancellationToken))
        {
            try
            {
                using var answer = await Client.GetAsync("/readyz", TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            if (Process.HasExited || watch.Elapsed > ReadyWithin)
                throw new InvalidOperationException($"The program did not get ready. It said: {Said}");
        }
    }

    /// <summary>SIGKILL: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Process.Id}"]);
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return Process.ExitCode;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
            await KillAsync();
        Process.Dispose();
        Client.Dispose();
    }
}
