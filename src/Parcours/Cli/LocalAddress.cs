using System.Text.Json;

namespace Parcours.Cli;

/// <summary>Where the process that serves a data folder can be reached from this machine, and the token that proves the right to read the folder (Semantics 15.8).</summary>
/// <param name="Url">With the port that was really bound.</param>
sealed record LocalAddress(string Url, string Token)
{
    const string FileName = "parcours.serving";

    static string FileOf(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>Null: nobody serves, or has got so far.</summary>
    public static LocalAddress? Read(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(dataFolder)), LocalJson.Default.LocalAddress);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Leaves it for the commands, readable by this user alone.</summary>
    public void Leave(string dataFolder)
    {
        var (file, half) = (FileOf(dataFolder), FileOf(dataFolder) + ".new");
        File.Delete(half);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(half, options))
            JsonSerializer.Serialize(stream, this, LocalJson.Default.LocalAddress);
        File.Move(half, file, overwrite: true);
    }

    /// <summary>Takes it away: at shutdown, and at start what a process left that was killed.</summary>
    public static void Remove(string dataFolder)
    {
        try
        {
            File.Delete(FileOf(dataFolder));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The lock of the folder decides who serves; a stale address only costs the next command one try.
        }
    }
}
