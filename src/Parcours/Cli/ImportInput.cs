namespace Parcours.Cli;

/// <summary>The file that a command imports. What can be read only once is kept in a temporary file meanwhile, since an import reads it twice.</summary>
sealed class ImportInput : IDisposable
{
    readonly string? _temporary;

    ImportInput(string path, string name, string? temporary) => (Path, Name, _temporary) = (path, name, temporary);

    public string Path { get; }

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <exception cref="CommandException">It cannot be read.</exception>
    public static async Task<ImportInput> OpenAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (file != "-")
            {
                if (Directory.Exists(file))
                    throw new CommandException($"{file} is a folder, not a file.");
                await using var probe = File.OpenRead(file);
                if (probe.CanSeek && File.GetAttributes(file) is var kind && (kind & FileAttributes.Device) == 0)
                    return new(System.IO.Path.GetFullPath(file), System.IO.Path.GetFileName(file), null);
                return await KeepAsync(probe, System.IO.Path.GetFileName(file), cancellationToken);
            }

            await using var input = Console.OpenStandardInput();
            return await KeepAsync(input, "standard input", cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {unreadable.Message}", cause: unreadable);
        }
    }

    static async Task<ImportInput> KeepAsync(Stream input, string name, CancellationToken cancellationToken)
    {
        // Made readable by this user alone.
        var temporary = System.IO.Path.GetTempFileName();
        try
        {
            await using (var kept = File.Create(temporary))
                await input.CopyToAsync(kept, cancellationToken);
            return new(temporary, name, temporary);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public FileStream Open() => new(Path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.SequentialScan, BufferSize = 64 * 1024 });

    public void Dispose()
    {
        if (_temporary is not null)
            File.Delete(_temporary);
    }
}
