using Parcours.Cli;
using Spectre.Console;

namespace Parcours.Demo;

/// <summary>A progress bar on standard error, where somebody looks at it; in a script, nothing.</summary>
static class DemoProgress
{
    public static async Task<T> ShowAsync<T>(Terminal terminal, int whole, Func<Action<int>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        if (!console.Profile.Out.IsTerminal)
            return await work(_ => { });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask("A year of orders", maxValue: whole);
                return work(done => bar.Value = done);
            });
    }
}
