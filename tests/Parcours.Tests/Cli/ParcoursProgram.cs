using System.Diagnostics;

namespace Parcours.Tests.Cli;

/// <summary>The real program, as it was built, in processes of its own.</summary>
static class ParcoursProgram
{
    static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Parcours.dll");

    /// <summary>Starts it; the caller ends it.</summary>
    /// <param name="limits">Shell commands before it, such as <c>ulimit -f 2000</c>; null: none.</param>
    /// <param name="network">A network namespace in which it runs; null: the machine's own.</param>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? limits = null, string? network = null)
    {
        var start = new ProcessStartInfo(limits is not null ? "/bin/bash" : network is not null ? "ip" : "dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        IEnumerable<string> line = ["exec", Assembly, .. arguments];
        if (limits is not null)
            line = ["-c", $"{limits}; exec dotnet \"$@\"", "bash", .. line];
        else if (network is not null)
            line = ["netns", "exec", network, "dotnet", .. line];
        foreach (var argument in line)
            start.ArgumentList.Add(argument);
        // What the tests' own environment says must not reach the program.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PARCOURS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        // How full this machine's disk is must not decide what the tests see.
        start.Environment["PARCOURS_DISK_FREE_MIN"] = "0";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ran> RunAsync(IEnumerable<string> arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(arguments, environment);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ran(process.ExitCode, await output, await error);
    }

    /// <summary>What a run came to.</summary>
    public sealed record Ran(int ExitCode, string Output, string Error);
}
