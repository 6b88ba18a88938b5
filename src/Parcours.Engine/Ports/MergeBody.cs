using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Ports;

/// <summary>The body of an entry of kind <see cref="EntryKind.Merge"/>: the one body that a store writes and reads itself. 16 bytes, the winner's UUID in network order.</summary>
public static class MergeBody
{
    public static ReadOnlyMemory<byte> Of(ContactId winner) => winner.Value.ToByteArray(bigEndian: true);

    public static ContactId Winner(ReadOnlySpan<byte> body) => new(new Guid(body, bigEndian: true));
}
