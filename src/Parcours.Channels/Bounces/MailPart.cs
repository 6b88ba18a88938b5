using System.Buffers.Text;
using System.Text;

namespace Parcours.Channels.Bounces;

/// <summary>A mail that came, or a part of one: its header, and its body or its parts. As much MIME as reports need, and nothing that a hostile mail could make grow.</summary>
sealed class MailPart
{
    const int DepthMax = 8, PartsMax = 64;

    MailPart(HeaderFields header, ReadOnlyMemory<byte> body) => (Header, Body) = (header, body);

    public HeaderFields Header { get; }

    /// <summary>As it came, in its transfer encoding.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Those of a multipart, or the mail inside of a mail.</summary>
    public IReadOnlyList<MailPart> Parts { get; private init; } = [];

    /// <summary>Lower case, without parameters; plain text where it is not said.</summary>
    public string Type => TypeOf(Header);

    public static MailPart Read(ReadOnlyMemory<byte> bytes) => Read(bytes, 0);

    /// <summary>This and all in it, outermost first.</summary>
    public IEnumerable<MailPart> All() => Parts.SelectMany(part => part.All()).Prepend(this);

    /// <summary>The body as text; what is no UTF-8 is taken for Latin-1, which keeps all that reports say in ASCII.</summary>
    public string Text()
    {
        var bytes = Decoded();
        return Utf8(bytes) ?? Encoding.Latin1.GetString(bytes);
    }

    static string? Utf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    public ReadOnlySpan<byte> Decoded() => Header["Content-Transfer-Encoding"]?.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64Of(Body.Span),
        "quoted-printable" => QuotedPrintable(Body.Span),
        _ => Body.Span,
    };

    static MailPart Read(ReadOnlyMemory<byte> bytes, int depth)
    {
        var (header, end) = HeaderFields.Read(bytes.Span);
        var whole = new MailPart(header, bytes[end..]);
        if (depth == DepthMax)
            return whole;
        var type = TypeOf(header);
        if (type.StartsWith("multipart/", StringComparison.Ordinal) && Parameter(header["Content-Type"]!, "boundary") is { Length: > 0 } boundary)
            return new(header, whole.Body) { Parts = [.. Split(whole.Body, boundary).Take(PartsMax).Select(part => Read(part, depth + 1))] };
        return type is "message/rfc822" or "message/global" or "text/rfc822-headers" or "message/rfc822-headers" or "message/global-headers"
            ? new(header, whole.Body) { Parts = [Read(whole.Decoded().ToArray(), depth + 1)] }
            : whole;
    }

    static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, string boundary)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var mark = Encoding.UTF8.GetBytes("--" + boundary);
        int at = 0, began = -1;
        while (at < body.Length && parts.Count < PartsMax)
        {
            var line = Lines.Next(body.Span, at, out var next).TrimEnd(" \t"u8);
            var ends = line.Length == mark.Length + 2 && line.EndsWith("--"u8);
            if (line.StartsWith(mark) && (line.Length == mark.Length || ends))
            {
                if (began >= 0)
                    parts.Add(body[began..at]);
                began = next;
                if (ends)
                    return parts;
            }
            at = next;
        }
        // Cut off on its way: what there is of the last part.
        if (began >= 0 && began < body.Length)
            parts.Add(body[began..]);
        return parts;
    }

    static string TypeOf(HeaderFields header)
    {
        var said = header["Content-Type"] ?? "text/plain";
        var end = said.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? said : said[..end]).Trim().ToLowerInvariant();
    }

    internal static string? Parameter(string field, string name)
    {
        for (var at = field.IndexOf(';', StringComparison.Ordinal); at >= 0;)
        {
            var rest = field.AsSpan(at + 1).TrimStart();
            var equals = rest.IndexOf('=');
            if (equals < 0)
                return null;
            var value = rest[(equals + 1)..].TrimStart();
            var quoted = value.StartsWith("\"");
            var end = quoted ? value[1..].IndexOf('"') + 1 : value.IndexOf(';');
            var read = quoted ? value[1..Math.Max(1, end)] : end < 0 ? value : value[..end];
            if (rest[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return read.Trim().ToString();
            var after = end < 0 ? -1 : value[end..].IndexOf(';');
            at = after < 0 ? -1 : field.Length - value.Length + end + after;
        }
        return null;
    }

    static byte[] Base64Of(ReadOnlySpan<byte> body)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length) + 3];
        Base64.DecodeFromUtf8(body, bytes, out _, out var written);
        return bytes[..written];
    }

    static byte[] QuotedPrintable(ReadOnlySpan<byte> body)
    {
        var bytes = new byte[body.Length];
        var written = 0;
        for (var at = 0; at < body.Length; at++)
        {
            if (body[at] != '=')
                bytes[written++] = body[at];
            else if (body[at..].StartsWith("=\r\n"u8))
                at += 2;
            else if (body[at..].StartsWith("=\n"u8))
                at++;
            else if (at + 2 < body.Length && byte.TryParse(body.Slice(at + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var octet))
            {
                bytes[written++] = octet;
                at += 2;
            }
            else
                bytes[written++] = body[at];
        }
        return bytes[..written];
    }
}
