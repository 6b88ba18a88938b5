using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Parcours.Channels.Tests.Mime;

/// <summary>Reads a mail as the standards say, as plainly as can be; tests/sdk has a reader that is nobody's of this house.</summary>
sealed partial record ReadMail(IReadOnlyList<KeyValuePair<string, string>> Headers, string ContentType, string Encoding, string? Text, string? Html, IReadOnlyList<string> Lines)
{
    public string this[string name] => Assert.Single(Headers, header => header.Key == name).Value;

    /// <summary>The header's value with its encoded words decoded.</summary>
    public string Decoded(string name) => DecodeWords(this[name]);

    public static ReadMail Of(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(-1, bytes.IndexOf((byte)0));
        // Each octet one char, so that lengths are lengths on the wire.
        var wire = System.Text.Encoding.Latin1.GetString(bytes);
        Assert.EndsWith("\r\n", wire, StringComparison.Ordinal);
        Assert.DoesNotMatch("\r(?!\n)|(?<!\r)\n", wire);
        var (headers, body) = Split(wire);
        var (text, html, encodings) = Parts(headers, body);
        return new ReadMail(headers, Value(headers, "Content-Type"), string.Join(", ", encodings), text, html, wire.Split("\r\n"));
    }

    static (List<KeyValuePair<string, string>> Headers, string Body) Split(string part)
    {
        var end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = Folds().Replace(part[..end], "").Split("\r\n").Select(line => new KeyValuePair<string, string>(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].TrimStart(' '))).ToList();
        return (headers, part[(end + 4)..]);
    }

    static (string? Text, string? Html, List<string> Encodings) Parts(List<KeyValuePair<string, string>> headers, string body)
    {
        var type = Value(headers, "Content-Type");
        if (!type.StartsWith("multipart/alternative", StringComparison.Ordinal))
        {
            var encoding = Value(headers, "Content-Transfer-Encoding");
            var content = System.Text.Encoding.UTF8.GetString(Decode(body, encoding));
            return type.StartsWith("text/plain;", StringComparison.Ordinal) ? (content, null, [encoding]) : (null, content, [encoding]);
        }
        var boundary = "--" + Boundary().Match(type).Groups[1].Value;
        var pieces = ("\r\n" + body).Split("\r\n" + boundary);
        Assert.Equal(["", "--\r\n"], [pieces[0], pieces[^1]]);
        Assert.Equal(4, pieces.Length);
        var parts = pieces[1..3].Select(piece => Split(piece[2..])).Select(part => Parts(part.Headers, part.Body)).ToList();
        return (parts[0].Text, parts[1].Html, [.. parts.SelectMany(part => part.Encodings)]);
    }

    static byte[] Decode(string body, string encoding) => encoding switch
    {
        "base64" => Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal)),
        "quoted-printable" => System.Text.Encoding.Latin1.GetBytes(Escapes().Replace(
            SoftEnds().Replace(body, ""), escape => ((char)int.Parse(escape.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())),
        "7bit" or "8bit" => System.Text.Encoding.Latin1.GetBytes(body),
        _ => throw new InvalidOperationException(encoding),
    };

    public static string DecodeWords(string value) => Words().Replace(Between().Replace(value, "$1"), word => System.Text.Encoding.UTF8.GetString(
        word.Groups[1].Value == "B" ? Convert.FromBase64String(word.Groups[2].Value) : Decode(word.Groups[2].Value.Replace('_', ' '), "quoted-printable")));

    static string Value(List<KeyValuePair<string, string>> headers, string name) => headers.Single(header => header.Key == name).Value;

    [GeneratedRegex("\r\n(?=[ \t])")]
    private static partial Regex Folds();

    [GeneratedRegex("boundary=\"([^\"]*)\"")]
    private static partial Regex Boundary();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Escapes();

    [GeneratedRegex("=\r\n")]
    private static partial Regex SoftEnds();

    [GeneratedRegex(@"=\?utf-8\?([BQ])\?([^?]*)\?=")]
    private static partial Regex Words();

    // Space between two encoded words is no part of the text (RFC 2047 section 6.2).
    [GeneratedRegex(@"(=\?utf-8\?[BQ]\?[^?]*\?=)[ \t]+(?==\?utf-8\?)")]
    private static partial Regex Between();
}
