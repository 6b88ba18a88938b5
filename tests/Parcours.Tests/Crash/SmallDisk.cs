using System.Diagnostics;

namespace Parcours.Tests.Crash;

/// <summary>A disk of its own in memory, of a fixed size. Only the superuser can make one.</summary>
sealed class SmallDisk : IDisposable
{
    SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Make(int mebibytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only the superuser of a Linux machine can mount a small disk.");
        var path = Directory.CreateTempSubdirectory("parcours-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", path);
        return new SmallDisk(path);
    }

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed.");
    }

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }
}
