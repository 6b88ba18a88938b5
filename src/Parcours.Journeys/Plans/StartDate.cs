using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>The date of a starting point, ready to be asked for one contact (Semantics 6.11).</summary>
public sealed class StartDate
{
    readonly ContactDate _date;

    /// <param name="journeyZone">As the definition names it; null: the installation's.</param>
    public StartDate(ContactDate date, string? journeyZone)
    {
        _date = date;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashes.Sha256(string.Create(CultureInfo.InvariantCulture, $"date\0{date.Property}\0{date.Days}\0{date.Yearly}\0{date.LeapDayOnFirstOfMarch}\0{date.Time.TickOfDay}\0{date.Zone}\0{journeyZone}"), hash);
        Rule = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    public string Property => _date.Property;

    /// <summary>A number for what is said of the moment, stored beside what was reckoned by it: where a new version says something else it is reckoned anew.</summary>
    public uint Rule { get; }

    /// <summary>The properties whose change can move the moment.</summary>
    public IEnumerable<string> Properties => _date.Hears.Properties;

    /// <summary>The contact's next moment.</summary>
    /// <param name="held">What was reckoned before; its last day does not come again, and one that was ahead and still falls on its day is at worst due at once (Semantics 8.4).</param>
    /// <param name="from">What came before this is not caught up.</param>
    /// <param name="earliest">The timer fires no earlier.</param>
    public DateMark Next(Contact contact, DateTimeZone journey, DateMark held, Instant from, Instant earliest)
    {
        var here = _date.ZoneOf(contact, journey);
        if (held.Rule == Rule && held.Day is { } ahead && _date.FallsOn(contact, here, ahead))
            return held with { Due = Instant.Max(_date.At(ahead, here), earliest) };
        return _date.DayOf(contact, here, from, held.Last) is { } day && _date.At(day, here) is var at && at >= from
            ? new(Rule, Instant.Max(at, earliest), day, held.Last)
            : new(Rule, null, null, held.Last);
    }
}
