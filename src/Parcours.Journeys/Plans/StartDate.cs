using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>The date of a starting point, ready to be asked for one contact (Semantics 6.11).</summary>
public sealed class StartDate : StartMoment
{
    readonly ContactDate _date;

    /// <param name="journeyZone">As the definition names it; null: the installation's.</param>
    public StartDate(ContactDate date, string? journeyZone)
    {
        _date = date;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashes.Sha256(string.Create(CultureInfo.InvariantCulture, $"date\0{date.Property}\0{date.Days}\0{date.Yearly}\0{date.LeapDayOnFirstOfMarch}\0{date.Time?.TickOfDay}\0{date.Zone}\0{journeyZone}{(date.Offset is { } offset ? $"\0{offset.TotalTicks}" : "")}"), hash);
        Rule = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    public override IEnumerable<string> Properties => _date.Hears.Properties;

    /// <inheritdoc/>
    /// <param name="held">What was reckoned before; its last day does not come again, and one that was ahead and still falls on its day is at worst due at once (Semantics 8.4).</param>
    public override DateMark Next(Contact contact, DateTimeZone journey, DateMark held, Instant from, Instant earliest)
    {
        var (here, value) = (_date.ZoneOf(contact, journey), _date.ValueOf(contact, EventProperties.Empty));
        if (_date.Offset is not null)
            return NextMoment(value, here, held, from, earliest);
        if (held.Rule == Rule && held.Day is { } ahead && _date.FallsOn(value, here, ahead))
            return held with { Due = Instant.Max(_date.At(ahead, here), earliest) };
        return _date.DayOf(value, here, from, held.Last) is { } day && _date.At(day, here) is var at && at >= from
            ? new(Rule, Instant.Max(at, earliest), day, held.Last)
            : new(Rule, null, null, held.Last);
    }

    /// <summary>As <see cref="Next"/>, from the very moment. One that is due stays due; a day that another zone has earlier is at worst due at once.</summary>
    DateMark NextMoment(Value value, DateTimeZone here, DateMark held, Instant from, Instant earliest)
    {
        if (_date.MomentOf(value, here, from, _date.Yearly ? held.Last : null) is not var (at, day, _))
            return new(Rule, null, null, held.Last);
        if (held.Rule == Rule && held.Day == day && (held.Due <= earliest || ContactDate.IsDay(value)))
            return held with { Due = Instant.Max(at, earliest) };
        // What has come does not come again; on the same day, a later one does.
        return at < from || (held.Last == day && at <= from) ? new(Rule, null, null, held.Last) : new(Rule, Instant.Max(at, earliest), day, held.Last);
    }
}
