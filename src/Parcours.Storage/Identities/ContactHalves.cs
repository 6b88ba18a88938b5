using System.Buffers.Binary;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Identities;

/// <summary>A contact's id as its two halves: the number, by which rows are keyed, and what stands above it.</summary>
static class ContactHalves
{
    /// <summary>The upper 64 bits of the id: the millisecond of creation and the salt.</summary>
    public static long High(this ContactId contact)
    {
        Span<byte> bytes = stackalloc byte[16];
        contact.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    public static ContactId ContactOf(long high, long number)
    {
        // The two bits above the number are the variant of every UUID of this kind.
        const long Variant = unchecked((long)0x8000_0000_0000_0000);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number | Variant);
        return new ContactId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>The salt of the contact with this number, in an installation with this salt.</summary>
    /// <remarks>Finalizer of a 64-bit mixer: neighbours get unlike bits. No secret, only hard to guess by hand.</remarks>
    public static int SaltOf(long number, long installation)
    {
        var mixed = unchecked((ulong)(number + installation) * 0xBF58_476D_1CE4_E5B9UL);
        mixed ^= mixed >> 27;
        return (int)(unchecked(mixed * 0x94D0_49BB_1331_11EBUL) >> 52);
    }
}
