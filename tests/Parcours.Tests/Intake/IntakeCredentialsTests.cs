using System.Text;
using Parcours.Intake;

namespace Parcours.Tests.Intake;

public sealed class IntakeCredentialsTests
{
    static string Basic(string text) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static TheoryData<string, string> Headers => new()
    {
        { Basic("key:"), "key" },
        { Basic("key"), "key" },
        { Basic("id:secret"), "id:secret" },
        { Basic("id:secret:"), "id:secret" },
        { "basic " + Basic("key:")[6..].TrimEnd('='), "key" },
        { "Bearer key", "key" },
        { "bearer  key ", "key" },
        { "key", "key" },
    };

    [Theory, MemberData(nameof(Headers))]
    public void A_key_is_read_however_a_library_sends_it(string header, string key) =>
        Assert.Equal(key, IntakeCredentials.From(header, [])?.Key);

    [Fact]
    public void A_key_may_stand_in_the_body_before_or_behind_the_items()
    {
        Assert.Equal("key", IntakeCredentials.From(null, """{"writeKey":"key","batch":[]}"""u8)?.Key);
        Assert.Equal("key", IntakeCredentials.From("", """{"batch":[{"properties":{"writeKey":"no"}}],"writeKey":"key"}"""u8)?.Key);
    }

    [Fact]
    public void A_header_decides_even_when_the_body_holds_another_key() =>
        Assert.Equal("header", IntakeCredentials.From("Bearer header", """{"writeKey":"body"}"""u8)?.Key);

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic ")]
    [InlineData("Basic Og==")]
    [InlineData("Bearer ")]
    [InlineData("Digest username=\"key\"")]
    public void A_header_that_holds_no_key_is_none(string header) =>
        Assert.Null(IntakeCredentials.From(header, """{"writeKey":"body"}"""u8));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[\"writeKey\"]")]
    [InlineData("{\"writeKey\":7}")]
    [InlineData("{\"batch\":[{\"writeKey\":\"inside\"}]}")]
    [InlineData("{\"writeKey\":\"\\ud83d\"}")]
    [InlineData("{\"batch\":")]
    public void A_body_that_holds_no_key_at_its_top_is_none(string body) =>
        Assert.Null(IntakeCredentials.From(null, Encoding.UTF8.GetBytes(body)));
}
