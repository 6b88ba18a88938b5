using System.Globalization;
using System.Text.Unicode;

namespace Parcours.Intake;

/// <summary>Makes sure of a body's text before it is parsed, so that no later reading of it can fail.</summary>
static class IntakeText
{
    /// <summary>A byte order mark is skipped.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? body[3..] : body;

    public static bool IsUtf8(ReadOnlySpan<byte> body) => Utf8.IsValid(body);

    /// <summary>
    /// Scripts that cut a text in the middle of an emoji send half of it (<c>"\ud83d"</c>), which is no text. Each half becomes the
    /// replacement character, in as many bytes: refusing the event would lose it for a cosmetic fault.
    /// </summary>
    /// <returns>The body itself where there is nothing to mend, which is nearly always.</returns>
    public static ReadOnlySpan<byte> WithWholeCharacters(ReadOnlySpan<byte> body)
    {
        byte[]? mended = null;
        for (var at = NextEscape(body, 0); at >= 0;)
        {
            var unit = CodeUnit(body, at);
            if (unit is >= 0xD800 and <= 0xDBFF && CodeUnit(body, at + 6) is >= 0xDC00 and <= 0xDFFF)
            {
                at = NextEscape(body, at + 12);
                continue;
            }

            if (unit is >= 0xD800 and <= 0xDFFF)
            {
                mended ??= body.ToArray();
                "\\ufffd"u8.CopyTo(mended.AsSpan(at));
            }

            at = NextEscape(body, at + 2);
        }

        return mended ?? body;
    }

    static int NextEscape(ReadOnlySpan<byte> body, int from)
    {
        if (from >= body.Length)
            return -1;
        var next = body[from..].IndexOf((byte)'\\');
        return next < 0 ? -1 : from + next;
    }

    // -1 where no \uXXXX stands there.
    static int CodeUnit(ReadOnlySpan<byte> body, int at) =>
        at + 6 <= body.Length && body[at] == '\\' && body[at + 1] == 'u'
        && int.TryParse(body.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? unit
            : -1;
}
