using Microsoft.Extensions.Hosting.Systemd;
using Parcours.Configuration;
using Parcours.Engine.Catalogues;
using Parcours.Security;

namespace Parcours.Cli;

/// <summary><c>parcours serve</c>: until somebody ends it.</summary>
static class ServeCommand
{
    public static async Task<int> RunAsync(Settings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        // What is wrong with it is told before the folder is opened.
        _ = settings.Smtp.Value;
        await using var server = await Server.OpenAsync(settings, settings.TestClock, salt: null, cancellationToken);
        await server.ListenAsync(cancellationToken);
        var leads = server.Engine.WorkedOnBy is null;
        terminal.Out.WriteLine($"Parcours serves {(settings.Database is null ? settings.Data : "its database")} at {server.Address}{(leads ? "" : ", beside the node that leads")}");
        if (settings.TestClock is not null)
            terminal.Out.WriteLine($"The clock is a test clock: it stands at {server.Engine.Now} and moves only by PUT {server.Address}/api/v1/clock");
        if (await Api.SendingView.SendingAsync(server.Engine.Queries, CancellationToken.None) is { Held: true } held)
            terminal.Out.WriteLine($"Sending is held since {held.At}{(held.Why == SendingRecord.Restored ? ", when a backup was restored" : "")}: messages wait. Let them go with parcours sending release, or in the application");
        // Without the token: who ends a server that listens already ends it well, also before it has said this.
        if (leads && await server.Get<OneTimeLinks>().SetUpPathAsync(server.Get<Users>(), CancellationToken.None) is { } path)
            terminal.Out.WriteLine($"Nobody can sign in yet. Make the first administrator here (the link works once): {server.Address}{path}");
        // Where systemd started it; else nobody is told.
        var systemd = new SystemdNotifier();
        systemd.Notify(ServiceState.Ready);
        await server.WaitAsync(cancellationToken);
        systemd.Notify(ServiceState.Stopping);
        return 0;
    }
}
