using System.Security.Cryptography;

namespace Parcours.Channels.Links;

/// <summary>HMAC-SHA256 (RFC 2104) under a link key. A mail has four and more signed links: each thread keeps the library's state for the key it used last, which is most of what a signature costs.</summary>
static class LinkMac
{
    [ThreadStatic]
    static LinkKey? _key;

    [ThreadStatic]
    static IncrementalHash? _hash;

    /// <param name="key">Signs.</param>
    /// <param name="message">What is signed.</param>
    /// <param name="mac">Filled with the first bytes of the signature: 32 at most.</param>
    public static void Sign(LinkKey key, ReadOnlySpan<byte> message, Span<byte> mac)
    {
        if (!ReferenceEquals(_key, key) || _hash is null)
        {
            _hash?.Dispose();
            _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Secret.Span);
            _key = key;
        }

        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.AppendData(message);
        _ = _hash.GetHashAndReset(whole);
        whole[..mac.Length].CopyTo(mac);
    }
}
