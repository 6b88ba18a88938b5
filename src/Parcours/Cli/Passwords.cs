namespace Parcours.Cli;

/// <summary>Reads a password: from a pipe as it comes, from a keyboard without showing it.</summary>
static class Passwords
{
    public static async Task<string> ReadAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected && ReferenceEquals(terminal.In, Console.In))
            return ReadHidden(terminal);
        return await terminal.In.ReadLineAsync(cancellationToken) is { Length: > 0 } password
            ? password
            : throw new CommandException("No password came. Give it on standard input: parcours user add … < FILE", CommandException.AskedWrongly);
    }

    static string ReadHidden(Terminal terminal)
    {
        terminal.Error.Write("Password: ");
        var password = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                password.Length = Math.Max(0, password.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                password.Append(key.KeyChar);
        }
        terminal.Error.WriteLine();
        return password.ToString();
    }
}
