using System.Text;

namespace Parcours.Imports;

/// <summary>Encodings by name, and by how a file begins. All of them throw at what they do not know: nothing is ever replaced.</summary>
static class TextEncodings
{
    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Utf8 { get; } = new UTF8Encoding(false, throwOnInvalidBytes: true);
    static readonly Encoding LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    static readonly Encoding BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <returns>Null: there is none of this name.</returns>
    public static Encoding? Named(string name)
    {
        try
        {
            return Encoding.GetEncoding(name.Trim() is "ansi" ? "windows-1252" : name.Trim(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>By the mark at its beginning; without one by where its zeros are; else UTF-8.</summary>
    /// <param name="mark">Bytes of the mark, which is no text.</param>
    public static Encoding Of(ReadOnlySpan<byte> head, out int mark)
    {
        mark = 0;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            mark = 3;
            return Utf8;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            mark = 2;
            return head[0] == 0xFF ? LittleEndian : BigEndian;
        }

        // Text of Europe in UTF-16 has a zero in nearly every second byte, and in hardly any other.
        int even = 0, odd = 0;
        for (var index = 0; index < head.Length; index++)
            if (head[index] == 0)
                _ = index % 2 == 0 ? even++ : odd++;
        if (odd > head.Length / 5 && even < odd / 8.0)
            return LittleEndian;
        return even > head.Length / 5 && odd < even / 8.0 ? BigEndian : Utf8;
    }
}
