using System.CommandLine;
using Parcours.Configuration;
using Parcours.Demo;
using Parcours.Security;

namespace Parcours.Cli;

/// <summary>The commands and what they take: scripts rely on these names.</summary>
static class CommandTree
{
    static readonly Setting[]
        Where = [Setting.Data, Setting.Database, Setting.Config],
        Serving = [.. Setting.All],
        Importing = [Setting.Data, Setting.Database, Setting.TimeZone, Setting.Config],
        Demonstrating = [Setting.Data, Setting.Urls, Setting.Database, Setting.PublicUrl, Setting.MailFrom, Setting.DiskFreeMin, Setting.LogLevel, Setting.Config];

    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("Parcours runs customer journeys: contacts come in, travel at their own pace, and get messages on the way.\nWithout a command it serves.").With(Serving);
        root.SetAction((parsed, cancellationToken) => ServeCommand.RunAsync(SettingOptions.Read(parsed), terminal, cancellationToken));
        root.Subcommands.Add(Serve(terminal));
        root.Subcommands.Add(Demo(terminal));
        root.Subcommands.Add(Validate(terminal));
        root.Subcommands.Add(ImportCommands.Build(terminal, Importing));
        root.Subcommands.Add(Key(terminal));
        root.Subcommands.Add(User(terminal));
        root.Subcommands.Add(Team(terminal));
        root.Subcommands.Add(LinkKey(terminal));
        root.Subcommands.Add(Sending(terminal));
        root.Subcommands.Add(Nodes(terminal));
        root.Subcommands.Add(Doctor(terminal));
        root.Subcommands.Add(Retention.ArchiveCommand.Build(terminal, Where));
        foreach (var command in BackupCommands.Build(terminal, Where))
            root.Subcommands.Add(command);
        return root;
    }

    static Command Serve(Terminal terminal)
    {
        var serve = new Command("serve", "Serve the data folder: the engine, the intake and the API, until SIGINT or SIGTERM.").With(Serving);
        serve.SetAction((parsed, cancellationToken) => ServeCommand.RunAsync(SettingOptions.Read(parsed), terminal, cancellationToken));
        return serve;
    }

    static Command Demo(Terminal terminal)
    {
        var exit = new Option<bool>("--exit") { Description = "End after the table; without --data, the data is thrown away." };
        var json = new Option<bool>("--json") { Description = "Print the figures as one JSON object on the last line, instead of the table." };
        var demo = new Command(
            "demo",
            "Run three journeys over a year of a real web shop's orders, in virtual time, then serve what came of it.\n"
            + "--data must name an empty folder or one that does not exist; without it a new temporary folder is made.\n"
            + "No mail leaves: all are kept in the sandbox mailbox. The data has no e-mail addresses; they are made up under example.org.").With(Demonstrating);
        demo.Options.Add(exit);
        demo.Options.Add(json);
        demo.SetAction((parsed, cancellationToken) =>
            DemoCommand.RunAsync(SettingOptions.Read(parsed), new DemoWishes(parsed.GetValue(exit), parsed.GetValue(json)), terminal, cancellationToken));
        return demo;
    }

    static Command Validate(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A journey definition (JSON); - reads standard input." };
        var json = new Option<bool>("--json") { Description = "Print the problems as one JSON object." };
        var validate = new Command("validate", "Check a journey definition. Prints every problem with its place; exit code 0: none that forbids going live, 1: errors.") { file, json };
        validate.SetAction((parsed, cancellationToken) => ValidateCommand.RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(json), terminal, cancellationToken));
        return validate;
    }

    static Command Key(Terminal terminal)
    {
        var name = new Option<string>("--name") { Required = true, HelpName = "NAME", Description = "What the key is for." };
        var scope = new Option<KeyScope>("--scope")
        {
            Required = true,
            HelpName = "intake|public|admin|read",
            Description = "intake: servers that send events. public: web pages and apps that send events, with narrow rights. admin: all of the API. read: reading the API.",
            CustomParser = Choice<KeyScope>,
        };
        var add = new Command("add", "Make a key and print it, alone, on standard output. It is shown only now. Works while serve runs.") { name, scope }.With(Where);
        add.SetAction((parsed, cancellationToken) =>
            LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.AddKey(parsed.GetRequiredValue(name), parsed.GetRequiredValue(scope)), terminal, cancellationToken));

        var list = new Command("list", "List the keys: id, scope, last four characters, day of making, name.").With(Where);
        list.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.ListKeys(), terminal, cancellationToken));

        var id = new Argument<string>("ID") { Description = "The key's id, as key list shows it." };
        var revoke = new Command("revoke", "Make a key useless, for good.") { id }.With(Where);
        revoke.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.RevokeKey(parsed.GetRequiredValue(id)), terminal, cancellationToken));

        return new Command("key", "Keys for programs: the intake and the API.") { add, list, revoke };
    }

    static Command User(Terminal terminal)
    {
        var email = new Option<string>("--email") { Required = true, HelpName = "E", Description = "The address with which the user signs in." };
        var role = new Option<UserRole>("--role") { HelpName = "admin", Description = "What the user may do. Default: admin.", CustomParser = Choice<UserRole> };
        var add = new Command("add", "Add a user. The password is the first line of standard input. Works while serve runs.") { email, role }.With(Where);
        add.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = SettingOptions.Read(parsed);
            var password = await Passwords.ReadAsync(terminal, cancellationToken);
            return await LocalCommand.RunAsync(settings, new LocalOrder.AddUser(parsed.GetRequiredValue(email), password, parsed.GetValue(role)), terminal, cancellationToken);
        });

        var list = new Command("list", "List the users: e-mail address, role, day of making.").With(Where);
        list.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.ListUsers(), terminal, cancellationToken));

        return new Command("user", "People who sign in.") { add, list };
    }

    static Command Team(Terminal terminal)
    {
        var list = new Command("list", "List the teams: name, members.").With(Where);
        list.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.ListTeams(), terminal, cancellationToken));

        var name = new Argument<string>("NAME") { Description = "The team's name." };
        var member = new Option<string[]>("--member") { HelpName = "E", Description = "The e-mail address of a user; once for each. Without it, the team has nobody.", AllowMultipleArgumentsPerToken = true };
        var set = new Command("set", "Make a team, or say anew who is in it. Wants serve to run.") { name, member }.With(Where);
        set.SetAction((parsed, cancellationToken) =>
            LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.SetTeam(parsed.GetRequiredValue(name), parsed.GetValue(member) ?? []), terminal, cancellationToken));

        var remove = new Command("remove", "Take a team away; refused while a live journey names it. Wants serve to run.") { name }.With(Where);
        remove.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.RemoveTeam(parsed.GetRequiredValue(name)), terminal, cancellationToken));

        return new Command("team", "Users who have tasks and are told things together.") { list, set, remove };
    }

    static Command LinkKey(Terminal terminal)
    {
        var add = new Command("add", "Make a key that signs the links in mails from some seconds on, and print its number. Links that other keys have signed go on working.").With(Where);
        add.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.AddLinkKey(), terminal, cancellationToken));

        var list = new Command("list", "List them: number, day of making, whether it signs, verifies or is revoked.").With(Where);
        list.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.ListLinkKeys(), terminal, cancellationToken));

        var number = new Argument<int>("NUMBER") { Description = "The key's number, as link-key list shows it." };
        var revoke = new Command("revoke", "End a key, for good: every link that it signed, in mails that were ever sent, is answered by 410, those to unsubscribe among them. Only where a key got into wrong hands.") { number }.With(Where);
        revoke.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.RevokeLinkKey(parsed.GetRequiredValue(number)), terminal, cancellationToken));

        return new Command("link-key", "Keys that sign the links in mails.") { add, list, revoke };
    }

    static Command Sending(Terminal terminal)
    {
        var status = new Command("status", "Say whether messages leave, and how many wait.").With(Where);
        status.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.ShowSending(), terminal, cancellationToken));

        var hold = new Command("hold", "Hand nothing to any provider from here on; messages are decided and wait. Works while serve runs.").With(Where);
        hold.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.HoldSending(), terminal, cancellationToken));

        var discard = new Option<bool>("--discard") { Description = "What waits by now is skipped, and only what is decided later leaves. Wants serve to run." };
        var release = new Command("release", "Let messages leave again: after a restore, when it is decided what of the unsent may still go.") { discard }.With(Where);
        release.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(SettingOptions.Read(parsed), new LocalOrder.ReleaseSending(parsed.GetValue(discard)), terminal, cancellationToken));

        return new Command("sending", "Whether messages leave. After a restore they do not, until somebody says so.") { status, hold, release };
    }

    static Command Nodes(Terminal terminal)
    {
        var nodes = new Command("nodes", "List the nodes that serve a PostgreSQL database: name, address, version, since when, on how many partitions each works, who leads, and what waits.").With(Where);
        nodes.SetAction((parsed, cancellationToken) => NodesCommand.RunAsync(SettingOptions.Read(parsed), terminal, cancellationToken));
        return nodes;
    }

    static Command Doctor(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print the findings as one JSON array." };
        var doctor = new Command("doctor", "Look at everything that the installation rests on: settings, folder, disk, database, clocks, backups, mail, addresses. Changes nothing; works while serve runs. Exit code 0: nothing is wrong, 1: something is.") { json }.With(Serving);
        doctor.SetAction((parsed, cancellationToken) => Parcours.Doctor.DoctorCommand.RunAsync(() => SettingOptions.Read(parsed), parsed.GetValue(json), terminal, cancellationToken));
        return doctor;
    }

    static T Choice<T>(System.CommandLine.Parsing.ArgumentResult said)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        if (said.Tokens is [var token] && names.IndexOf(token.Value) is >= 0 and var index)
            return Enum.GetValues<T>()[index];
        said.AddError($"'{string.Join(' ', said.Tokens)}' is none of {string.Join(", ", names)}.");
        return default;
    }
}
