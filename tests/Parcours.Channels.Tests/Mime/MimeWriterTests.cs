using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Parcours.Channels.Mime;

namespace Parcours.Channels.Tests.Mime;

/// <summary>What is written can be read back, keeps the limits of the standards, and lets nothing out of its place.</summary>
public partial class MimeWriterTests
{
    static readonly Instant Monday9Am = Instant.FromUtc(2026, 3, 2, 9, 0);

    static MailAddress Address(string text) => MailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    static MimeMessage Message() => new()
    {
        From = new("Our Shop", Address("shop@example.org")),
        To = new("", Address("ada@example.org")),
        Subject = "Hello",
        MessageId = "<0123456789abcdef@example.org>",
        Date = Monday9Am,
        Key = "0123456789abcdef",
        Text = "Hello Ada",
    };

    static byte[] Write(MimeMessage message, bool eightBit = false)
    {
        var output = new ArrayBufferWriter<byte>();
        new MimeWriter().Write(message, eightBit, output);
        return output.WrittenSpan.ToArray();
    }

    static ReadMail Read(MimeMessage message, bool eightBit = false) => ReadMail.Of(Write(message, eightBit));

    // Words of every kind: short and long, ASCII and not, what has a meaning in a header, halves of pairs, ends of lines.
    static readonly Gen<string> Words = Gen.Elements(
        "a", "Hello", "=?utf-8?B?aGk=?=", "=?", "?=", "é", "日本語", "👩‍👩‍👧", "\ud800", "\udc00", "ﷺ", "\"", "\\", ",", "<x@example.org>", "(", ";", "_", "=", "=20", "..", ".", "--=_0123456789abcdef",
        "From ", "Bcc:", "İ", "ß", "\u200f", "\u0001", "\t", " ", "  ", new string('x', 80), new string('é', 60), new string('w', 1_100), "\ufeff", "\u2028");

    static readonly Gen<string> Lines = Words.ListOf().Select(words => string.Join(' ', words));
    static readonly Gen<string> Texts = Lines.ListOf().SelectMany(_ => Gen.Elements("\r\n", "\n", "\r", "\n\n"), (lines, end) => string.Join(end, lines));

