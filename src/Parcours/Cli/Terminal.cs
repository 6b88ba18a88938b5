namespace Parcours.Cli;

/// <summary>Where a command reads and writes. Results go to <see cref="Out"/>; everything else goes to <see cref="Error"/>, so that scripts can use the first.</summary>
sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    public static Terminal Standard => new(Console.In, Console.Out, Console.Error);
}
