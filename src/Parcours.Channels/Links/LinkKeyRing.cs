using System.Collections.Frozen;

namespace Parcours.Channels.Links;

/// <summary>The keys that sign and verify public links: one signs, all verify. Immutable, hence safe on any thread.</summary>
public sealed class LinkKeyRing
{
    readonly FrozenDictionary<ushort, LinkKey> _keys;

    /// <param name="current">Number of the key that signs new links.</param>
    /// <param name="keys">Every key that ever signed, the revoked ones too: without its key an old link could only be called unknown.</param>
    /// <exception cref="ArgumentException">Two keys share a number, a secret is too short, or the current key is missing or revoked.</exception>
    public LinkKeyRing(ushort current, IEnumerable<LinkKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var byNumber = new Dictionary<ushort, LinkKey>();
        foreach (var key in keys)
        {
            if (key.Secret.Length < LinkKey.SecretBytesMin)
                throw new ArgumentException($"Link key {key.Number} has fewer than {LinkKey.SecretBytesMin} bytes.", nameof(keys));
            if (!byNumber.TryAdd(key.Number, key))
                throw new ArgumentException($"Two link keys have the number {key.Number}.", nameof(keys));
        }

        _keys = byNumber.ToFrozenDictionary();
        Current = _keys.TryGetValue(current, out var signing) && !signing.Revoked
            ? signing
            : throw new ArgumentException($"Link key {current} is missing or revoked, so it cannot sign.", nameof(current));
    }

    public LinkKey Current { get; }

    internal LinkKey? Find(ushort number) => _keys.GetValueOrDefault(number);
}
