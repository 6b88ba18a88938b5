using System.Buffers.Binary;

namespace Parcours.Journeys.Contacts;

/// <summary>The name of a contact, outside and inside: a UUIDv7 (RFC 9562) given out by intake.</summary>
/// <remarks>
/// Its low 62 bits carry the contact's number, which rises by one with each new contact. A store may so key its rows by a rising integer
/// without an index from the UUID to it (docs/decisions/0003). The upper bits are the millisecond of creation and 12 bits of salt: a number alone
/// is no proof that the id exists, so whoever finds a row by number compares the whole id.
/// </remarks>
public readonly record struct ContactId(Guid Value) : IComparable<ContactId>
{
    const long NumberMask = 0x3FFF_FFFF_FFFF_FFFF;

    /// <summary>The id that no contact has: into it those are merged that were erased (Semantics 12.1).</summary>
    public static ContactId Nobody => default;

    /// <summary>The rising number within the installation; 1 for the first contact.</summary>
    public long Number
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & NumberMask;
        }
    }

    /// <summary>Makes the id of contact <paramref name="number"/>.</summary>
    /// <param name="unixMilliseconds">When the contact was made.</param>
    /// <param name="salt">12 bits that make ids hard to guess; more are cut.</param>
    public static ContactId Create(long number, long unixMilliseconds, int salt)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (unixMilliseconds << 16) | 0x7000L | (salt & 0xFFFL));
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], (number & NumberMask) | unchecked((long)0x8000_0000_0000_0000));
        return new(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Orders by number, which is the order of creation.</summary>
    public int CompareTo(ContactId other) => Number.CompareTo(other.Number);

    public static bool operator <(ContactId left, ContactId right) => left.CompareTo(right) < 0;
    public static bool operator >(ContactId left, ContactId right) => left.CompareTo(right) > 0;
    public static bool operator <=(ContactId left, ContactId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ContactId left, ContactId right) => left.CompareTo(right) >= 0;

    /// <summary>The UUID in its usual form.</summary>
    public override string ToString() => Value.ToString();
}
