using System.CommandLine;
using System.Globalization;
using NodaTime.Extensions;
using Parcours.Configuration;
using Parcours.Journeys.Contacts;
using Parcours.Security;
using Parcours.Storage.Copying;

namespace Parcours.Cli;

/// <summary><c>backup</c>, <c>restore</c> and <c>migrate</c>: an installation as a whole.</summary>
static class BackupCommands
{
    public static IEnumerable<Command> Build(Terminal terminal, Setting[] where)
    {
        var to = new Argument<string>("FILE") { Description = "The file to make. It must not exist." };
        var backup = new Command("backup", "Copy everything into one file, as of one instant. Works while serve runs. The file is a database of SQLite, whatever store it was made of.") { to }.With(where);
        backup.SetAction((parsed, cancellationToken) => BackUpAsync(SettingOptions.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(to)), terminal, cancellationToken));
        yield return backup;

        var from = new Argument<string>("FILE") { Description = "A file that backup has made." };
        var restore = new Command("restore", "Put a backup into a data folder, or into a PostgreSQL database, that holds nothing yet. Nothing is ever written over.") { from }.With(where);
        restore.SetAction((parsed, cancellationToken) => RestoreAsync(SettingOptions.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(from)), terminal, cancellationToken));
        yield return restore;

        var target = new Option<string>("--to") { Required = true, HelpName = "postgres|sqlite", Description = "postgres: from the data folder into the database. sqlite: from the database into the data folder." };
        target.AcceptOnlyFromAmong("postgres", "sqlite");
        var migrate = new Command("migrate", "Move everything between the data folder and the PostgreSQL database, and compare it row by row. Nobody may serve meanwhile; the target must be empty; the source stays as it is.") { target }.With(where);
        migrate.SetAction((parsed, cancellationToken) => MigrateAsync(SettingOptions.Read(parsed), parsed.GetRequiredValue(target) == "postgres", terminal, cancellationToken));
        yield return migrate;
    }

    static async Task<int> BackUpAsync(Settings settings, string file, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Database is { } database)
            Tell(terminal, await Backup.OfDatabaseAsync(database, file, cancellationToken));
        else
            Backup.OfFolder(settings.Data, file);
        var bytes = new FileInfo(file).Length;
        new Doctor.LastBackup(DateTimeOffset.UtcNow, file, bytes).Note(settings.Data);
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {bytes} bytes"));
        if (KeyFile(settings) is { } key && File.Exists(key))
            terminal.Out.WriteLine($"Its secrets are sealed; the key is not in it: keep a copy of {key} somewhere else.");
        return 0;
    }

    static async Task<int> RestoreAsync(Settings settings, string file, Terminal terminal, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow().ToInstant().Truncate();
        Tell(terminal, settings.Database is { } database ? await Backup.IntoDatabaseAsync(file, database, now, cancellationToken) : await Backup.IntoFolderAsync(file, settings.Data, now, cancellationToken));
        terminal.Out.WriteLine($"Restored into {(settings.Database is null ? settings.Data : "the database")}; all rows are as in the backup. Start it with parcours serve.");
        terminal.Out.WriteLine("Sending is held: what was sent since the backup was made is not known. Look at what waits, then say parcours sending release, with --discard where it may not go any more.");
        if (KeyFile(settings) is not { } key)
            terminal.Out.WriteLine($"If its secrets are sealed, name the file with their key by {Setting.SecretsKeyFile.Option} before.");
        else if (!File.Exists(key))
            terminal.Out.WriteLine($"If its secrets are sealed, put their key into {key} before.");
        return 0;
    }

    static async Task<int> MigrateAsync(Settings settings, bool toPostgres, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Database is not { } database)
            throw new CommandException($"Name the PostgreSQL database with {Setting.Database.Option}, and the data folder with {Setting.Data.Option}.", CommandException.AskedWrongly);
        Tell(terminal, toPostgres ? await Backup.FolderToDatabaseAsync(settings.Data, database, cancellationToken) : await Backup.DatabaseToFolderAsync(database, settings.Data, cancellationToken));
        terminal.Out.WriteLine($"All rows are the same on both sides. From now on serve {(toPostgres ? "the database" : "the data folder alone")}: what comes in at the other would be missing here.");
        if (toPostgres && settings.SecretsKeyFile is null)
            terminal.Out.WriteLine($"Sealed secrets came as they are: serve with {Setting.SecretsKeyFile.Option} and a copy of {Path.Combine(settings.Data, SealingKeys.FileName)}.");
        else if (!toPostgres && settings.SecretsKeyFile is null)
            terminal.Out.WriteLine($"Sealed secrets came as they are: put their key into {Path.Combine(settings.Data, SealingKeys.FileName)} before the first start.");
        return 0;
    }

    /// <summary>Null: nothing is sealed.</summary>
    static string? KeyFile(Settings settings) => settings.SecretsKeyFile ?? (settings.Database is null ? Path.Combine(settings.Data, SealingKeys.FileName) : null);

    static void Tell(Terminal terminal, IReadOnlyList<CopiedTable> tables)
    {
        foreach (var table in tables)
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Name,-16} {table.Rows,12}"));
    }
}
