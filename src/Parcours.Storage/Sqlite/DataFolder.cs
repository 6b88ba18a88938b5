using Parcours.Engine.Ports;

namespace Parcours.Storage.Sqlite;

/// <summary>
/// A folder that this process, and no other, has open (Semantics 15.2, 15.8). The lock goes when the process goes, however it goes.
/// </summary>
public sealed class DataFolder : IDisposable
{
    const string LockName = "parcours.lock", DatabaseName = "parcours.db";
    readonly FileStream _lock;

    DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string DatabasePath => DatabaseOf(Path);

    /// <summary>Where the database of a folder lies, whoever has it open.</summary>
    internal static string DatabaseOf(string folder) => System.IO.Path.Combine(folder, DatabaseName);

    /// <summary>Whether the folder holds anything at all; the demo begins in an empty one only.</summary>
    public static bool IsEmpty(string path) => !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();

    /// <summary>Whether some process has the folder open at this moment.</summary>
    public static bool IsInUse(string path)
    {
        var file = System.IO.Path.Combine(path, LockName);
        if (!File.Exists(file)) return false;
        try
        {
            using var probe = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Opens the folder and keeps everybody else out until it is disposed of; makes it where it is missing.</summary>
    /// <exception cref="StoreException">It is in use, read-only, or cannot be made.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        Make(path);
        var file = System.IO.Path.Combine(path, LockName);
        try
        {
            // On Unix FileShare.None is an advisory flock of the open file: the kernel drops it with the process.
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (Exception refused) when (IsWriteRefused(refused))
        {
            throw ReadOnly(path, refused);
        }
        catch (IOException locked) when (File.Exists(file))
        {
            throw new StoreException(
                StoreFailure.InUse,
                $"The data folder {path} is open in another process. Stop that process first, or give this one a folder of its own with --data.",
                locked);
        }
        catch (IOException other)
        {
            throw new StoreException(StoreFailure.NotAFolder, $"The data folder {path} cannot be used: {other.Message}", other);
        }
    }

    internal static StoreException ReadOnly(string path, Exception cause) => new(
        StoreFailure.ReadOnly,
        $"The data folder {path} is read-only. Give this user the right to write there, or name another folder with --data.",
        cause);

    static void Make(string path)
    {
        if (Directory.Exists(path)) return;
        try
        {
            // What lies in it is nobody else's on this machine.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreFailure.NotAFolder,
                $"The data folder {path} does not exist and cannot be made ({failure.Message}) Make it yourself, or name another folder with --data.",
                failure);
        }
    }

    static bool IsWriteRefused(Exception exception)
    {
        const int ReadOnlyFileSystemOnLinux = 30;
        return exception is UnauthorizedAccessException || exception is IOException && exception.HResult == ReadOnlyFileSystemOnLinux;
    }

    public void Dispose() => _lock.Dispose();
}
