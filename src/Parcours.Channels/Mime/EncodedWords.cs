using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Parcours.Channels.Mime;

/// <summary>Words that are not ASCII, in a header (RFC 2047): <c>=?utf-8?B?w6k=?=</c>.</summary>
/// <remarks>Each word holds whole characters and is at most 75 long, each line at most 76; which of the two encodings is shorter decides.</remarks>
static class EncodedWords
{
    const int WordMax = 75, Frame = 12, LineMax = 76;

    // What may stand for itself in every place, a phrase too (section 5.3).
    static readonly SearchValues<byte> Safe = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/"u8);

    /// <summary>Writes the whole text as encoded words, folded; returns the column after it.</summary>
    /// <param name="column">Where on its line the first word begins.</param>
    public static int Write(IBufferWriter<byte> output, ReadOnlySpan<char> text, int column)
    {
        var quoted = PrefersQuoted(text);
        Span<byte> word = stackalloc byte[WordMax];
        var first = true;
        while (!text.IsEmpty)
        {
            var room = Math.Min(WordMax, LineMax - column) - Frame;
            var (used, bytes) = Fit(text, word, room, quoted);
            if (used == 0 || !first)
            {
                // A line of its own: the space that begins it parts two encoded words, and is no part of either.
                output.Write("\r\n "u8);
                column = 1;
                (used, bytes) = Fit(text, word, WordMax - Frame, quoted);
            }
            column += Put(output, word[..bytes], quoted);
            text = text[used..];
            first = false;
        }
        return column;
    }

    static bool PrefersQuoted(ReadOnlySpan<char> text)
    {
        int plain = 0, bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (rune.IsAscii && (Safe.Contains((byte)rune.Value) || rune.Value == ' '))
                plain++;
        }
        return plain + 3 * (bytes - plain) <= (bytes + 2) / 3 * 4;
    }

    /// <summary>As many whole characters as one word of that many encoded octets holds.</summary>
    static (int Chars, int Bytes) Fit(ReadOnlySpan<char> text, Span<byte> word, int room, bool quoted)
    {
        int chars = 0, bytes = 0, encoded = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.Utf8SequenceLength;
            encoded += rune.IsAscii && (Safe.Contains((byte)rune.Value) || rune.Value == ' ') ? 1 : 3 * length;
            if ((quoted ? encoded : (bytes + length + 2) / 3 * 4) > room)
                break;
            bytes += rune.EncodeToUtf8(word[bytes..]);
            // A half of a pair stands for one char in the text and is written as U+FFFD.
            chars += rune == Rune.ReplacementChar ? 1 : rune.Utf16SequenceLength;
        }
        return (chars, bytes);
    }

    static int Put(IBufferWriter<byte> output, ReadOnlySpan<byte> word, bool quoted)
    {
        var target = output.GetSpan(WordMax);
        var prefix = quoted ? "=?utf-8?Q?"u8 : "=?utf-8?B?"u8;
        prefix.CopyTo(target);
        var length = prefix.Length;
        if (quoted)
            foreach (var octet in word)
                length += PutQuoted(target[length..], octet);
        else
        {
            Base64.EncodeToUtf8(word, target[length..], out _, out var written);
            length += written;
        }
        "?="u8.CopyTo(target[length..]);
        output.Advance(length + 2);
        return length + 2;
    }

    static int PutQuoted(Span<byte> target, byte octet)
    {
        if (Safe.Contains(octet) || octet == ' ')
        {
            target[0] = octet == ' ' ? (byte)'_' : octet;
            return 1;
        }
        var digits = "0123456789ABCDEF"u8;
        (target[0], target[1], target[2]) = ((byte)'=', digits[octet >> 4], digits[octet & 15]);
        return 3;
    }
}
