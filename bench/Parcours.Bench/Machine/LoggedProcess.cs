using System.Diagnostics;

namespace Parcours.Bench.Machine;

/// <summary>A process whose output goes to a file.</summary>
static class LoggedProcess
{
    /// <summary>The shell puts the output there and is gone: no pipe that nobody reads, nothing to be read by us while something is measured.</summary>
    /// <param name="log">Added to.</param>
    /// <param name="line">The program and its arguments.</param>
    /// <param name="prepare">What else is to be said of its start.</param>
    public static Process Start(string log, IEnumerable<string> line, Action<ProcessStartInfo>? prepare = null)
    {
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", log } };
        foreach (var word in line)
            start.ArgumentList.Add(word);
        prepare?.Invoke(start);
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.ArgumentList[4]} did not start.");
    }
}
