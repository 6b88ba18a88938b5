using Parcours.Imports;

namespace Parcours.Cli;

/// <summary>The file of bad rows that a command was asked for: there when the import is over, if there are any.</summary>
sealed class ImportRejects : IDisposable
{
    readonly string? _path, _half;

    ImportRejects(string? path) => (_path, _half) = (path, path is null ? null : path + ".new");

    public bool IsWanted => _path is not null;

    public bool Kept { get; private set; }

    /// <param name="path">Null: nobody wants it.</param>
    /// <exception cref="CommandException">It cannot be written: said before anything is imported.</exception>
    public static ImportRejects For(string? path)
    {
        var rejects = new ImportRejects(path is null ? null : Path.GetFullPath(path));
        rejects.Begin()?.Dispose();
        return rejects;
    }

    /// <summary>Anew; what was written before is gone.</summary>
    public FileStream? Begin()
    {
        if (_half is null)
            return null;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new FileStream(_half, options);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--rejects: {_path} cannot be written: {refused.Message}", CommandException.AskedWrongly, refused);
        }
    }

    /// <summary>A row of which only a part went in.</summary>
    public void Add(CheckedFile file, ImportedRow row, IReadOnlyList<RowReason> reasons)
    {
        if (_half is not null)
            Rejects.Append(_half, file, row, reasons);
    }

    public void Keep(ImportRecord record)
    {
        if (record.Bad + record.Partly > 0)
            Keep();
        else if (_path is not null)
            File.Delete(_path);
    }

    public void Keep()
    {
        if (_path is null)
            return;
        File.Move(_half!, _path, overwrite: true);
        Kept = true;
    }

    public void Dispose()
    {
        if (_half is not null)
            File.Delete(_half);
    }
}
