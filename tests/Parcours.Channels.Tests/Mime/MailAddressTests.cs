using Parcours.Channels.Mime;

namespace Parcours.Channels.Tests.Mime;

/// <summary>Which addresses can stand in an envelope, and how.</summary>
public class MailAddressTests
{
    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("ada.b+c_d@Example.ORG", "ada.b+c_d@Example.ORG")]
    [InlineData("o'hara@example.org", "o'hara@example.org")]
    [InlineData("a..b@example.org", "a..b@example.org")] // there are such
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@日本語.jp", "ada@xn--wgv71a119e.jp")]
    [InlineData("ada@[192.0.2.1]", "ada@[192.0.2.1]")]
    [InlineData("\"ada b\"@example.org", "\"ada b\"@example.org")]
    [InlineData("\"a@b\"@example.org", "\"a@b\"@example.org")]
    public void These_can_be_written_to(string address, string inEnvelope)
    {
        Assert.True(MailAddress.TryParse(address, out var parsed));
        Assert.Equal((inEnvelope, false), (parsed.Text, parsed.NeedsUtf8));
    }

    [Theory]
    [InlineData("jörg@example.org", "jörg@example.org")]
    [InlineData("用户@例子.公司", "用户@xn--fsqu00a.xn--55qx5d")]
    public void These_need_a_server_with_SMTPUTF8(string address, string inEnvelope)
    {
        Assert.True(MailAddress.TryParse(address, out var parsed));
        Assert.Equal((inEnvelope, true), (parsed.Text, parsed.NeedsUtf8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@.example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada b@example.org")]
    [InlineData("ada@exa mple.org")]
    [InlineData("ada>@example.org")]
    [InlineData("<ada@example.org>")]
    [InlineData("ada@example.org>")]
    [InlineData("a@b@example.org")]
    [InlineData("ada,bob@example.org")]
    [InlineData("ada@example.org\r\nDATA")]
    [InlineData("ada\r\nRCPT TO:<eve@example.org>@example.org")]
    [InlineData("ada\0@example.org")]
    [InlineData("\"ada\"b\"@example.org")]
    [InlineData("\"ada\\\"@example.org")]
    [InlineData("ada@example.org ")]
    [InlineData("ada@exa\u0000mple.org")]
    [InlineData("ada@[not an address]")]
    public void These_cannot(string? address) => Assert.False(MailAddress.TryParse(address, out _));

    [Fact]
    public void Half_of_a_character_cannot() => Assert.False(MailAddress.TryParse(string.Concat("\ud800", "@example.org"), out _));

    [Fact]
    public void What_is_too_long_cannot()
    {
        Assert.True(MailAddress.TryParse(new string('a', 64) + "@example.org", out _));
        Assert.False(MailAddress.TryParse(new string('a', 65) + "@example.org", out _));
        Assert.False(MailAddress.TryParse("ada@" + string.Concat(Enumerable.Repeat("abcdefghi.", 25)) + "example.org", out _));
    }
}
