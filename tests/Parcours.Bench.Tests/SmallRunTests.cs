using System.Diagnostics;
using System.Text.Json;

namespace Parcours.Bench.Tests;

/// <summary>bench/run, as small as it goes: that it still runs, and that nobody is lost. Never the times.</summary>
public sealed class SmallRunTests
{
    [Fact]
    public async Task The_smallest_run_measures_everything_and_loses_nobody()
    {
        var folder = Directory.CreateTempSubdirectory("parcours-bench-").FullName;
        try
        {
            var figures = Path.Combine(folder, "figures.json");
            var run = await RunAsync(
                "reference", "intake", "paced", "segment", "--n", "300", "--known", "300", "--passes", "1", "--paced-n", "40", "--ids", "random", "--no-warm-pass",
                "--program", Path.Combine(AppContext.BaseDirectory, "Parcours.dll"), "--folder", folder, "--json", figures);

            Assert.True(run.ExitCode == 0, run.Said);
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(figures, TestContext.Current.CancellationToken));
            var measured = json.RootElement.GetProperty("figures").EnumerateArray().ToDictionary(figure => $"{figure.GetProperty("part").GetString()}: {figure.GetProperty("name").GetString()}", figure => figure.GetProperty("value").GetDouble());
            Assert.Equal(0, measured["reference: random ids: lost, twice or to the wrong person"]);
            Assert.Equal(0, measured["paced: lost, twice or to the wrong person"]);
            Assert.Equal(0, measured["segment: members that are not as they should be"]);
            Assert.All(
                ["reference: random ids: enrolments, net", "reference: random ids: rows that stay, an enrolment", "intake: known contacts: of the loop by hand", "segment: filled over 300 contacts and 1,800 events"],
                figure => Assert.True(measured[figure] > 0, figure));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_part_that_there_is_not_is_refused()
    {
        var run = await RunAsync("referenze");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("referenze", run.Said, StringComparison.Ordinal);
    }

    static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Parcours.Bench.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
