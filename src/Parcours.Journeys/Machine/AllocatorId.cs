using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>What is given out once for all contacts (Semantics 9.2). The numbers are stored.</summary>
public enum AllocatorKind : byte
{
    /// <summary>The first so many places of a point.</summary>
    FirstN = 1,
    /// <summary>Tickets into a journey, so many in a time.</summary>
    EntryRate = 2,
    /// <summary>The codes of a pool.</summary>
    Coupons = 3,
    /// <summary>Users in turn.</summary>
    Owners = 4,
}

/// <summary>The name of an allocator. It lives in one partition, and what it knows is stored with that.</summary>
/// <param name="Name">A journey, <c>journey/point</c>, or a pool.</param>
public readonly record struct AllocatorId(AllocatorKind Kind, string Name)
{
    /// <summary>Numbers that no contact gets: an order to an allocator travels to an address as one to a contact does, and the partition follows from it.</summary>
    const long First = 1L << 61;

    /// <summary>That of one point, in whichever version of its journey.</summary>
    public static AllocatorId OfPoint(AllocatorKind kind, JourneyId journey, string point) => new(kind, $"{journey.Value}/{point}");

    public static AllocatorId OfRate(JourneyId journey) => new(AllocatorKind.EntryRate, journey.Value);

    public static AllocatorId OfPool(string pool) => new(AllocatorKind.Coupons, pool);

    /// <summary>Where orders to it go, in place of a contact's id.</summary>
    public ContactId Address
    {
        get
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            Hashes.Sha256($"allocator\0{this}", hash);
            return ContactId.Create(First | (BinaryPrimitives.ReadInt64BigEndian(hash) & (First - 1)), 0, 0);
        }
    }

    public Partition Partition => Partition.Of(Address);

    /// <summary>Whether this is the address of an allocator, and no contact.</summary>
    public static bool IsAddress(ContactId contact) => contact.Number >= First;

    /// <summary>As it is stored: the kind's number, a colon, the name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(byte)Kind}:{Name}");

    /// <exception cref="FormatException">It is no such text.</exception>
    /// <exception cref="UnknownFormException">A newer version knows what it is.</exception>
    public static AllocatorId Parse(string text) =>
        text is [var kind and >= '1' and <= '9', ':', ..]
            ? Enum.IsDefined((AllocatorKind)(kind - '0')) ? new((AllocatorKind)(kind - '0'), text[2..]) : throw new UnknownFormException($"An allocator of kind {kind} is of a newer version.")
            : throw new FormatException($"'{text}' names no allocator.");
}
