using Parcours.Journeys.Contacts;

namespace Parcours.Engine.State;

/// <summary>Stored form of what a message says of the event that started its enrolment.</summary>
public static class MessageDataCodec
{
    // 0 and 1 are what the first byte was before there was a version: whether there is a starting event.
    const byte Newest = 2;

    public static void Write(ByteWriter to, string? startEvent, ReadOnlySpan<byte> data)
    {
        to.Byte(Newest);
        to.OptionalText(startEvent);
        to.Bytes(data);
    }

    public static (string? StartEvent, EventProperties Data) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return (null, EventProperties.Empty);
        Check(bytes);
        var from = new ByteReader(bytes[0] < Newest ? bytes : bytes[1..]);
        return (from.OptionalText(), new(from.Bytes().ToArray()));
    }

    /// <summary>Only whether it can be read.</summary>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && bytes[0] > Newest)
            throw new UnknownFormException($"A stored form has version {bytes[0]}; this program knows versions up to {Newest}.");
    }
}
