using Parcours.Cli;
using Parcours.Configuration;
using Parcours.Security;
using Parcours.Storage.Sqlite;

namespace Parcours.Demo;

/// <summary><c>parcours demo</c>: a year of a shop in virtual time, then the result to look at.</summary>
static class DemoCommand
{
    // The same contacts get the same ids in every run, so splits fall the same way and two runs give the same figures.
    const long Salt = 20101201;
    const string UserEmail = "demo@example.org";

    public static async Task<int> RunAsync(Settings settings, DemoWishes wishes, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Database is not null)
            throw new CommandException($"The demo keeps its data in a folder of its own: leave {Setting.Database.Option} and {Setting.Database.Variable} out.");
        var (folder, passing) = Folder(settings, wishes);
        try
        {
            return await RunInAsync(settings with { Data = folder }, passing, wishes, terminal, cancellationToken);
        }
        finally
        {
            if (passing)
                Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<int> RunInAsync(Settings settings, bool passing, DemoWishes wishes, Terminal terminal, CancellationToken cancellationToken)
    {
        var run = new DemoRun(OrderHistory.Read());
        await using var server = await Server.OpenAsync(settings, run.Begins, Salt, cancellationToken);
        terminal.Out.WriteLine(
            $"{run.Sent:N0} orders and cancellations of {run.Contacts:N0} customers of a web shop, {run.LeftOut:N0} without a customer left out. "
            + "The data has no e-mail addresses: they are made up under example.org, and no mail leaves the sandbox.");
        terminal.Out.WriteLine(passing ? $"The data is in {settings.Data} and will be thrown away; --data DIR keeps it." : $"The data is in {settings.Data}");

        var took = await DemoProgress.ShowAsync(terminal, run.Sent, progress => run.RunAsync(server.Engine, server.Get<Api.FiguresLog>().TakeAsync, progress, cancellationToken));
        var figures = await DemoFigures.GatherAsync(server.Engine, run.Contacts, run.Sent, took, cancellationToken);
        if (!wishes.Exit)
            await ListenAsync(server, run, terminal, cancellationToken);
        if (wishes.Json)
            DemoReport.WriteJson(figures, terminal.Out);
        else
            DemoReport.WriteTable(figures, terminal.Out);
        if (!wishes.Exit)
            await server.WaitAsync(cancellationToken);
        return 0;
    }

    static async Task ListenAsync(Server server, DemoRun run, Terminal terminal, CancellationToken cancellationToken)
    {
        var user = await server.Get<Users>().AddAsync(UserEmail, password: null, UserRole.Admin, cancellationToken) is UserAnswer.Done added
            ? added.User
            : throw new CommandException($"The user {UserEmail} could not be made.");
        var path = await server.Get<OneTimeLinks>().SignInPathAsync(user, cancellationToken);
        await server.ListenAsync(cancellationToken);
        terminal.Out.WriteLine($"Look at it here (the link signs you in once): {server.Address}{path}");
        terminal.Out.WriteLine($"The clock stands at {run.Ends}; PUT {server.Address}/api/v1/clock moves it. Ctrl+C ends.");
    }

    /// <summary>The folder, and whether it goes away at the end.</summary>
    static (string Folder, bool Passing) Folder(Settings settings, DemoWishes wishes)
    {
        if (!settings.DataIsSaid)
            return (Directory.CreateTempSubdirectory("parcours-demo-").FullName, wishes.Exit);
        return DataFolder.IsEmpty(settings.Data)
            ? (settings.Data, false)
            : throw new CommandException($"The folder {settings.Data} is not empty. The demo begins in an empty one: name another with --data, or leave --data out.");
    }
}
