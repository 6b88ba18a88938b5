using System.Text;

namespace Parcours.Channels.Smtp;

/// <summary>An answer of the server: three digits and, unless all is well, its words.</summary>
/// <param name="Text">One line, printable, cut at 200 characters; with the enhanced status code, if the server sent one.</param>
readonly record struct SmtpReply(int Code, string Text)
{
    const int TextMax = 200;

    /// <summary>The server closes the line.</summary>
    public const int Closing = 421;

    public bool IsGood => Code is >= 200 and < 300;
    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>The enhanced status code (RFC 3463), e.g. <c>5.1.1</c>; null: none.</summary>
    public string? Status
    {
        get
        {
            var end = Text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? space : Text.Length;
            return IsStatus(Text.AsSpan(0, end)) ? Text[..end] : null;
        }
    }

    public override string ToString() => Text.Length == 0 ? $"{Code}" : $"{Code} {Text}";

    /// <summary>What a server said, made fit to be stored and shown.</summary>
    public static string Printable(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(octets[..Math.Min(octets.Length, 4 * TextMax)]));
        for (var index = 0; index < text.Length; index++)
            if (char.IsControl(text[index]))
                text[index] = ' ';
        if (text.Length > TextMax)
            text.Length = char.IsHighSurrogate(text[TextMax - 1]) ? TextMax - 1 : TextMax;
        return text.ToString().Trim();
    }

    // "5.1.1": class, subject, detail.
    static bool IsStatus(ReadOnlySpan<char> word)
    {
        if (word.Length < 5 || word[0] is not ('2' or '4' or '5') || word[1] != '.')
            return false;
        var dot = word[2..].IndexOf('.');
        return dot is >= 1 and <= 3 && IsNumber(word.Slice(2, dot)) && IsNumber(word[(dot + 3)..]);
    }

    static bool IsNumber(ReadOnlySpan<char> word) => word.Length is >= 1 and <= 3 && word.IndexOfAnyExceptInRange('0', '9') < 0;
}
