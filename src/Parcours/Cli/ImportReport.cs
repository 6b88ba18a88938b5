using System.Globalization;
using System.Text.Json;
using Parcours.Imports;

namespace Parcours.Cli;

/// <summary>What came of an import, told: bad rows and reasons on standard error, the sum on standard output.</summary>
static class ImportReport
{
    /// <returns>The exit code.</returns>
    public static int Tell(ImportView import, ImportOrder order, Terminal terminal)
    {
        if (import.Error?.Code is null or "import.strict")
            TellBad(import, order, terminal.Error);
        if (order.Json)
            terminal.Out.WriteLine(JsonSerializer.Serialize(import, ImportJson.Default.ImportView));
        if (import.Error is { } error)
        {
            terminal.Error.WriteLine($"parcours: {import.File}: {error.Text.ReplaceLineEndings(" ")}");
            return error.Code == "import.already" ? 0 : CommandException.Failed;
        }

        if (!order.Json)
            terminal.Out.WriteLine(Sum(import));
        if (import.Status is ImportStatus.Done or ImportStatus.Checked)
            return 0;
        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"parcours: The import was stopped at row {import.Processed} of {import.Rows}. The same command goes on with it."));
        return CommandException.Failed;
    }

    static void TellBad(ImportView import, ImportOrder order, TextWriter error)
    {
        foreach (var example in import.Examples)
            error.WriteLine($"line {example.Line}: {example.Text.ReplaceLineEndings(" ")}");
        if (import.Bad > import.Examples.Count)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {import.Bad - import.Examples.Count:N0} more bad rows. By reason:"));
            foreach (var group in import.Groups)
                error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Rows,9:N0}  {group.Code}{(group.Column.Length > 0 ? $" ({group.Column})" : "")}"));
        }

        if (import.Partly > 0)
            error.WriteLine(import.Kind == ImportKind.Enrolments
                ? string.Create(CultureInfo.InvariantCulture, $"{import.Partly:N0} did not enter; --rejects FILE says who, and why.")
                : string.Create(CultureInfo.InvariantCulture, $"Of {import.Partly:N0} rows a part was not taken; --rejects FILE says which."));
        if (import.HasRejects && order.Rejects is not null)
            error.WriteLine($"The rows with their reasons are in {order.Rejects}.");
    }

    static string Sum(ImportView import)
    {
        var what = import.Kind switch { ImportKind.Contacts => "contacts", ImportKind.Enrolments => "enrolments", _ => "events" };
        if (import.Status == ImportStatus.Checked)
        {
            var columns = string.Concat(import.Mapping.Select(column => $"\n  {column.Column} → {column.Words}"));
            return string.Create(CultureInfo.InvariantCulture,
                $"{import.File}: {import.Rows:N0} rows of {what}, {import.Rows - import.Bad:N0} good, {import.Bad:N0} bad; nothing was written. Read as {import.Encoding}, fields separated by {import.Delimiter}; columns:{columns}");
        }

        if (import.Kind == ImportKind.Enrolments)
            return string.Create(CultureInfo.InvariantCulture,
                $"{import.File}: {import.Rows:N0} rows, {import.Entered:N0} entered {import.Wishes.Journey}, {import.Partly:N0} did not, {import.Bad:N0} bad{(import.Duplicates > 0 ? $", {import.Duplicates:N0} seen before" : "")}.");
        return string.Create(CultureInfo.InvariantCulture,
            $"{import.File}: {import.Rows:N0} rows of {what}, {import.Imported:N0} imported, {import.Bad:N0} bad{(import.Duplicates > 0 ? $", {import.Duplicates:N0} seen before" : "")}{(import.Kind == ImportKind.Contacts && import.Imported > 0 ? $"; {import.Made:N0} new, {import.Updated:N0} updated, {import.Unchanged:N0} as they were" : "")}.");
    }
}
