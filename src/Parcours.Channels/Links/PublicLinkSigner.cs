using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Links;

/// <summary>Makes and judges the tokens of public links (Semantics 10.9). The keys are given, nothing is stored. Safe on any thread.</summary>
/// <remarks>
/// A token is 36 bytes as 48 characters of base64url: format and purpose, key number, partition, message key, and 128 bits of
/// HMAC-SHA256 over all of it. 36 bytes fill 48 characters exactly, so no character has a spare bit that could be changed unnoticed.
/// </remarks>
public sealed partial class PublicLinkSigner
{
    /// <summary>Characters of a token.</summary>
    public const int TokenLength = 48;

    const int Format = 1;
    const int BodyBytes = 20;
    const int MacBytes = 16;

    volatile LinkKeyRing _keys;

    public PublicLinkSigner(LinkKeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>From now on these are the keys.</summary>
    public void Use(LinkKeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>The token for a link, signed by the current key: letters, digits, <c>-</c> and <c>_</c> only.</summary>
    public string Sign(PublicLink link)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(Enum.IsDefined(link.Purpose), true, nameof(link));

        var signing = _keys.Current;
        Span<byte> token = stackalloc byte[BodyBytes + MacBytes];
        token[0] = (byte)((Format << 4) | (int)link.Purpose);
        BinaryPrimitives.WriteUInt16BigEndian(token[1..], signing.Number);
        token[3] = link.Partition.Index;
        link.Message.Value.TryWriteBytes(token[4..], bigEndian: true, out _);
        Mac(signing, token[..BodyBytes], token[BodyBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Judges a token that came from outside. Never throws; takes the same time whichever byte of the signature is wrong.</summary>
    public LinkVerdict Verify(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[BodyBytes + MacBytes];
        // The decoder forgives white space and padding; a link of ours has neither.
        if (token.Length != TokenLength || token.ContainsAnyExcept(Alphabet)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != bytes.Length)
            return LinkVerdict.TheRefused;

        var purpose = (LinkPurpose)(bytes[0] & 0xF);
        if (bytes[0] >> 4 != Format || !Enum.IsDefined(purpose) || _keys.Find(BinaryPrimitives.ReadUInt16BigEndian(bytes[1..])) is not { } key)
            return LinkVerdict.TheRefused;

        Span<byte> expected = stackalloc byte[MacBytes];
        Mac(key, bytes[..BodyBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[BodyBytes..]))
            return LinkVerdict.TheRefused;
        // Only after the signature: a forger does not learn which keys were revoked.
        if (key.Revoked)
            return LinkVerdict.TheRevoked;
        return new LinkVerdict.Valid(new PublicLink(purpose, new Partition(bytes[3]), new MessageKey(new Guid(bytes[4..BodyBytes], bigEndian: true))));
    }

    static readonly System.Buffers.SearchValues<char> Alphabet =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    static void Mac(LinkKey key, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        // The name keeps a signature of another part of the product, should it ever share the secret, from passing here.
        Span<byte> message = stackalloc byte[Name.Length + BodyBytes];
        Name.CopyTo(message);
        body.CopyTo(message[Name.Length..]);

        LinkMac.Sign(key, message, mac);
    }

    static ReadOnlySpan<byte> Name => "parcours.link.1:"u8;
}
