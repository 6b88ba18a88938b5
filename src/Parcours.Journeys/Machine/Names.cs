using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>The key of a journey: lower-case letters, digits and hyphens, at most 64; fixed for its life.</summary>
public readonly record struct JourneyId(string Value) : IComparable<JourneyId>
{
    public int CompareTo(JourneyId other) => string.CompareOrdinal(Value, other.Value);
    public static bool operator <(JourneyId left, JourneyId right) => left.CompareTo(right) < 0;
    public static bool operator >(JourneyId left, JourneyId right) => left.CompareTo(right) > 0;
    public static bool operator <=(JourneyId left, JourneyId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(JourneyId left, JourneyId right) => left.CompareTo(right) >= 0;
    public override string ToString() => Value;
}

/// <summary>One contact's n-th trip through a journey: a hash of (journey, contact, n), so whoever knows these knows the id.</summary>
public readonly record struct EnrolmentId(Guid Value)
{
    public static EnrolmentId Of(JourneyId journey, ContactId contact, int number) => new(Hashes.Guid($"enrolment\0{journey.Value}\0{contact}\0{number}"));
    public override string ToString() => Value.ToString();
}

/// <summary>hash(enrolment, point, visit, channel): the message's Message-ID and the provider's idempotency key (Semantics 5.4).</summary>
public readonly record struct MessageKey(Guid Value)
{
    public static MessageKey Of(EnrolmentId enrolment, string point, int visit, string channel) => new(Hashes.Guid($"message\0{enrolment}\0{point}\0{visit}\0{channel}"));
    public override string ToString() => Value.ToString("N");
}

/// <summary>Hashes that are part of what is stored: never change them.</summary>
public static class Hashes
{
    /// <summary>128 bits of SHA-256, dressed as a UUIDv8 (RFC 9562 section 5.8).</summary>
    public static Guid Guid(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256(text, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The first 64 bits of SHA-256(journey, point, contact): the draw of a split (Semantics 13.5).</summary>
    /// <param name="salt">Empty, or the entry's number where a new draw is wanted each entry.</param>
    public static ulong Draw(JourneyId journey, string point, ContactId contact, string salt = "")
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256($"draw\0{journey.Value}\0{point}\0{contact}\0{salt}", hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>SHA-256 of the text in UTF-8.</summary>
    /// <param name="hash">32 bytes.</param>
    public static void Sha256(string text, Span<byte> hash)
    {
        const int OnStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
    }
}
