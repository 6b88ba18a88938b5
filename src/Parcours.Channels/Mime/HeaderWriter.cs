using System.Buffers;
using System.Text;

namespace Parcours.Channels.Mime;

/// <summary>Writes header fields: folded at 78 columns where there is a place to fold, and never over 998.</summary>
/// <remarks>Whatever a value holds, it stays inside its field: control characters are left out, so nothing can end a line.</remarks>
static class HeaderWriter
{
    const int LineMax = 78, WordMax = 900;

    static readonly SearchValues<char> Printable = SearchValues.Create(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");
    static readonly SearchValues<char> Atoms = SearchValues.Create(" !#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Free text: <c>Subject</c>.</summary>
    public static void Unstructured(IBufferWriter<byte> output, ReadOnlySpan<byte> name, string value)
    {
        var column = Name(output, name);
        var text = Clean(value).AsSpan().Trim(' ');
        if (NeedsEncoding(text))
            EncodedWords.Write(output, text, column);
        else
            Folded(output, text, column);
        output.Write("\r\n"u8);
    }

    /// <summary>A value that is ASCII already and has a grammar of its own: a link, a token.</summary>
    public static void Structured(IBufferWriter<byte> output, ReadOnlySpan<byte> name, string value)
    {
        Folded(output, Clean(value).AsSpan().Trim(' '), Name(output, name));
        output.Write("\r\n"u8);
    }

    public static void Address(IBufferWriter<byte> output, ReadOnlySpan<byte> name, NamedAddress who)
    {
        var column = Name(output, name);
        var person = Clean(who.Name).AsSpan().Trim(' ');
        if (person.IsEmpty)
        {
            Encoding.UTF8.GetBytes(who.Address.Text, output);
            output.Write("\r\n"u8);
            return;
        }

        column = NeedsEncoding(person) ? EncodedWords.Write(output, person, column)
            : person.IndexOfAnyExcept(Atoms) < 0 && person.IndexOf("  ") < 0 ? Folded(output, person, column)
            : Folded(output, $"\"{person.ToString().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", column);
        output.Write(column + who.Address.Text.Length + 3 > LineMax ? "\r\n <"u8 : " <"u8);
        Encoding.UTF8.GetBytes(who.Address.Text, output);
        output.Write(">\r\n"u8);
    }

    static int Name(IBufferWriter<byte> output, ReadOnlySpan<byte> name)
    {
        output.Write(name);
        output.Write(": "u8);
        return name.Length + 2;
    }

    // What looks like an encoded word would be decoded by whoever reads it.
    static bool NeedsEncoding(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept(Printable) >= 0 || text.IndexOf("=?") >= 0)
            return true;
        if (text.Length <= WordMax)
            return false;
        foreach (var word in text.Split(' '))
            if (word.End.Value - word.Start.Value > WordMax)
                return true;
        return false;
    }

    /// <summary>Breaks lines before a space that a word follows; the space stays, so unfolding gives the text back.</summary>
    static int Folded(IBufferWriter<byte> output, ReadOnlySpan<char> text, int column)
    {
        while (!text.IsEmpty)
        {
            // From here to the end of the next word, its leading spaces included.
            var spaces = text.IndexOfAnyExcept(' ');
            if (spaces < 0)
                spaces = text.Length;
            var end = text[spaces..].IndexOf(' ') is >= 0 and var length ? spaces + length : text.Length;
            if (spaces > 0 && end > spaces && column + end > LineMax)
            {
                output.Write("\r\n"u8);
                column = 0;
            }
            Encoding.UTF8.GetBytes(text[..end], output);
            column += end;
            text = text[end..];
        }
        return column;
    }

    static string Clean(string value)
    {
        foreach (var c in value)
            if (char.IsControl(c))
                return string.Create(value.Length, value, static (target, source) =>
                {
                    for (var index = 0; index < target.Length; index++)
                        target[index] = char.IsControl(source[index]) ? ' ' : source[index];
                });
        return value;
    }
}
