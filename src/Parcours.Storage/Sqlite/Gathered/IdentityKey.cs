using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>A kind of identity and its normalised value, with the hash that orders them in the table. Two of them may share a hash.</summary>
readonly struct IdentityKey : IEquatable<IdentityKey>
{
    readonly byte _kind;
    readonly string _value;

    public IdentityKey(byte kind, string value)
        : this(kind, value, HashOf(kind, value))
    {
    }

    /// <summary>With a hash given, for tests of what happens when two values share one.</summary>
    internal IdentityKey(byte kind, string value, long hash) => (_kind, _value, Hash) = (kind, value, hash);

    public long Hash { get; }

    public byte Kind => _kind;

    public string Value => _value;

    // Whoever sends identities chooses the values; a cryptographic hash leaves no way to choose many that meet in one row.
    static long HashOf(byte kind, string value)
    {
        const int OnStack = 512;
        var most = 1 + Encoding.UTF8.GetMaxByteCount(value.Length);
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        bytes[0] = kind;
        var length = 1 + Encoding.UTF8.GetBytes(value, bytes[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    public bool Equals(IdentityKey other) => Hash == other.Hash && _kind == other._kind && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is IdentityKey other && Equals(other);

    public override int GetHashCode() => Hash.GetHashCode();
}
