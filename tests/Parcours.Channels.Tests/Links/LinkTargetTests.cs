using Parcours.Channels.Links;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Tests.Links;

/// <summary>The targets of links, sealed. Semantics 10.9</summary>
public class LinkTargetTests
{
    static readonly LinkKey First = new(1, Enumerable.Repeat((byte)1, 32).ToArray()), Second = new(2, Enumerable.Repeat((byte)2, 32).ToArray());
    static readonly PublicLinkSigner Signer = new(new LinkKeyRing(1, [First]));
    static readonly MessageKey Adas = Message(1), Bobs = Message(2);

    static MessageKey Message(int number) => MessageKey.Of(EnrolmentId.Of(new JourneyId("welcome"), ContactId.Create(1, 0, 0), number), "send", 1, "email");

    static LinkTarget Target(string name = "sale") => new(name, "https://shop.example.org/sale?a=1&b=%20#top", LinkTarget.MarkOf("hello"));

    [Theory, InlineData("sale"), InlineData("https://shop.example.org/sale?a=1&b=%20#top"), InlineData("Été – 夏")]
    public void A_target_comes_out_as_it_went_in(string name)
    {
        var shared = Signer.Seal(Target(name), null);
        var personal = Signer.Seal(Target(name), Adas);

        Assert.Equal(new TargetVerdict.Valid(Target(name)), Signer.Unseal(shared, Bobs));
        Assert.Equal(new TargetVerdict.Valid(Target(name)), Signer.Unseal(personal, Adas));
    }

    [Fact]
    public void The_personal_target_of_one_message_is_none_of_anothers() =>
        Assert.IsType<TargetVerdict.Refused>(Signer.Unseal(Signer.Seal(Target(), Adas), Bobs));

    [Fact]
    public void Nobody_can_change_a_single_character_of_it()
    {
        foreach (var seal in new[] { Signer.Seal(Target(), null), Signer.Seal(Target(), Adas) })
            for (var at = 0; at < seal.Length; at++)
            {
                var changed = seal.ToCharArray();
                changed[at] = changed[at] == 'x' ? 'y' : 'x';

                // The last character of a text whose length is no multiple of four has spare bits; then the same target comes out.
                if (Signer.Unseal(changed, Adas) is TargetVerdict.Valid valid)
                    Assert.Equal(Target(), valid.Target);
                else
                    Assert.IsType<TargetVerdict.Refused>(Signer.Unseal(changed, Adas));
            }
    }

    [Theory]
    [InlineData(""), InlineData("x"), InlineData("https://evil.example"), InlineData("EAAB"), InlineData("ä"), InlineData("====")]
    public void What_is_no_seal_is_refused(string text) => Assert.IsType<TargetVerdict.Refused>(Signer.Unseal(text, Adas));

    [Fact]
    public void A_monster_is_refused_before_it_is_read() => Assert.IsType<TargetVerdict.Refused>(Signer.Unseal(new string('A', 1_000_000), Adas));

    [Fact]
    public void Old_keys_go_on_and_a_revoked_one_is_told()
    {
        var old = Signer.Seal(Target(), null);

        Assert.IsType<TargetVerdict.Valid>(new PublicLinkSigner(new LinkKeyRing(2, [First, Second])).Unseal(old, Adas));
        Assert.IsType<TargetVerdict.Revoked>(new PublicLinkSigner(new LinkKeyRing(2, [First with { Revoked = true }, Second])).Unseal(old, Adas));
        Assert.IsType<TargetVerdict.Refused>(new PublicLinkSigner(new LinkKeyRing(2, [Second])).Unseal(old, Adas));
    }

    [Theory]
    [InlineData("https://shop.example.org/%7Eada", "https://shop.example.org/%7Eada")]
    [InlineData("  HTTP://shop.example.org  ", "HTTP://shop.example.org")]
    [InlineData("https://bücher.example/Straße?q=ü", "https://xn--bcher-kva.example/Stra%C3%9Fe?q=%C3%BC")]
    [InlineData("mailto:ada@example.org", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("//evil.example", null)]
    [InlineData("/relative", null)]
    [InlineData("#anchor", null)]
    [InlineData("https://", null)]
    [InlineData("https:///path", null)]
    [InlineData("", null)]
    public void Only_addresses_on_the_web_are_targets_and_they_fit_a_header(string written, string? address)
    {
        Assert.Equal(address, LinkTarget.AddressOf(written));
        Assert.DoesNotContain(LinkTarget.AddressOf(written + "\r\nSet-Cookie: a=b") ?? "", char.IsControl);
    }
}
