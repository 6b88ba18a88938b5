using System.Diagnostics;

namespace Parcours.Bench.Limits;

/// <summary>This program once more, in a process of its own.</summary>
static class Self
{
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", typeof(Self).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("This program could not be started again.");
    }
}
