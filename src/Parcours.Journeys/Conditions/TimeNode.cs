using System.Globalization;
using NodaTime;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Conditions;

/// <summary>What day of the week and time of day it is, in one zone or the contact's.</summary>
sealed class TimeNode(Condition.Time time) : LeafNode
{
    readonly ZoneChoice _choice = ZoneChoice.Parse(time.Zone)!;
    readonly WeekDays _days = time.Days is { } days ? WeekDays.Of(days) : WeekDays.All;
    readonly LocalTime _from = time.From ?? LocalTime.Midnight, _until = time.Until ?? LocalTime.Midnight;

    /// <summary>The hours of the zone that was asked for last: mostly it is the same.</summary>
    volatile SendWindow? _last;

    internal override bool Holds(in ConditionContext context) => Hours(context).IsOpen(context.Now);

    internal override Truth Look(in ConditionContext context)
    {
        var (opens, closes, _) = Hours(context).Next(context.Now);
        // One opening may follow the other without a gap: it flips no earlier than here.
        return opens <= context.Now ? new(true, closes) : new(false, opens);
    }

    SendWindow Hours(in ConditionContext context)
    {
        var zone = _choice.For(context.Contact, context.Zone ?? DateTimeZone.Utc);
        return _last is { } last && ReferenceEquals(last.Zone, zone) ? last : _last = new(_days, _from, _until, zone, OutsideWindow.Wait);
    }

    internal override bool IsKept => true;

    private protected override string Found(in ConditionContext context)
    {
        var here = context.Now.InZone(Hours(context).Zone);
        return string.Create(CultureInfo.InvariantCulture, $"{Named.Of(here.DayOfWeek)} {here.TimeOfDay:HH:mm}");
    }

    private protected override Explanation Told(bool holds, string found, Instant? flipsAt) => new("time", time.Zone ?? ZoneChoice.JourneyText, Expected, found, holds, flipsAt, []);

    string Expected
    {
        get
        {
            var hours = time is { From: { } from, Until: { } until } ? string.Create(CultureInfo.InvariantCulture, $"{from:HH:mm}-{until:HH:mm}") : "";
            return $"{(time.Days is { } named ? string.Join(",", named.Select(Named.Of)) : "")} {hours}".Trim();
        }
    }

    internal override Dependencies Dependencies => Dependencies.None with { Time = true, Properties = _choice.OfContact ? [.. ZoneChoice.HeardProperties] : [] };
}
