using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Storage.Postgres;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Copying;

/// <summary>
/// A backup is a database of SQLite, whatever store it was made of: one file that can be restored into either, or served as it is. What is copied from store to store is compared, row by row, before it counts.
/// </summary>
public static class Backup
{
    /// <summary>Copies a database of SQLite page by page, as of one instant; whoever serves it goes on.</summary>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="StoreException">It cannot be read, or the file cannot be written.</exception>
    public static void OfFolder(string folder, string file)
    {
        Make(file, half =>
        {
            using var from = SqliteSettings.OpenReader(DataFolder.DatabaseOf(folder));
            using var to = SqliteConnection.Open(half, readOnly: false);
            to.CopyFrom(from);
            if (to.Scalar("SELECT count(*) FROM pragma_quick_check WHERE quick_check <> 'ok'") is not 0) throw new StoreException(StoreFailure.Corrupt, $"The database in {folder} is damaged: a copy of it does not pass SQLite's check. Restore an earlier backup.");
        });
    }

    /// <summary>Reads a database of PostgreSQL as of one instant; whoever serves it goes on.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> OfDatabaseAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        IReadOnlyList<CopiedTable> copied = [];
        await MakeAsync(file, async half =>
        {
            await using var from = await PostgresCopy.OpenAsync(connectionString, isAlone: false, cancellationToken);
            copied = await IntoFileAsync(from, half, cancellationToken);
        });
        return copied;
    }

    /// <summary>Puts a backup into a folder that has no database yet, and compares what lies there with it, row by row. Sending is held in what was restored.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> IntoFolderAsync(string file, string folder, Instant now, CancellationToken cancellationToken)
    {
        Check(file);
        IReadOnlyList<CopiedTable> restored = [];
        using var held = DataFolder.Open(folder);
        // It is there when it is known to be good, and not before.
        await FromAsync(file, EmptyOf(held) + ".restoring", now, from => MakeAsync(EmptyOf(held), async half =>
        {
            File.Copy(file, half);
            await using var to = SqliteCopy.Open(half);
            if (!to.IsSound()) throw new StoreException(StoreFailure.Corrupt, $"{file} is damaged: what was restored of it does not pass SQLite's check. Use an earlier backup.");
            to.Put(await from.HoldAsync(cancellationToken));
            restored = await StoreCopy.CompareAsync(from, to, cancellationToken);
        }));
        return restored;
    }

    /// <summary>Puts a backup into a database of PostgreSQL that is empty, likewise.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> IntoDatabaseAsync(string file, string connectionString, Instant now, CancellationToken cancellationToken)
    {
        Check(file);
        IReadOnlyList<CopiedTable> restored = [];
        await FromAsync(file, file + ".restoring", now, async from =>
        {
            await using var to = await PostgresCopy.OpenEmptyAsync(connectionString, cancellationToken);
            restored = await StoreCopy.CopyAsync(from, to, cancellationToken);
        });
        return restored;
    }

    /// <summary>Reads a copy of a backup: it may have to be brought to the newest schema, and the backup stays as it is.</summary>
    static async Task FromAsync(string file, string copy, Instant now, Func<HeldSource, Task> read)
    {
        try
        {
            File.Copy(file, copy, overwrite: true);
            await using var from = new HeldSource(SqliteCopy.Open(copy), now);
            await read(from);
        }
        finally
        {
            foreach (var part in (string[])["", "-wal", "-shm"]) File.Delete(copy + part);
        }
    }

    /// <summary>How many rows of each table there are, and one number a table that another row would change.</summary>
    /// <param name="isFile">A backup, or a database of SQLite that nobody serves; else a connection string of PostgreSQL.</param>
    internal static async Task<IReadOnlyList<TableDigest>> DigestAsync(string where, bool isFile, CancellationToken cancellationToken)
    {
        await using ICopySource source = isFile ? SqliteCopy.Open(where) : await PostgresCopy.OpenAsync(where, isAlone: false, cancellationToken);
        return await StoreCopy.DigestAsync(source, cancellationToken);
    }

    /// <summary>Moves an installation from a data folder into a database of PostgreSQL that is empty. Nobody may serve either; the folder stays as it is.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> FolderToDatabaseAsync(string folder, string connectionString, CancellationToken cancellationToken)
    {
        using var held = DataFolder.Open(folder);
        if (!File.Exists(held.DatabasePath)) throw new StoreException(StoreFailure.NotAFolder, $"There is no database in {folder}. Name the data folder that was served.");
        await using var from = SqliteCopy.Open(held.DatabasePath);
        await using var to = await PostgresCopy.OpenEmptyAsync(connectionString, cancellationToken);
        return await StoreCopy.CopyAsync(from, to, cancellationToken);
    }

    /// <summary>The way back.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> DatabaseToFolderAsync(string connectionString, string folder, CancellationToken cancellationToken)
    {
        IReadOnlyList<CopiedTable> copied = [];
        using var held = DataFolder.Open(folder);
        await MakeAsync(EmptyOf(held), async half =>
        {
            await using var from = await PostgresCopy.OpenAsync(connectionString, isAlone: true, cancellationToken);
            copied = await IntoFileAsync(from, half, cancellationToken);
        });
        return copied;
    }

    static async Task<IReadOnlyList<CopiedTable>> IntoFileAsync(ICopySource from, string file, CancellationToken cancellationToken)
    {
        await using var to = SqliteCopy.Create(file);
        return await StoreCopy.CopyAsync(from, to, cancellationToken);
    }

    static string EmptyOf(DataFolder folder) =>
        File.Exists(folder.DatabasePath) ? throw new StoreException(StoreFailure.InUse, $"The folder {folder.Path} holds a database already, and nothing is written over it. Name another folder.") : folder.DatabasePath;

    static void Check(string file)
    {
        try
        {
            using var connection = SqliteConnection.Open(file, readOnly: true);
            if (Sqlite.Schema.Version(connection) > 0) return;
        }
        catch (SqliteException)
        {
            // As below.
        }

        throw new StoreException(StoreFailure.Corrupt, $"{file} is no backup of Parcours, or cannot be read. Name a file that parcours backup has made.");
    }

    static void Make(string file, Action<string> make) => MakeAsync(file, half =>
    {
        make(half);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <summary>A file is there whole, or not at all.</summary>
    static async Task MakeAsync(string file, Func<string, Task> make)
    {
        if (File.Exists(file)) throw new StoreException(StoreFailure.InUse, $"{file} is there already, and nothing is written over it. Name another file.");
        var half = file + ".part";
        try
        {
            File.Delete(half);
            await make(half);
            using (var stream = new FileStream(half, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(flushToDisk: true);
            File.Move(half, file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw failure is SqliteException sqlite ? Sqlite.StoreFailures.Of(sqlite, file) : new StoreException(StoreFailure.Other, $"{file} cannot be written: {failure.Message}", failure);
        }
        finally
        {
            foreach (var part in (string[])["", "-wal", "-shm"]) File.Delete(half + part);
        }
    }
}
