using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Schedules;

namespace Parcours.Engine.State;

/// <summary>Stored form of what a message says of the event that started its enrolment, and of the window in which it may leave.</summary>
public static class MessageDataCodec
{
    // 0 and 1 are what the first byte was before there was a version: whether there is a starting event. 3 came with the window.
    const byte Newest = 3;
    const byte WithoutWindow = 2;

    public static void Write(ByteWriter to, string? startEvent, ReadOnlySpan<byte> data, SendWindow? window = null)
    {
        to.Byte(Newest);
        to.Boolean(window is not null);
        if (window is not null)
            Write(to, window);
        to.OptionalText(startEvent);
        to.Bytes(data);
    }

    static void Write(ByteWriter to, SendWindow window)
    {
        to.Byte(window.Days.Bits);
        to.Signed(window.From.NanosecondOfDay / NodaConstants.NanosecondsPerSecond);
        to.Signed(window.Until.NanosecondOfDay / NodaConstants.NanosecondsPerSecond);
        to.Text(window.Zone.Id);
        to.Byte((byte)window.Outside);
    }

    public static (string? StartEvent, EventProperties Data) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return (null, EventProperties.Empty);
        Check(bytes);
        var from = new ByteReader(bytes[0] < WithoutWindow ? bytes : bytes[1..]);
        if (bytes[0] > WithoutWindow)
            Window(ref from);
        return (from.OptionalText(), new(from.Bytes().ToArray()));
    }

    /// <summary>When it may leave; null: at any time. What a newer program wrote is told from what cannot be read.</summary>
    public static SendWindow? Window(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return null;
        Check(bytes);
        if (bytes[0] <= WithoutWindow)
            return null;
        var from = new ByteReader(bytes[1..]);
        return Window(ref from);
    }

    static SendWindow? Window(ref ByteReader from)
    {
        if (!from.Boolean())
            return null;
        var days = new WeekDays(from.Byte());
        var (opens, closes) = (LocalTime.FromSecondsSinceMidnight((int)from.Signed()), LocalTime.FromSecondsSinceMidnight((int)from.Signed()));
        // A zone that is no more: the hours still stand, and the message is not held for ever.
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(from.Text()) ?? DateTimeZone.Utc;
        return new(days, opens, closes, zone, (OutsideWindow)from.Byte());
    }

    static void Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] > Newest)
            throw new UnknownFormException($"A stored form has version {bytes[0]}; this program knows versions up to {Newest}.");
    }
}
