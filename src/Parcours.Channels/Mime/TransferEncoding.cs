using System.Buffers;
using System.Buffers.Text;

namespace Parcours.Channels.Mime;

/// <summary>How the octets of a part are written (RFC 2045 section 6).</summary>
enum TransferEncoding
{
    /// <summary>As they are: ASCII in short lines.</summary>
    SevenBit = 0,
    /// <summary>As they are, in short lines, to a server with 8BITMIME.</summary>
    EightBit = 1,
    QuotedPrintable = 2,
    Base64 = 3,
}

/// <summary>Chooses and writes the transfer encoding of one part, whose line ends are CRLF already.</summary>
static class TransferEncodings
{
    /// <summary>Lines that go as they are: 998 are allowed; some room for whoever adds to one on the way.</summary>
    const int PlainLineMax = 900;

    /// <summary>Of an encoded line (RFC 2045).</summary>
    const int LineMax = 76;

    static readonly SearchValues<byte> Controls = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);
    static readonly SearchValues<byte> Literal = SearchValues.Create(" !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\t"u8);

    /// <param name="boundary">What parts the parts, with its two hyphens: it must not stand in the content.</param>
    public static TransferEncoding Choose(ReadOnlySpan<byte> content, ReadOnlySpan<byte> boundary, bool eightBit)
    {
        var ascii = System.Text.Ascii.IsValid(content);
        if ((ascii || eightBit) && content.IndexOfAny(Controls) < 0 && LongestLine(content) <= PlainLineMax && !HasFromLine(content) && content.IndexOf(boundary) < 0)
            return ascii ? TransferEncoding.SevenBit : TransferEncoding.EightBit;
        if (ascii)
            return TransferEncoding.QuotedPrintable;
        var others = 0;
        foreach (var octet in content)
            others += octet > 126 ? 1 : 0;
        // Three for one against four for three.
        return others > content.Length / 5 ? TransferEncoding.Base64 : TransferEncoding.QuotedPrintable;
    }

    public static ReadOnlySpan<byte> NameOf(TransferEncoding encoding) => encoding switch
    {
        TransferEncoding.SevenBit => "7bit"u8,
        TransferEncoding.EightBit => "8bit"u8,
        TransferEncoding.QuotedPrintable => "quoted-printable"u8,
        _ => "base64"u8,
    };

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> content, TransferEncoding encoding)
    {
        if (encoding == TransferEncoding.Base64)
            WriteBase64(output, content);
        else if (encoding == TransferEncoding.QuotedPrintable)
            WriteQuotedPrintable(output, content);
        else
            output.Write(content);
    }

    static int LongestLine(ReadOnlySpan<byte> content)
    {
        var longest = 0;
        for (; content.IndexOf((byte)'\n') is >= 0 and var end; content = content[(end + 1)..])
            longest = Math.Max(longest, end - 1);
        return Math.Max(longest, content.Length);
    }

    // Programs that keep mails in one file put a ">" before such a line.
    static bool HasFromLine(ReadOnlySpan<byte> content) => content.StartsWith("From "u8) || content.IndexOf("\nFrom "u8) >= 0;

    static void WriteBase64(IBufferWriter<byte> output, ReadOnlySpan<byte> content)
    {
        const int OctetsALine = LineMax / 4 * 3;
        while (!content.IsEmpty)
        {
            var line = content[..Math.Min(OctetsALine, content.Length)];
            content = content[line.Length..];
            var target = output.GetSpan(LineMax + 2);
            Base64.EncodeToUtf8(line, target, out _, out var written);
            if (!content.IsEmpty)
                "\r\n"u8.CopyTo(target[written..]);
            output.Advance(content.IsEmpty ? written : written + 2);
        }
    }

    static void WriteQuotedPrintable(IBufferWriter<byte> output, ReadOnlySpan<byte> content)
    {
        while (true)
        {
            var end = content.IndexOf("\r\n"u8);
            WriteQuotedLine(output, end < 0 ? content : content[..end]);
            if (end < 0)
                return;
            output.Write("\r\n"u8);
            content = content[(end + 2)..];
        }
    }

    static void WriteQuotedLine(IBufferWriter<byte> output, ReadOnlySpan<byte> line)
    {
        var digits = "0123456789ABCDEF"u8;
        // An octet takes 3 at most, and every 25th or later a soft line end of 3 follows.
        var target = output.GetSpan(line.Length * 3 + line.Length / 8 + 8);
        int length = 0, column = 0;
        for (var index = 0; index < line.Length; index++)
        {
            var octet = line[index];
            var last = index == line.Length - 1;
            // A space that ends a line may get lost; a dot that begins one is what relays stumble over; "From " see above.
            var literal = Literal.Contains(octet) && !(last && octet is (byte)' ' or (byte)'\t') && !(column == 0 && (octet == '.' || octet == 'F' && line[index..].StartsWith("From "u8)));
            var width = literal ? 1 : 3;
            if (column + width > (last ? LineMax : LineMax - 1))
            {
                "=\r\n"u8.CopyTo(target[length..]);
                (length, column) = (length + 3, 0);
                // Its line has begun anew, so what holds at the beginning of one is asked again.
                index--;
                continue;
            }
            if (literal)
                target[length] = octet;
            else
                (target[length], target[length + 1], target[length + 2]) = ((byte)'=', digits[octet >> 4], digits[octet & 15]);
            length += width;
            column += width;
        }
        output.Advance(length);
    }
}
