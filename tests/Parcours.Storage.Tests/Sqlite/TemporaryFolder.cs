namespace Parcours.Storage.Tests.Sqlite;

/// <summary>A folder of its own for a test, gone with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parcours-").FullName;

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
