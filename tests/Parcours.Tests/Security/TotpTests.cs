using System.Text;
using Parcours.Security;

namespace Parcours.Tests.Security;

/// <summary>One-time passwords by time.</summary>
public sealed class TotpTests
{
    static readonly byte[] Key = "12345678901234567890"u8.ToArray();

    /// <summary>The test vectors of RFC 6238, appendix B, for SHA-1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf(Key, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), 8));

    /// <summary>The test vectors of RFC 4648, section 10, without their padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_is_that_of_the_standard(string plain, string coded)
    {
        Assert.Equal(coded, Totp.ToBase32(Encoding.ASCII.GetBytes(plain)));
        Assert.Equal(plain, Encoding.ASCII.GetString(Totp.FromBase32(coded.ToLowerInvariant())));
    }

    [Fact]
    public void A_code_works_half_a_minute_around_its_time_and_once()
    {
        var secret = Totp.ToBase32(Key);
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var code = Totp.CodeOf(Key, Totp.StepAt(now), Totp.Digits);

        Assert.Equal(Totp.StepAt(now), Totp.Match(secret, code, now + Totp.Step, after: 0));
        Assert.Equal(Totp.StepAt(now), Totp.Match(secret, $"{code[..3]} {code[3..]}", now - Totp.Step, after: 0));
        Assert.Null(Totp.Match(secret, code, now + 2 * Totp.Step, after: 0));
        Assert.Null(Totp.Match(secret, code, now, after: Totp.StepAt(now)));
        Assert.Null(Totp.Match(secret, "", now, after: 0));
    }

    [Fact]
    public void Secrets_are_as_long_as_the_hash_and_differ()
    {
        Assert.Equal(20, Totp.FromBase32(Totp.NewSecret()).Length);
        Assert.NotEqual(Totp.NewSecret(), Totp.NewSecret());
        Assert.Equal("otpauth://totp/Parcours:ada%40example.org?secret=AAAA&issuer=Parcours", Totp.UriOf("AAAA", "ada@example.org", "Parcours"));
    }
}
