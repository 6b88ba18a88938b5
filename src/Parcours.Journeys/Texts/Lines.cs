using System.Text;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Texts;

/// <summary>Texts that were filled with values of any length and kind.</summary>
static class Lines
{
    /// <summary>One line of at most a name's length.</summary>
    public static string One(string text) => Cut(Plain(text).Trim(), CheckContext.NameLengthMax);

    /// <summary>Without line ends and other characters that are not seen.</summary>
    public static string Plain(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
            if (!char.IsControl(letter))
                line.Append(letter);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        return line.ToString();
    }

    /// <summary>Never in the midst of a character of two halves.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
}
