using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Intake;

/// <summary>32 bits of what an item says, its times left aside: enough to notice another body under a message id that was seen (Semantics 5.1). Nothing is decided by it.</summary>
/// <remarks>Part of what is stored: never change it. Hot path: one pass, no allocation.</remarks>
static class Fingerprint
{
    const ulong First = 0x9E3779B97F4A7C15, Second = 0xC2B2AE3D27D4EB4F;

    /// <returns>Never 0, which says that there is none.</returns>
    public static uint Of(ContactId? contact, ImmutableArray<Identity> identities, EntryKind kind, string? name, ReadOnlySpan<byte> body)
    {
        var hash = Add((ulong)kind, body);
        hash = Add(hash, name);
        foreach (var identity in identities)
            hash = Add(hash ^ (ulong)identity.Kind, identity.Value);
        if (contact is { } named)
            hash = Mix(hash, (ulong)named.Number);
        hash = (hash ^ (hash >> 29)) * First;
        var folded = (uint)(hash >> 32) ^ (uint)hash;
        return folded == 0 ? 1 : folded;
    }

    // Little-endian whatever the machine: .NET keeps texts in its own order, which is little-endian wherever it runs today.
    static ulong Add(ulong hash, string? text) => Add(hash, MemoryMarshal.AsBytes(text.AsSpan()));

    static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        hash = Mix(hash, (ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        var last = 0UL;
        foreach (var one in bytes)
            last = (last << 8) | one;
        return Mix(hash, last);
    }

    static ulong Mix(ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ (word * First)) * Second, 31);
}
