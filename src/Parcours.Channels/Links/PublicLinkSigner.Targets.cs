using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Links;

/// <summary>Seals the targets of links into their addresses, so that nobody can make this server lead elsewhere (Semantics 10.9; docs/decisions/0008).</summary>
/// <remarks>
/// A seal is base64url of: format and whether it is one message's own, key number, 128 bits of HMAC-SHA256, mark of the content, length of the name, name, address.
/// The same for all mails of a version unless the address is personal: then the message is part of what is signed.
/// </remarks>
public sealed partial class PublicLinkSigner
{
    const int SealHead = 3;
    const int SealFixed = SealHead + MacBytes + 6;
    const int SealLengthMax = (SealFixed + LinkTarget.NameLengthMax * 3 + LinkTarget.AddressLengthMax) * 4 / 3 + 4;

    /// <param name="message">Set for an address that only this message has; null for one that stands so in the content.</param>
    public string Seal(LinkTarget target, MessageKey? message)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Address.Length, LinkTarget.AddressLengthMax, nameof(target));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Name.Length, LinkTarget.NameLengthMax, nameof(target));

        // A name that is the address is not written twice.
        var name = target.Name == target.Address ? "" : target.Name;
        var nameBytes = Encoding.UTF8.GetByteCount(name);
        var seal = new byte[SealFixed + nameBytes + target.Address.Length];
        seal[0] = (byte)((Format << 4) | (message is null ? 0 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(seal.AsSpan(1), _keys.Current.Number);
        var body = seal.AsSpan(SealHead + MacBytes);
        BinaryPrimitives.WriteUInt32BigEndian(body, target.Content);
        BinaryPrimitives.WriteUInt16BigEndian(body[4..], (ushort)nameBytes);
        Encoding.UTF8.GetBytes(name, body[6..]);
        Encoding.ASCII.GetBytes(target.Address, body[(6 + nameBytes)..]);
        MacTarget(_keys.Current, seal, message, seal.AsSpan(SealHead, MacBytes));
        return Base64Url.EncodeToString(seal);
    }

    /// <summary>Judges a seal that came from outside with a message's token. Never throws.</summary>
    public TargetVerdict Unseal(ReadOnlySpan<char> text, MessageKey message)
    {
        if (text.Length > SealLengthMax || text.ContainsAnyExcept(Alphabet) || !Base64Url.IsValid(text))
            return TargetVerdict.TheRefused;
        var seal = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (!Base64Url.TryDecodeFromChars(text, seal, out var length) || length < SealFixed || seal[0] >> 4 != Format || (seal[0] & 0xF) > 1
            || _keys.Find(BinaryPrimitives.ReadUInt16BigEndian(seal.AsSpan(1))) is not { } key)
            return TargetVerdict.TheRefused;

        Array.Resize(ref seal, length);
        Span<byte> expected = stackalloc byte[MacBytes];
        MacTarget(key, seal, (seal[0] & 1) == 1 ? message : null, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, seal.AsSpan(SealHead, MacBytes)))
            return TargetVerdict.TheRefused;
        if (key.Revoked)
            return TargetVerdict.TheRevoked;
        var body = seal.AsSpan(SealHead + MacBytes);
        var nameBytes = BinaryPrimitives.ReadUInt16BigEndian(body[4..]);
        var address = Encoding.ASCII.GetString(body[(6 + nameBytes)..]);
        return new TargetVerdict.Valid(new(nameBytes == 0 ? address : Encoding.UTF8.GetString(body.Slice(6, nameBytes)), address, BinaryPrimitives.ReadUInt32BigEndian(body)));
    }

    static void MacTarget(LinkKey key, ReadOnlySpan<byte> seal, MessageKey? message, Span<byte> mac)
    {
        // The message has its place even where it is none's, so that one form cannot pass for the other.
        var signed = new byte[TargetName.Length + SealHead + 16 + seal.Length - SealHead - MacBytes];
        TargetName.CopyTo(signed);
        seal[..SealHead].CopyTo(signed.AsSpan(TargetName.Length));
        if (message is { } own)
            own.Value.TryWriteBytes(signed.AsSpan(TargetName.Length + SealHead), bigEndian: true, out _);
        seal[(SealHead + MacBytes)..].CopyTo(signed.AsSpan(TargetName.Length + SealHead + 16));

        LinkMac.Sign(key, signed, mac);
    }

    static ReadOnlySpan<byte> TargetName => "parcours.target.1:"u8;
}
