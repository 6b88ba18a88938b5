using System.Diagnostics;

namespace Parcours.Bench.Contenders;

/// <summary>A data folder with its keys, and the program that serves it.</summary>
sealed class Installation
{
    readonly string _program;

    Installation(string program, string folder) => (_program, Folder) = (program, folder);

    public string Folder { get; }
    public string DatabasePath => Path.Combine(Folder, "parcours.db");

    /// <summary>What the program said.</summary>
    public string Log => Folder + ".log";

    public string? AdminKey { get; private set; }
    public List<string> IntakeKeys { get; } = [];
    public bool KnowsSmtp { get; private set; }

    /// <summary>A new, empty folder.</summary>
    /// <param name="program">The file to execute.</param>
    public static async Task<Installation> MakeAsync(string program, string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        File.Delete(folder + ".log");
        var installation = new Installation(program, folder);
        installation.AdminKey = (await installation.RunAsync(["key", "add", "--name", "bench", "--scope", "admin"], cancellationToken)).Trim();
        installation.KnowsSmtp = (await installation.RunAsync(["serve", "--help"], cancellationToken)).Contains("--smtp-url", StringComparison.Ordinal);
        return installation;
    }

    /// <summary>A folder that nobody has used, without a key: for measuring the start.</summary>
    public static Installation Empty(string program, string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return new Installation(program, folder);
    }

    public Process Start(IEnumerable<string> arguments)
    {
        // The shell puts its output into a file and is gone: no pipe that nobody reads, nothing to be read by us while it is measured.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", Log } };
        foreach (var argument in Line(arguments))
            start.ArgumentList.Add(argument);
        CleanEnvironment(start);
        return Process.Start(start) ?? throw new InvalidOperationException("Parcours did not start.");
    }

    async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        var line = Line(arguments);
        start.FileName = line[0];
        foreach (var argument in line[1..])
            start.ArgumentList.Add(argument);
        CleanEnvironment(start);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Parcours did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"parcours {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    string[] Line(IEnumerable<string> arguments) => [.. _program.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", "exec", _program] : [_program], .. arguments, "--data", Folder];

    static void CleanEnvironment(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PARCOURS_", StringComparison.Ordinal) || name.StartsWith("DOTNET_gc", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        // How full the disk of this machine is must not stop the run.
        start.Environment["PARCOURS_DISK_FREE_MIN"] = "0";
    }
}
