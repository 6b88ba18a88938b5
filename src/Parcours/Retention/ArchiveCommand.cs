using System.CommandLine;
using System.Globalization;
using NodaTime;
using Parcours.Cli;
using Parcours.Configuration;

namespace Parcours.Retention;

/// <summary><c>parcours archive</c>: copies history into CSV files, and drops it where that is asked for.</summary>
static class ArchiveCommand
{
    public static Command Build(Terminal terminal, Setting[] where)
    {
        var to = new Argument<string>("DIR") { Description = "The folder of the archive; files in it are added to." };
        var before = new Option<string>("--before") { Required = true, HelpName = "DATE", Description = "What was received, or decided, before this day (UTC), e.g. 2025-01-01." };
        var drop = new Option<bool>("--drop") { Description = "Drop what was copied. Events that are gone count in no condition made later." };
        var archive = new Command("archive", "Copy events and messages into CSV files, one a month and kind. With SQLite nobody may serve meanwhile: there, serve does it by itself with --keep-events, --keep-messages and --archive.") { to, before, drop }.With(where);
        archive.SetAction((parsed, cancellationToken) => RunAsync(SettingOptions.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(to)), parsed.GetRequiredValue(before), parsed.GetValue(drop), terminal, cancellationToken));
        return archive;
    }

    static async Task<int> RunAsync(Settings settings, string folder, string before, bool drop, Terminal terminal, CancellationToken cancellationToken)
    {
        if (NodaTime.Text.LocalDatePattern.Iso.Parse(before) is not { Success: true, Value: var day })
            throw new CommandException($"--before: \"{before}\" is no day. Say for example 2025-01-01.", CommandException.AskedWrongly);
        var at = day.AtMidnight().InUtc().ToInstant();
        if (drop && at > SystemClock.Instance.GetCurrentInstant() - Duration.FromDays(RetentionRules.DaysLeast))
            throw new CommandException($"--before: what is younger than {RetentionRules.DaysLeast} days is not dropped. Say an earlier day.", CommandException.AskedWrongly);
        await using var store = await DataStore.OpenAsync(settings, salt: null, node: null, cancellationToken);
        // On PostgreSQL beside whoever works: history is nobody's.
        var partitions = settings.Database is null ? Journeys.Contacts.PartitionSet.All : Journeys.Contacts.PartitionSet.None;
        var pruning = new Pruning(store.Queries, !drop ? null : async (write, cancellation) =>
        {
            await using var unit = await store.BeginAsync(partitions, cancellation);
            await write(unit);
            await unit.CommitAsync(cancellation);
        });
        var archive = new Archive(folder);
        var events = await pruning.EventsAsync(at, archive, cancellationToken);
        var messages = await pruning.MessagesAsync(at, archive, cancellationToken);
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events} events and {messages} messages {(drop ? "moved" : "copied")} to {folder}"));
        return 0;
    }
}
