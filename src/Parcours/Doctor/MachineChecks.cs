using System.Globalization;
using NodaTime;
using Parcours.Configuration;

namespace Parcours.Doctor;

/// <summary>The data folder, its disk, and what the system allows the process.</summary>
static class MachineChecks
{
    /// <summary>Each connection is an open file, and so is each of a few hundred of SQLite and the runtime.</summary>
    const int OpenFilesLeast = 4_096;

    public static IEnumerable<Finding> Of(Settings settings)
    {
        yield return Folder(settings.Data);
        if (Directory.Exists(settings.Data))
            yield return Disk(settings);
        if (OpenFiles() is { } files)
            yield return files < OpenFilesLeast
                ? Finding.Warn("limits", $"A process may have {files} files open here, connections included. Allow {OpenFilesLeast} or more (LimitNOFILE of systemd, ulimit -n).")
                : Finding.Ok("limits", $"A process may have {files} files open.");
        yield return Finding.Ok("time-zones", $"{DateTimeZoneProviders.Tzdb.VersionId}; the installation's zone is {settings.TimeZone.Id}.");
    }

    static Finding Folder(string folder)
    {
        const string Check = "data-folder";
        if (!Directory.Exists(folder))
            return Finding.Warn(Check, $"{folder} does not exist; the first start makes it.");
        try
        {
            // A name of its own: who serves must not meet it.
            var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Finding.Problem(Check, $"{folder} cannot be written by {Environment.UserName}: {refused.Message} Run doctor as the user who serves, or give that one the right to write there.");
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0
            ? Finding.Warn(Check, $"Others on this machine can look into {folder}, which holds addresses. chmod o= it.")
            : Finding.Ok(Check, $"{folder} can be written.");
    }

    static Finding Disk(Settings settings)
    {
        const string Check = "disk";
        var disk = new DriveInfo(settings.Data);
        var free = disk.TotalSize == 0 ? 1 : disk.AvailableFreeSpace / (double)disk.TotalSize;
        var said = string.Create(CultureInfo.InvariantCulture, $"{disk.AvailableFreeSpace / 1e9:0.0} GB of {disk.TotalSize / 1e9:0.0} GB are free ({free:P0}).");
        return free < settings.DiskFreeMin && settings.Database is null
            ? Finding.Problem(Check, $"{said} Under {settings.DiskFreeMin:P0} nothing is taken in ({Setting.DiskFreeMin.Option}). Make room.")
            : free < 2 * settings.DiskFreeMin ? Finding.Warn(Check, $"{said} Make room before it is under {settings.DiskFreeMin:P0}.") : Finding.Ok(Check, said);
    }

    /// <returns>Null: the system does not tell.</returns>
    static long? OpenFiles()
    {
        const string Line = "Max open files";
        try
        {
            var said = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
            return long.TryParse(said?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), out var most) ? most : null;
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
