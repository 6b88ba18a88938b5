using System.Diagnostics;

namespace Parcours.Tests.Crash;

/// <summary>Another machine's network, as far as programs in it can tell: a namespace that a switch connects with this one, and from which it can be unplugged. Only the superuser can make one.</summary>
sealed class FarNetwork : IDisposable
{
    readonly string _switch, _plug;

    FarNetwork(string name, string here, string there) => (Name, Here, There, _switch, _plug) = (name, here, there, $"{name}s", $"{name}p");

    public string Name { get; }

    /// <summary>This machine, as it is seen from there.</summary>
    public string Here { get; }

    public string There { get; }

    public static FarNetwork Make()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip"), "Only the superuser of a Linux machine with iproute2 can make a network namespace.");
        var number = Environment.ProcessId % 250;
        var network = new FarNetwork($"parc{Environment.ProcessId % 100_000}", $"10.213.{number}.1", $"10.213.{number}.2");
        try
        {
            network.Build();
        }
        catch (InvalidOperationException cannot)
        {
            network.Dispose();
            Assert.Skip($"This machine lets nobody make a network namespace with a switch: {cannot.Message}");
        }

        return network;
    }

    void Build()
    {
        Run("netns", "add", Name);
        Run("link", "add", _switch, "type", "bridge");
        Run("link", "add", _plug, "type", "veth", "peer", "name", "eth0", "netns", Name);
        Run("link", "set", _plug, "master", _switch);
        Run("addr", "add", $"{Here}/24", "dev", _switch);
        Run("link", "set", _switch, "up");
        Run("link", "set", _plug, "up");
        Run("-n", Name, "addr", "add", $"{There}/24", "dev", "eth0");
        Run("-n", Name, "link", "set", "eth0", "up");
        Run("-n", Name, "link", "set", "lo", "up");
    }

    /// <summary>Both ends see their own cable in order, and nothing arrives.</summary>
    public void Unplug() => Run("link", "set", _plug, "nomaster");

    public void Plug() => Run("link", "set", _plug, "master", _switch);

    static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {said.Trim()}");
    }

    public void Dispose()
    {
        foreach (var what in (string[][])[["link", "del", _plug], ["link", "del", _switch], ["netns", "del", Name]])
            try
            {
                Run(what);
            }
            catch (InvalidOperationException)
            {
                // It was not made, or went with the other end.
            }
    }
}
