using FsCheck;
using FsCheck.Fluent;
using Parcours.Channels.Links;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Tests.Links;

public class PublicLinkTests
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    static readonly LinkKey Old = Key(1);
    static readonly LinkKey New = Key(2);
    static readonly PublicLink Link = new(LinkPurpose.Unsubscribe, new Partition(41), new MessageKey(new Guid("01234567-89ab-8def-8edc-ba9876543210")));

    static LinkKey Key(ushort number, bool revoked = false) =>
        new(number, Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + number)).ToArray(), revoked);

    static PublicLinkSigner Signer(ushort current, params LinkKey[] keys) => new(new LinkKeyRing(current, keys));

    /// Semantics 10.9
    [Fact]
    public void A_link_names_its_partition_message_and_purpose_and_comes_back_the_same()
    {
        var links = from purpose in Gen.Elements(LinkPurpose.Unsubscribe, LinkPurpose.View)
                    from partition in Gen.Choose(0, 63)
                    from key in ArbMap.Default.GeneratorFor<Guid>()
                    select new PublicLink(purpose, new Partition((byte)partition), new MessageKey(key));
        var signer = Signer(2, Old, New);

        Prop.ForAll(links.ToArbitrary(), link =>
        {
            var token = signer.Sign(link);
            return token.Length == PublicLinkSigner.TokenLength && token.All(Alphabet.Contains)
                && signer.Verify(token) is LinkVerdict.Valid valid && valid.Link == link;
        }).QuickCheckThrowOnFailure();
    }

    /// Semantics 10.9
    [Fact]
    public void A_link_with_any_one_character_changed_is_refused()
    {
        var signer = Signer(2, Old, New);
        var token = signer.Sign(Link);

        for (var at = 0; at < token.Length; at++)
            foreach (var other in Alphabet + "=+/ \0é")
                if (other != token[at])
                    Assert.IsType<LinkVerdict.Refused>(signer.Verify(token[..at] + other + token[(at + 1)..]));
    }

    [Fact]
    public void Text_that_is_no_link_is_refused_and_never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Signer(1, Old).Verify(text) is LinkVerdict.Refused).QuickCheckThrowOnFailure();

    [Fact]
    public void A_link_cut_short_or_lengthened_is_refused()
    {
        var signer = Signer(1, Old);
        var token = signer.Sign(Link);

        Assert.IsType<LinkVerdict.Refused>(signer.Verify(token.AsSpan(0, token.Length - 1)));
        Assert.IsType<LinkVerdict.Refused>(signer.Verify(token.AsSpan(0, token.Length - 4)));
        Assert.IsType<LinkVerdict.Refused>(signer.Verify(token + "A"));
        Assert.IsType<LinkVerdict.Refused>(signer.Verify(token + "===="));
        Assert.IsType<LinkVerdict.Refused>(signer.Verify(""));
    }

    /// Semantics 10.9
    [Fact]
    public void An_old_key_goes_on_verifying_after_a_new_one_signs() =>
        Assert.Equal(new LinkVerdict.Valid(Link), Signer(2, Old, New).Verify(Signer(1, Old).Sign(Link)));

    /// Semantics 10.9
    [Fact]
    public void A_link_of_a_revoked_key_is_called_revoked_and_a_forged_one_of_that_key_is_not()
    {
        var signer = Signer(2, Key(1, revoked: true), New);
        var token = Signer(1, Old).Sign(Link);

        Assert.IsType<LinkVerdict.Revoked>(signer.Verify(token));
        Assert.IsType<LinkVerdict.Refused>(signer.Verify(token[..^1] + (token[^1] == 'A' ? 'B' : 'A')));
    }

    [Fact]
    public void A_link_signed_by_a_key_that_we_never_had_is_refused() =>
        Assert.IsType<LinkVerdict.Refused>(Signer(1, Old).Verify(Signer(2, New).Sign(Link)));

    [Fact]
    public void A_key_ring_refuses_short_secrets_doubled_numbers_and_a_signing_key_that_cannot_sign()
    {
        Assert.Throws<ArgumentException>(() => new LinkKeyRing(1, [new LinkKey(1, new byte[31])]));
        Assert.Throws<ArgumentException>(() => new LinkKeyRing(1, [Old, Old]));
        Assert.Throws<ArgumentException>(() => new LinkKeyRing(3, [Old, New]));
        Assert.Throws<ArgumentException>(() => new LinkKeyRing(1, [Key(1, revoked: true), New]));
    }

    [Theory]
    [InlineData("https://journeys.example.com", "https://journeys.example.com/u/")]
    [InlineData("https://example.com/crm/", "https://example.com/crm/u/")]
    [InlineData("http://localhost:5080/", "http://localhost:5080/u/")]
    public void An_address_is_the_public_base_the_path_and_the_token(string publicBase, string start)
    {
        var signer = Signer(1, Old);

        var address = new PublicAddresses(new Uri(publicBase), signer).Unsubscribe(Link.Partition, Link.Message);

        Assert.Equal(start + signer.Sign(Link), address);
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("ftp://example.com")]
    [InlineData("https://example.com/?a=b")]
    public void A_public_base_that_links_cannot_grow_from_is_refused(string publicBase) =>
        Assert.Throws<ArgumentException>(() => new PublicAddresses(new Uri(publicBase, UriKind.RelativeOrAbsolute), Signer(1, Old)));
}
