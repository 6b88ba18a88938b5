using System.CommandLine;
using Parcours.Configuration;
using Parcours.Imports;

namespace Parcours.Cli;

/// <summary><c>parcours import contacts|events|enrolments</c>: what it takes.</summary>
static class ImportCommands
{
    const string Codes = "Exit code 0: all good rows are in (bad ones are told), or the file was imported before; 1: nothing was imported, or not all; 2: asked wrongly.";

    public static Command Build(Terminal terminal, ReadOnlySpan<Setting> settings) => new("import", "Take contacts or events in from a CSV file, or enter its people into a journey. Works while serve runs.")
    {
        Kind("contacts", ImportKind.Contacts, $"A row is a person. Columns are recognised by their names, or said with --map; the others become properties.\n{Codes}", terminal, settings),
        Kind("events", ImportKind.Events, $"A row is something that somebody did. Columns are recognised by their names, or said with --map; the others become properties of the event.\n{Codes}", terminal, settings),
        Kind("enrolments", ImportKind.Enrolments, $"A row is a known person who enters the journey, as by hand. Columns that say who are recognised by their names, or said with --map; the others become the journey's data.\n{Codes}", terminal, settings),
    };

    static Command Kind(string name, ImportKind kind, string description, Terminal terminal, ReadOnlySpan<Setting> settings)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file, which may be gzip; - reads standard input." };
        var map = Many("--map", "FILE|COLUMN=WHAT", "A mapping file (JSON), or what one column is: userId, email, phone, anonymousId, tags, lists, timestamp, tag:NAME, list:NAME, consent:CHANNEL/TOPIC, the name of a property (NAME or NAME:TYPE), or - to leave it out. May be given several times; see docs/imports.md.");
        var delimiter = One("--delimiter", "CHARACTER", "What separates the fields: one character, or tab. Default: found out.");
        var encoding = One("--encoding", "NAME", "The file's encoding, e.g. windows-1252. Default: UTF-8 or UTF-16, found out.");
        var mark = One("--decimal", ".|,", "The decimal mark of numbers. Default: found out column by column.");
        var dates = Many("--date-format", "PATTERN", "How dates are written, e.g. dd/MM/yyyy or \"dd/MM/yyyy HH:mm\". May be given several times; ISO 8601 is always understood.");
        var empty = new Option<EmptyCell?>("--empty") { HelpName = "keep|clear", Description = "What an empty cell does to a property. Default: keep." };
        var country = One("--country", "XX", "The country of telephone numbers without a country's code, e.g. FR.");
        var eventName = One("--event", "NAME", "The name of the events, where no column has it.");
        var journey = One("--journey", "ID", "The live journey that they enter.");
        var tags = Many("--tag", "TAG", "A tag for every contact of the file. May be given several times.");
        var lists = Many("--list", "LIST", "A list that every contact of the file joins. May be given several times.");
        var start = Flag("--start-journeys", "Let journeys start by this import, at starting points that take imports. Without it, none does.");
        var dry = Flag("--dry-run", "Check the whole file, say what would happen, and write nothing.");
        var strict = Flag("--strict", "Import nothing if one row is bad.");
        var again = Flag("--again", "Import the file although it was imported before.");
        var rejects = One("--rejects", "FILE", "Write the bad rows there, with the reasons, as a CSV file that can be corrected and imported.");
        var json = Flag("--json", "Print what came of it as one JSON object on the last line.");
        var command = new Command(name, description) { file, map, delimiter, encoding, mark, dates, empty, country };
        if (kind == ImportKind.Events)
            command.Options.Add(eventName);
        if (kind == ImportKind.Enrolments)
            command.Options.Add(journey);
        foreach (var option in kind == ImportKind.Enrolments ? (ReadOnlySpan<Option>)[] : [tags, lists, start])
            command.Options.Add(option);
        foreach (var option in (ReadOnlySpan<Option>)[dry, strict, again, rejects, json])
            command.Options.Add(option);
        command.With(settings);
        command.SetAction((parsed, cancellationToken) =>
        {
            var read = SettingOptions.Read(parsed);
            var wishes = Mapped(parsed.GetValue(map) ?? []);
            wishes = wishes with
            {
                Delimiter = parsed.GetValue(delimiter) ?? wishes.Delimiter,
                Encoding = parsed.GetValue(encoding) ?? wishes.Encoding,
                Decimal = parsed.GetValue(mark) ?? wishes.Decimal,
                DateFormats = parsed.GetValue(dates) is { Length: > 0 } formats ? formats : wishes.DateFormats,
                // Said here, it holds wherever the file is read.
                TimeZone = wishes.TimeZone ?? (read.TimeZone == NodaTime.DateTimeZone.Utc ? null : read.TimeZone.Id),
                Empty = parsed.GetValue(empty) ?? wishes.Empty,
                Country = parsed.GetValue(country) ?? wishes.Country,
                Event = (kind == ImportKind.Events ? parsed.GetValue(eventName) : null) ?? wishes.Event,
                Journey = (kind == ImportKind.Enrolments ? parsed.GetValue(journey) : null) ?? wishes.Journey,
                Tags = [.. wishes.Tags, .. (kind == ImportKind.Enrolments ? null : parsed.GetValue(tags)) ?? []],
                Lists = [.. wishes.Lists, .. (kind == ImportKind.Enrolments ? null : parsed.GetValue(lists)) ?? []],
                StartJourneys = wishes.StartJourneys || (kind != ImportKind.Enrolments && parsed.GetValue(start)),
                DryRun = wishes.DryRun || parsed.GetValue(dry),
                Strict = wishes.Strict || parsed.GetValue(strict),
                Again = wishes.Again || parsed.GetValue(again),
            };
            return ImportCommand.RunAsync(read, new(kind, parsed.GetRequiredValue(file), wishes, parsed.GetValue(rejects), parsed.GetValue(json)), terminal, cancellationToken);
        });
        return command;
    }

    static Option<string?> One(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    static Option<string[]> Many(string name, string value, string description) => new(name) { HelpName = value, Description = description, AllowMultipleArgumentsPerToken = false };

    static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>Files and single columns, in the order given: what comes later stands.</summary>
    static ImportWishes Mapped(string[] maps)
    {
        var (wishes, columns) = (new ImportWishes(), new Dictionary<string, string?>(StringComparer.Ordinal));
        foreach (var map in maps)
        {
            // The last sign, since what a column is has none in it, and a column's name may.
            var sign = map.LastIndexOf('=');
            if (sign > 0 && !File.Exists(map))
            {
                columns[map[..sign]] = map[(sign + 1)..];
                continue;
            }

            wishes = Read(map);
            foreach (var (column, target) in wishes.Columns)
                columns[column] = target;
        }

        return wishes with { Columns = columns };
    }

    static ImportWishes Read(string path)
    {
        try
        {
            return ImportWishes.Read(File.ReadAllBytes(path), path);
        }
        catch (ImportException wrong)
        {
            throw new CommandException(wrong.Message, CommandException.AskedWrongly, wrong);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--map: {path} cannot be read ({unreadable.Message.TrimEnd('.')}). Name a mapping file, or say what a column is: --map \"COLUMN=email\".", CommandException.AskedWrongly, unreadable);
        }
    }
}

/// <summary>What was asked for.</summary>
/// <param name="File"><c>-</c>: standard input.</param>
/// <param name="Rejects">Where the bad rows go; null: nowhere.</param>
/// <param name="Json">Whether a program reads the end.</param>
sealed record ImportOrder(ImportKind Kind, string File, ImportWishes Wishes, string? Rejects, bool Json);