    static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    static string InOneLine(string text) => Whole(new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])).Trim(' ');

    static string WithCrlf(string text) => Whole(LineEnds().Replace(text, "\r\n"));

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex LineEnds();

    [Fact]
    public void Both_parts_read_back_as_they_were() =>
        Prop.ForAll(
            (from text in Texts from html in Texts from eightBit in Gen.Elements(true, false) select (Text: text, Html: "<p>" + html, eightBit)).ToArbitrary(),
            mail =>
            {
                var read = Read(Message() with { Text = mail.Text, Html = mail.Html }, mail.eightBit);

                // A mail of one part ends its last line, unless it is encoded.
                Assert.Equal(WithCrlf(mail.Html) + (mail.Text.Length == 0 && read.Encoding != "base64" ? "\r\n" : ""), read.Html);
                if (mail.Text.Length > 0)
                    Assert.Equal(WithCrlf(mail.Text), read.Text);
                Assert.All(read.Lines, line => Assert.InRange(line.Length, 0, 998));
                Assert.True(mail.eightBit || read.Lines.All(line => Ascii.IsValid(line)));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_and_subjects_read_back_as_they_were_on_short_lines() =>
        Prop.ForAll(
            (from subject in Lines from name in Lines select (Subject: subject, Name: name)).ToArbitrary(),
            mail =>
            {
                var read = Read(Message() with { Subject = mail.Subject, From = new(mail.Name, Address("shop@example.org")) });

                Assert.Equal(InOneLine(mail.Subject), read.Decoded("Subject"));
                Assert.Equal(InOneLine(mail.Name), NameOf(read["From"], "shop@example.org"));
                foreach (var line in read.Lines.TakeWhile(line => line.Length > 0))
                {
                    Assert.True(Ascii.IsValid(line), line);
                    Assert.True(line.Length <= 998 && (line.Length <= 78 || line.TrimStart(' ').Split(' ').Max(word => word.Length) > 60), line);
                    Assert.True(!line.Contains("=?utf-8?", StringComparison.Ordinal) || line.Length <= 76 + "<shop@example.org>".Length, line);
                }
                Assert.All(EncodedWord().Matches(string.Join("\n", read.Lines)), word => Assert.InRange(word.Length, 1, 75));
            }).QuickCheckThrowOnFailure();

    [GeneratedRegex(@"=\?utf-8\?[BQ]\?[^?\s]*\?=")]
    private static partial Regex EncodedWord();

    /// <summary>What stands before the address: a quoted string, atoms, encoded words.</summary>
    static string NameOf(string mailbox, string address)
    {
        if (mailbox == address)
            return "";
        Assert.EndsWith($" <{address}>", mailbox, StringComparison.Ordinal);
        var name = mailbox[..^(address.Length + 3)];
        return name is ['"', .. var quoted, '"'] ? Regex.Replace(quoted, @"\\(.)", "$1") : ReadMail.DecodeWords(name);
    }

    [Fact]
    public void A_whole_mail_stands_written_like_this()
    {
        var mail = Encoding.UTF8.GetString(Write(Message() with
        {
            From = new("Café \"Zoë\"", Address("shop@bücher.example")),
            ReplyTo = new("", Address("help@example.org")),
            Subject = "Grüße aus dem Café, mit einem Betreff, der länger ist als eine Zeile",
            Text = "Bonjour Zoé,\n\nÀ bientôt, et merci !",
            Html = "<p>Bonjour Zoé</p>",
            Language = "fr",
            More = [new("List-Unsubscribe", "<https://example.org/u/abc>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
        }));

        Assert.Equal(
            """
            Date: Mon, 02 Mar 2026 09:00:00 +0000
            From: =?utf-8?B?Q2Fmw6kgIlpvw6si?= <shop@xn--bcher-kva.example>
            Reply-To: help@example.org
            To: ada@example.org
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_dem_Caf=C3=A9=2C_mit_einem_Betreff?=
             =?utf-8?Q?=2C_der_l=C3=A4nger_ist_als_eine_Zeile?=
            Message-ID: <0123456789abcdef@example.org>
            Content-Language: fr
            List-Unsubscribe: <https://example.org/u/abc>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_0123456789abcdef"

            --=_0123456789abcdef
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Bonjour Zo=C3=A9,

            =C3=80 bient=C3=B4t, et merci !
            --=_0123456789abcdef
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>Bonjour Zo=C3=A9</p>
            --=_0123456789abcdef--

            """.ReplaceLineEndings("\r\n"),
            mail);
    }

    [Theory]
    [InlineData("Hello Ada", false, "7bit")]
    [InlineData("Hello Ada", true, "7bit")]
    [InlineData("Zoë and friends", false, "quoted-printable")]
    [InlineData("Zoë and friends", true, "8bit")]
    [InlineData("日本語のテキスト", false, "base64")]
    [InlineData("日本語のテキスト", true, "8bit")]
    [InlineData("From here", true, "quoted-printable")]
    [InlineData("x\nFrom here", true, "quoted-printable")]
    [InlineData("bell\a", true, "quoted-printable")]
    [InlineData("--=_0123456789abcdef--", true, "quoted-printable")]
    public void Each_part_is_written_as_plainly_as_it_can_be(string text, bool eightBit, string encoding) =>
        Assert.Equal(encoding, Read(Message() with { Text = text }, eightBit).Encoding);

    [Theory]
    [InlineData(900, "7bit")]
    [InlineData(901, "quoted-printable")]
    [InlineData(100_000, "quoted-printable")]
    public void Long_lines_are_broken_where_they_can_be_joined_again(int length, string encoding)
    {
        var read = Read(Message() with { Text = "x\r\n" + new string('y', length) });

        Assert.Equal((encoding, length + 5), (read.Encoding, read.Text!.Length));
    }

    [Fact]
    public void The_same_message_gives_the_same_bytes_and_a_writer_remembers_nothing()
    {
        var writer = new MimeWriter();
        var both = Message() with { Html = "<p>Zoë</p>" };
        byte[] Again(MimeMessage message)
        {
            var output = new ArrayBufferWriter<byte>();
            writer.Write(message, eightBit: false, output);
            return output.WrittenSpan.ToArray();
        }

        var first = Again(both);
        Again(Message() with { Text = new string('é', 2_000_000) });

        Assert.Equal(first, Again(both));
        Assert.Equal(first, Write(both));
    }

    [Fact]
    public void Nothing_that_a_field_holds_gets_out_of_it()
    {
        var read = Read(Message() with
        {
            Subject = "a\r\nBcc: eve@example.org\r\n\r\nboo",
            From = new("b\r\n\r\nboo", Address("shop@example.org")),
            More = [new("List-Unsubscribe", "<https://example.org/\r\nBcc: eve@example.org>")],
            Language = "en\nBcc: eve@example.org",
        });

        Assert.Equal(
            ["Date", "From", "To", "Subject", "Message-ID", "Content-Language", "List-Unsubscribe", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"],
            read.Headers.Select(header => header.Key));
        Assert.Equal("Hello Ada\r\n", read.Text);
    }

    /// RFC 6532
    [Fact]
    public void An_address_that_is_not_ASCII_stands_raw_and_is_told()
    {
        var message = Message() with { To = new("Jörg", Address("jörg@bücher.example")) };

        Assert.True(message.NeedsUtf8);
        Assert.Contains("To: =?utf-8?B?SsO2cmc=?= <jörg@xn--bcher-kva.example>\r\n", Encoding.UTF8.GetString(Write(message)), StringComparison.Ordinal);
        Assert.False(Message().NeedsUtf8);
    }
}
