using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Parcours.Configuration;
using Parcours.Tests.Api;
using Parcours.Tests.Cli;
using Parcours.Tests.HouseRules;

namespace Parcours.Tests.Packaging;

/// <summary>What lies under packaging/ speaks of the program as it is.</summary>
public sealed partial class PackagingTests
{
    [GeneratedRegex(@"PARCOURS_[A-Z_]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?m)^\s*(//\s*)?""(?<key>\w+)""\s*:\s*""(?<value>[^""]*)""")]
    private static partial Regex Key();

    static string Text(string file) => File.ReadAllText(Repository.PathOf("packaging/" + file));

    [Theory]
    [InlineData("docker/Dockerfile")]
    [InlineData("docker/compose.yaml")]
    [InlineData("debian/parcours.env")]
    [InlineData("systemd/parcours.service")]
    public void Each_variable_is_one_of_a_setting(string file)
    {
        // The host is the compose file's own.
        var known = Setting.All.Select(setting => setting.Variable).Append("PARCOURS_HOST").ToHashSet();

        Assert.Empty(Variable().Matches(Text(file)).Select(match => match.Value).Except(known));
    }

    [Fact]
    public void The_packages_settings_can_be_used_also_those_that_are_only_suggested()
    {
        using var folder = new Folder();
        var all = Path.Combine(folder.Path, "all.json");
        File.WriteAllText(all, Regex.Replace(Text("debian/parcours.json"), @"(?m)^(\s*)// ("".*)", "$1$2"));

        Settings.Read(new SettingSources(_ => null, name => name == "PARCOURS_CONFIG" ? Repository.PathOf("packaging/debian/parcours.json") : null));
        var said = Settings.Read(new SettingSources(_ => null, name => name switch { "PARCOURS_CONFIG" => all, "PARCOURS_SMTP_PASSWORD" => "secret", _ => null }));

        Assert.NotNull(said.Smtp.Value);
        Assert.NotNull(said.Database);
        Assert.True(Key().Count(Text("debian/parcours.json")) >= 7);
    }

    /// <summary>A compose file that names a key of its own invention is refused by whoever runs it, not by us: these are the keys that it may have, by the place where they stand.</summary>
    [Fact]
    public void The_compose_file_has_known_keys_alone_and_names_nothing_that_is_not_there()
    {
        string[] top = ["name", "services", "volumes", "secrets", "x-node", "x-environment"];
        string[] service = ["<<", "image", "build", "restart", "environment", "volumes", "depends_on", "healthcheck", "stop_grace_period", "read_only", "tmpfs", "cap_drop", "security_opt", "secrets", "ports", "shm_size"];
        var (unknown, section, named) = (new List<string>(), "", new Dictionary<string, HashSet<string>>());
        foreach (var line in Text("docker/compose.yaml").Split('\n'))
        {
            Assert.DoesNotContain('\t', line);
            if (Regex.Match(line, @"^(?<indent> *)(?<key>[\w<.-]+):( |$)") is not { Success: true } match || line.TrimStart().StartsWith('#'))
                continue;
            var (indent, key) = (match.Groups["indent"].Length, match.Groups["key"].Value);
            Assert.True(indent % 2 == 0, line);
            if (indent == 0)
                (section, named[key]) = (key, []);
            else if (indent == 2)
                named[section].Add(key);
            if (indent == 0 && !top.Contains(key) || (section == "x-node" && indent == 2 || section == "services" && indent == 4) && !service.Contains(key))
                unknown.Add(line);
        }

        Assert.Empty(unknown);
        Assert.Equal(["database", "node1", "node2", "proxy"], named["services"].Order());
        var text = Text("docker/compose.yaml");
        Assert.All(named["volumes"], volume => Assert.Matches($@"{volume}:/", text));
        // One key for all nodes, or what one has sealed the other cannot open.
        Assert.Equal(["parcours_key"], named["secrets"]);
        Assert.Contains("secrets: [parcours_key]", text, StringComparison.Ordinal);
        Assert.Contains("PARCOURS_SECRETS_KEY_FILE: /run/secrets/parcours_key", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_dashboard_shows_metrics_that_operations_names()
    {
        using var dashboard = System.Text.Json.JsonDocument.Parse(Text("grafana/parcours.json"));
        static HashSet<string> Metrics(string text) => [.. Regex.Matches(text, "parcours_[a-z_]+[a-z]").Select(match => Regex.Replace(match.Value, "_(bucket|sum|count)$", ""))];

        var shown = Metrics(dashboard.RootElement.ToString());

        Assert.True(shown.Count > 10);
        Assert.Empty(shown.Except(Metrics(File.ReadAllText(Repository.PathOf("docs/operations.md")).Replace("`…_", "`parcours_enrolments_", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_scripts_can_be_read_by_their_shells()
    {
        foreach (var script in (string[])["publish", "debian/build", "debian/postinst", "debian/prerm", "debian/postrm"])
        {
            var path = Repository.PathOf("packaging/" + script);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute), $"{script} cannot be run.");
            using var shell = Process.Start(Text(script).StartsWith("#!/bin/sh", StringComparison.Ordinal) ? "sh" : "bash", ["-n", path]);
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal((script, 0), (script, shell.ExitCode));
        }
    }

    [Fact]
    public async Task Systemd_is_told_when_it_listens_and_when_it_ends()
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));

        await using (var program = await ServingProgram.StartAsync(Path.Combine(folder.Path, "data"), limits: $"export NOTIFY_SOCKET={path}"))
        {
            Assert.Equal("READY=1", await HearAsync());
            Assert.Equal(0, await program.StopAsync());
            Assert.Equal("STOPPING=1", await HearAsync());
        }

        async Task<string> HearAsync()
        {
            var told = new byte[100];
            return Encoding.UTF8.GetString(told, 0, await systemd.ReceiveAsync(told, TestContext.Current.CancellationToken));
        }
    }
}
