using System.Globalization;

namespace Parcours.Bench.Machine;

/// <summary>What Linux tells of processes and of the machine.</summary>
static class Proc
{
    const double TicksPerSecond = 100;
    // User, nice, system, irq, softirq, steal: not idle, and not waiting for the disk.
    static readonly int[] BusyFields = [1, 2, 3, 6, 7, 8];

    /// <summary>Seconds of CPU, user and system, that a process, its living children and those that it has waited for have used.</summary>
    public static double Cpu(params int[] roots)
    {
        var seconds = 0.0;
        foreach (var process in Trees(roots))
            if (Stat(process) is { } stat)
                seconds += stat.Own + stat.Waited;
        return seconds;
    }

    /// <summary>Proportional set sizes of process trees in MiB: pages that are shared count once.</summary>
    public static double PssMiB(params int[] roots)
    {
        var kilobytes = 0L;
        foreach (var process in Trees(roots))
            kilobytes += Line($"/proc/{process}/smaps_rollup", "Pss:");
        return kilobytes / 1024.0;
    }

    /// <summary>The most memory that a process has held since <see cref="ForgetPeak"/>, in MiB, as the kernel knows it.</summary>
    public static double PeakRssMiB(int process) => Line($"/proc/{process}/status", "VmHWM:") / 1024.0;

    public static void ForgetPeak(int process)
    {
        try
        {
            File.WriteAllText($"/proc/{process}/clear_refs", "5");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The peak then counts from the start of the process.
        }
    }

    /// <summary>Seconds in which cores of the machine were busy, all together since boot.</summary>
    public static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return BusyFields.Sum(field => double.Parse(fields[field], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    public static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    static HashSet<int> Trees(int[] roots)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && Stat(process) is { } stat)
                parents[process] = stat.Parent;
        HashSet<int> tree = [.. roots];
        tree.IntersectWith(parents.Keys);
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var (process, parent) in parents)
                if (tree.Contains(parent))
                    grew |= tree.Add(process);
        }
        return tree;
    }

    static (int Parent, double Own, double Waited)? Stat(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            double Ticks(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), (Ticks(11) + Ticks(12)) / TicksPerSecond, (Ticks(13) + Ticks(14)) / TicksPerSecond);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static long Line(string file, string name)
    {
        try
        {
            return File.ReadLines(file).Where(line => line.StartsWith(name, StringComparison.Ordinal))
                .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)).FirstOrDefault();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
