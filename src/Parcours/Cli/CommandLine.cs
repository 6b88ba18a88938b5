using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using Parcours.Configuration;
using Parcours.Engine.Ports;

namespace Parcours.Cli;

/// <summary>Runs what was typed. Whatever goes wrong is one line on standard error and an exit code, never a stack trace.</summary>
static class CommandLine
{
    const string Name = "parcours";

    /// <returns>0: done; 1: failed; 2: asked wrongly.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        using var interruption = new Interruption();
        var parsed = CommandTree.Build(terminal).Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            var path = string.Join(' ', CommandsOf(parsed).Prepend(Name));
            return Refuse(terminal, $"{parsed.Errors[0].Message.TrimEnd()} See: {path} --help", CommandException.AskedWrongly);
        }

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Out, Error = terminal.Error };
        try
        {
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return CommandException.Failed;
        }
        catch (Exception failure)
        {
            return Refuse(terminal, Explain(failure, out var exitCode), exitCode);
        }
    }

    static Stack<string> CommandsOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
            names.Push(result.Command.Name);
        return names;
    }

    static string Explain(Exception failure, out int exitCode)
    {
        (exitCode, var message) = failure switch
        {
            CommandException command => (command.ExitCode, command.Message),
            SettingException setting => (CommandException.AskedWrongly, setting.Message),
            StoreException store => (CommandException.Failed, store.Message),
            _ => (CommandException.Failed, $"Something that should not happen did: {failure.GetType().Name}: {failure.Message}{PlaceOf(failure)}"),
        };
        return message;
    }

    /// <summary>For whoever is told of it: the innermost of our own methods on the way to it.</summary>
    static string PlaceOf(Exception failure) =>
        new StackTrace(failure).GetFrames().Select(static frame => frame.GetMethod()).FirstOrDefault(static method => method?.DeclaringType?.FullName?.StartsWith(nameof(Parcours), StringComparison.Ordinal) == true) is { DeclaringType: { } type } place
            ? $" (in {type.FullName}.{place.Name})"
            : "";

    static int Refuse(Terminal terminal, string message, int exitCode)
    {
        terminal.Error.WriteLine($"{Name}: {message.ReplaceLineEndings(" ")}");
        return exitCode;
    }
}
