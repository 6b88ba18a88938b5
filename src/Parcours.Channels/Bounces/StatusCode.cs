using System.Globalization;
using System.Text.RegularExpressions;

namespace Parcours.Channels.Bounces;

/// <summary>An enhanced status code (RFC 3463).</summary>
readonly partial record struct StatusCode(int Class, int Subject, int Detail)
{
    /// <summary>It does not even say what kind of thing failed.</summary>
    public bool IsVague => (Subject, Detail) is (0, 0);

    /// <summary>2: it says what failed and why; 1: what failed; 0: neither.</summary>
    int Exactness => Detail != 0 ? 2 : Subject != 0 ? 1 : 0;

    /// <summary>Of those in a text the most exact, and of equals the first.</summary>
    public static StatusCode? Find(string? text)
    {
        StatusCode? best = null;
        for (var found = Pattern().Match(text ?? ""); found.Success; found = found.NextMatch())
            best = MoreExact(best, new(Number(found, 1), Number(found, 2), Number(found, 3)));
        return best;
    }

    static int Number(Match found, int group) => int.Parse(found.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>Many reports say 5.0.0 in their field, and the remote server's own code in its words.</summary>
    public static StatusCode? MoreExact(StatusCode? said, StatusCode? inWords) =>
        said is not { } code || inWords is { Class: not 2 } other && other.Exactness > code.Exactness ? inWords ?? said : said;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    // Not a piece of an address of the internet, nor of a version.
    [GeneratedRegex(@"(?<![\d.\[])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
