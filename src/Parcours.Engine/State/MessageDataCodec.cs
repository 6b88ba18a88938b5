using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Engine.State;

/// <summary>Stored form of what a message says of the event that started its enrolment, of the window in which it may leave, and of where its contact lives.</summary>
public static class MessageDataCodec
{
    // 0 and 1 are what the first byte was before there was a version: whether there is a starting event. 3 came with the window, 4 with webhooks.
    const byte Newest = 5;
    const byte WithoutPlace = 4;
    const byte WithoutRequest = 3;
    const byte WithoutWindow = 2;

    public static void Write(ByteWriter to, string? startEvent, ReadOnlySpan<byte> data, SendWindow? window = null, WebRequest? request = null, QuietPlace? place = null)
    {
        // Only what needs the new form has it: what people get is read by the program before this one (Semantics 13.3).
        var isNewest = place is not null || window?.Spread > Duration.Zero;
        to.Byte(isNewest ? Newest : request is null ? WithoutRequest : WithoutPlace);
        if (isNewest)
            to.Boolean(request is not null);
        if (request is not null)
            Write(to, request);
        to.Boolean(window is not null);
        if (window is not null)
            Write(to, window);
        if (isNewest)
            Write(to, window?.Spread ?? Duration.Zero, place);
        to.OptionalText(startEvent);
        to.Bytes(data);
    }

    static void Write(ByteWriter to, Duration spread, QuietPlace? place)
    {
        to.Signed((long)spread.TotalSeconds);
        to.OptionalText(place?.Zone.Id);
        if (place is null)
            return;
        to.OptionalText(place.Country);
        to.Byte((byte)place.WhenQuiet);
    }

    static void Write(ByteWriter to, WebRequest request)
    {
        to.Text(request.Method);
        to.Text(request.Url);
        to.Count(request.Headers.Length);
        foreach (var header in request.Headers)
        {
            to.Text(header.Name);
            to.Text(header.Value);
            to.OptionalText(header.Secret);
        }

        to.Bytes(request.Body.Span);
        to.OptionalText(request.SignWith);
        to.Boolean(request.WantsAnswer);
    }

    /// <summary>Of a webhook: what is asked; null for what people get.</summary>
    public static WebRequest? Request(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return null;
        Check(bytes);
        if (bytes[0] <= WithoutRequest)
            return null;
        var from = new ByteReader(bytes[1..]);
        return Request(ref from, bytes[0]);
    }

    /// <summary>In the newest form it says whether there is one.</summary>
    static WebRequest? Request(ref ByteReader from, byte version) => version <= WithoutRequest || version == Newest && !from.Boolean() ? null : Request(ref from);

    static WebRequest Request(ref ByteReader from)
    {
        var (method, url) = (from.Text(), from.Text());
        var headers = ImmutableArray.CreateBuilder<WebHeader>();
        for (var left = from.Count(); left > 0; left--)
            headers.Add(new(from.Text(), from.Text(), from.OptionalText()));
        return new(method, url, headers.ToImmutable(), from.Bytes().ToArray(), from.OptionalText(), from.Boolean());
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
        Request(ref from, bytes[0]);
        if (bytes[0] > WithoutWindow)
            Window(ref from, bytes[0], out _);
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
        Request(ref from, bytes[0]);
        return Window(ref from, bytes[0], out _);
    }

    /// <summary>Where its contact lives; null: no quiet hours concerned it when it was decided.</summary>
    public static QuietPlace? Place(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] <= WithoutPlace)
            return null;
        Check(bytes);
        var from = new ByteReader(bytes[1..]);
        Request(ref from, bytes[0]);
        Window(ref from, bytes[0], out var place);
        return place;
    }

    static SendWindow? Window(ref ByteReader from, byte version, out QuietPlace? place)
    {
        place = null;
        var window = from.Boolean() ? Window(ref from) : null;
        if (version <= WithoutPlace)
            return window;
        var spread = Duration.FromSeconds(from.Signed());
        if (from.OptionalText() is { } zone)
            place = new(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc, from.OptionalText(), (OutsideWindow)from.Byte());
        return window is null ? null : window with { Spread = spread };
    }

    static SendWindow Window(ref ByteReader from)
    {
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
