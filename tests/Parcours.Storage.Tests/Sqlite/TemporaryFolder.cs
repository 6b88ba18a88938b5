namespace Parcours.Storage.Tests.Sqlite;

/// <summary>A folder of its own for a test, gone with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    // Where there is a file system in memory the suite need not wait for a disk: what a crash leaves is tried on copies anyway.
    static readonly string Parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(Parent, $"parcours-{Guid.NewGuid():N}")).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>What a crash at this moment would leave: the files as they are, without the writer's farewell.</summary>
    public TemporaryFolder CopyAsAfterACrash()
    {
        var copy = new TemporaryFolder();
        // The index of the log (-shm) is memory that a crashed machine does not keep; the log itself is.
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)))
            System.IO.File.Copy(file, copy.File(System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
