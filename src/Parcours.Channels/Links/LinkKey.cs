namespace Parcours.Channels.Links;

/// <summary>One secret that signs public links.</summary>
/// <param name="Number">Written into each link, so that old links find their key. Never reuse a number.</param>
/// <param name="Secret">At least 32 random bytes.</param>
/// <param name="Revoked">Links signed by it are recognised, and refused as revoked.</param>
public sealed record LinkKey(ushort Number, ReadOnlyMemory<byte> Secret, bool Revoked = false)
{
    /// <summary>The fewest bytes a secret may have.</summary>
    public const int SecretBytesMin = 32;
}
