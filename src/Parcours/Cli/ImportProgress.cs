using System.Diagnostics;
using System.Globalization;
using Parcours.Imports;
using Spectre.Console;

namespace Parcours.Cli;

/// <summary>How far an import is, on standard error: a bar where somebody looks at it, else a line each five seconds, with the rate and the time left.</summary>
static class ImportProgress
{
    static readonly TimeSpan LineEach = TimeSpan.FromSeconds(5);

    /// <param name="work">Is given what to tell: what it is doing, how much of that is done (0 to 1), the rows so far and, where it is known, of how many.</param>
    public static async Task<T> ShowAsync<T>(Terminal terminal, Func<Action<ImportStatus, double, long, long>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        if (!console.Profile.Out.IsTerminal)
            return await work(Lines(terminal));
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask("Import", maxValue: 1);
                var pace = new ImportPace(TimeProvider.System);
                return work((status, share, rows, of) =>
                {
                    bar.Description = Markup.Escape(Say(status, rows, of, pace.At(status, share, rows)));
                    bar.Value = share;
                });
            });
    }

    static Action<ImportStatus, double, long, long> Lines(Terminal terminal)
    {
        var (last, pace) = (Stopwatch.StartNew(), new ImportPace(TimeProvider.System));
        return (status, share, rows, of) =>
        {
            var speed = pace.At(status, share, rows);
            if (last.Elapsed < LineEach)
                return;
            last.Restart();
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Say(status, rows, of, speed)} ({share:P0}){(speed.SecondsLeft is { } seconds ? $", about {seconds:N0} s left" : "")}"));
        };
    }

    static string Say(ImportStatus status, long rows, long of, ImportSpeed pace) => status switch
    {
        ImportStatus.Waiting => "Other imports come first",
        ImportStatus.Checking => string.Create(CultureInfo.InvariantCulture, $"Checked {rows:N0} rows, {pace.RowsPerSecond:N0} a second"),
        _ => string.Create(CultureInfo.InvariantCulture, $"Imported {rows:N0} of {of:N0} rows, {pace.RowsPerSecond:N0} a second"),
    };
}
