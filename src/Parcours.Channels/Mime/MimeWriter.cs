using System.Buffers;
using System.Text;

namespace Parcours.Channels.Mime;

/// <summary>Writes mails as RFC 5322 and MIME have them: header, blank line, one part or two alternatives; every line ends in CRLF, the last one too.</summary>
/// <remarks>Hot path: one writer for each thread that sends; it keeps its buffer from mail to mail. Dots at the beginning of lines are the SMTP client's to double.</remarks>
public sealed class MimeWriter
{
    /// <summary>A buffer that one huge mail has blown up is not kept.</summary>
    const int KeptMax = 1 << 20;

    ArrayBufferWriter<byte> _part = new(4096);

    /// <param name="eightBit">The server has 8BITMIME: octets over 127 may stand for themselves.</param>
    /// <returns>Whether the content has such octets.</returns>
    public bool Write(MimeMessage message, bool eightBit, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        WriteHeader(message, output);
        Span<byte> boundary = stackalloc byte[80];
        boundary = boundary[..Boundary(message.Key, boundary)];
        if (message.Text.Length == 0 || message.Html.Length == 0)
        {
            var has8Bit = WritePart(output, message.Html.Length > 0 ? "text/html"u8 : "text/plain"u8, message.Html.Length > 0 ? message.Html : message.Text, boundary, eightBit);
            output.Write("\r\n"u8);
            return has8Bit;
        }

        output.Write("Content-Type: multipart/alternative; boundary=\""u8);
        output.Write(boundary[2..]);
        output.Write("\"\r\n\r\n"u8);
        output.Write(boundary);
        output.Write("\r\n"u8);
        var any = WritePart(output, "text/plain"u8, message.Text, boundary, eightBit);
        output.Write("\r\n"u8);
        output.Write(boundary);
        output.Write("\r\n"u8);
        any |= WritePart(output, "text/html"u8, message.Html, boundary, eightBit);
        output.Write("\r\n"u8);
        output.Write(boundary);
        output.Write("--\r\n"u8);
        return any;
    }

    static void WriteHeader(MimeMessage message, IBufferWriter<byte> output)
    {
        WriteDate(message, output);
        HeaderWriter.Address(output, "From"u8, message.From);
        if (message.ReplyTo is { } replyTo)
            HeaderWriter.Address(output, "Reply-To"u8, replyTo);
        HeaderWriter.Address(output, "To"u8, message.To);
        HeaderWriter.Unstructured(output, "Subject"u8, message.Subject);
        HeaderWriter.Structured(output, "Message-ID"u8, message.MessageId);
        if (message.Language is { Length: > 0 } language)
            HeaderWriter.Structured(output, "Content-Language"u8, language);
        for (var index = 0; index < message.More.Count; index++)
            HeaderWriter.Structured(output, Encoding.ASCII.GetBytes(message.More[index].Key), message.More[index].Value);
        output.Write("MIME-Version: 1.0\r\n"u8);
    }

    static void WriteDate(MimeMessage message, IBufferWriter<byte> output)
    {
        output.Write("Date: "u8);
        var target = output.GetSpan(40);
        message.Date.ToDateTimeUtc().TryFormat(target, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
        // "R" ends in GMT, which RFC 5322 calls obsolete.
        "+0000\r\n"u8.CopyTo(target[(length - 3)..]);
        output.Advance(length + 4);
    }

    /// <summary>Two hyphens and what no transfer encoding can write: "=_" is neither quoted-printable nor base64.</summary>
    static int Boundary(string key, Span<byte> target)
    {
        "--=_"u8.CopyTo(target);
        var kept = key.AsSpan(0, Math.Min(key.Length, 64));
        return 4 + Encoding.ASCII.GetBytes(kept, target[4..]);
    }

    bool WritePart(IBufferWriter<byte> output, ReadOnlySpan<byte> type, string content, ReadOnlySpan<byte> boundary, bool eightBit)
    {
        if (_part.Capacity > KeptMax)
            _part = new(4096);
        _part.ResetWrittenCount();
        WriteLines(content);
        var octets = _part.WrittenSpan;
        var encoding = TransferEncodings.Choose(octets, boundary, eightBit);
        output.Write("Content-Type: "u8);
        output.Write(type);
        output.Write("; charset=utf-8\r\nContent-Transfer-Encoding: "u8);
        output.Write(TransferEncodings.NameOf(encoding));
        output.Write("\r\n\r\n"u8);
        TransferEncodings.Write(output, octets, encoding);
        return encoding == TransferEncoding.EightBit;
    }

    /// <summary>UTF-8 with CRLF at every line's end, whichever the content has.</summary>
    void WriteLines(ReadOnlySpan<char> content)
    {
        while (content.IndexOfAny('\r', '\n') is >= 0 and var end)
        {
            Encoding.UTF8.GetBytes(content[..end], _part);
            _part.Write("\r\n"u8);
            content = content[(end + (content[end..].StartsWith("\r\n") ? 2 : 1))..];
        }
        Encoding.UTF8.GetBytes(content, _part);
    }
}
