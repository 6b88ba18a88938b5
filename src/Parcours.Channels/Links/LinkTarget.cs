using System.Security.Cryptography;
using System.Text;

namespace Parcours.Channels.Links;

/// <summary>Where a link in a mail leads, and what it is called.</summary>
/// <param name="Name">What events and conditions know it by: the name that its author gave it, else its address as the author wrote it.</param>
/// <param name="Address">Absolute, http or https, in ASCII: ready for a <c>Location</c>.</param>
/// <param name="Content">The <see cref="MarkOf"/> of the content that it stands in.</param>
public sealed record LinkTarget(string Name, string Address, uint Content)
{
    /// <summary>Characters of an address that can be sealed; a longer one is left as it is.</summary>
    public const int AddressLengthMax = 2_000;

    /// <summary>Characters of a name.</summary>
    public const int NameLengthMax = 200;

    /// <summary>32 bits by which the link of another content is told from this one's.</summary>
    public static uint MarkOf(string content)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(content), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>The address as a browser would go to it; null where it is none on the web, or too long.</summary>
    public static string? AddressOf(string written)
    {
        var text = written.AsSpan().Trim();
        if (text.Length > AddressLengthMax || !(text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            || !Uri.TryCreate(text.ToString(), UriKind.Absolute, out var address) || address.Host.Length == 0)
            return null;
        // As it was written where that is possible: some servers tell %7E from ~.
        if (!text.ContainsAnyExceptInRange('!', '~'))
            return text.ToString();
        var user = address.UserInfo.Length == 0 ? "" : address.UserInfo + "@";
        var port = address.IsDefaultPort ? "" : $":{address.Port}";
        var encoded = $"{address.Scheme}://{user}{address.IdnHost}{port}{address.PathAndQuery}{address.Fragment}";
        return encoded.Length <= AddressLengthMax && !encoded.AsSpan().ContainsAnyExceptInRange('!', '~') ? encoded : null;
    }
}

/// <summary>What became of a seal that somebody presented.</summary>
public abstract record TargetVerdict
{
    TargetVerdict() { }

    /// <summary>Sealed by a key of ours that still stands.</summary>
    public sealed record Valid(LinkTarget Target) : TargetVerdict;

    /// <summary>Sealed by a key of ours that was revoked: answer 410.</summary>
    public sealed record Revoked : TargetVerdict;

    /// <summary>Not ours, changed on its way, or of another message: answer 404.</summary>
    public sealed record Refused : TargetVerdict;

    internal static readonly TargetVerdict TheRevoked = new Revoked();
    internal static readonly TargetVerdict TheRefused = new Refused();
}
