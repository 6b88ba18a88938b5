using System.Diagnostics;
using System.Text.Json;
using Parcours.Bench.Machine;

namespace Parcours.Bench.Contenders;

/// <summary>A data folder with its keys for the load, and the program that serves it.</summary>
sealed class Installation
{
    readonly string _program;

    readonly string? _database;

    Installation(string program, string folder, string? database) => (_program, Folder, _database) = (program, folder, database);

    public string Folder { get; }
    public string DatabasePath => Path.Combine(Folder, "parcours.db");

    /// <summary>What the program said.</summary>
    public string Log => Folder + ".log";

    public List<string> IntakeKeys { get; } = [];

    /// <summary>The token by which the commands of this machine speak to the process that serves the folder; null: nobody serves it yet.</summary>
    public string? Token
    {
        get
        {
            try
            {
                using var left = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "parcours.serving")));
                return left.RootElement.EnumerateObject().First(member => member.Name.Equals("token", StringComparison.OrdinalIgnoreCase)).Value.GetString();
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>A folder that nobody has used.</summary>
    /// <param name="program">The file to execute.</param>
    /// <param name="database">A PostgreSQL database; null: SQLite in the folder.</param>
    public static Installation New(string program, string folder, string? database = null)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        File.Delete(folder + ".log");
        return new Installation(program, folder, database);
    }

    public Process Start(IEnumerable<string> arguments) => LoggedProcess.Start(Log, Line(arguments), CleanEnvironment);

    string[] Line(IEnumerable<string> arguments) => [.. _program.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", "exec", _program] : [_program], .. arguments, "--data", Folder, .. _database is null ? (string[])[] : ["--database", _database]];

    static void CleanEnvironment(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PARCOURS_", StringComparison.Ordinal) || name.StartsWith("DOTNET_gc", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        // How full the disk of this machine is must not stop the run.
        start.Environment["PARCOURS_DISK_FREE_MIN"] = "0";
    }
}
