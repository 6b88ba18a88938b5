using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.StartingPoints;

/// <summary>At a fixed moment, or again and again by a rule, everybody who matches the filter comes in (Semantics 6.12).</summary>
[Description("At a fixed moment, or again and again by a rule, everybody who matches the filter comes in; the filter is required.")]
public sealed record ScheduleStart : StartingPoint
{
    // Far from the ends of the calendar: no step of a rule, and no time zone, leads past them.
    const int YearFirst = 1900, YearLast = 2999;

    [Description("The day: 2026-12-24; of a rule, the first that may count.")]
    public required LocalDate Date { get; init; }

    [Description("The time of day: 09:00.")]
    public required LocalTime Time { get; init; }

    [Description("The rule by which it comes again (RFC 5545), such as FREQ=WEEKLY;BYDAY=MO,TH; without it, once.")]
    public string? Repeats { get; init; }

    [Description("Where date and time hold: journey (without it), or an IANA zone such as Europe/Paris.")]
    public string? Zone { get; init; }

    public override string Explain()
    {
        var time = $"{Time.ToString("HH:mm", CultureInfo.InvariantCulture)} ({Zone ?? ZoneChoice.JourneyText} time)";
        var date = Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        return Repeats is null ? $"it is {date}, {time}" : $"it is {time} on a day of {Repeats} from {date} on";
    }

    protected internal override void Check(CheckContext check)
    {
        base.Check(check);
        if (Filter is null)
            check.Error(ProblemCodes.ScheduleWho, "filter", "Say who comes in: a condition, such as the members of a segment.");
        if (ZoneChoice.Parse(Zone) is not { OfContact: false })
            check.Error(ProblemCodes.ZoneUnknown, "zone", $"'{Zone}' is no time zone of a schedule, which is one moment for all; use journey or an IANA name such as Europe/Paris.", ("zone", Zone ?? ""));
        var inReach = Date.Year is >= YearFirst and <= YearLast;
        if (!inReach)
            check.Error(ProblemCodes.ScheduleDate, "date", $"A schedule begins in a year from {YearFirst} to {YearLast}; choose another day.");
        if (Repeats is null)
            return;
        if (RecurrenceText.TryParse(Repeats, out var problem) is not { } rule)
            check.Error(ProblemCodes.ScheduleRule, "repeats", problem!, ("rule", Repeats.Length > CheckContext.NameLengthMax ? Repeats[..CheckContext.NameLengthMax] : Repeats)); // There is a problem where there is no rule.
        else if (inReach && !new StartSchedule(Date, Time, rule, DateTimeZone.Utc).Moments().Any())
            check.Error(ProblemCodes.ScheduleNever, "repeats", "By this rule it never comes; look at its days, its end and the first day.", ("rule", Repeats));
    }

    public override StartSchedule? ScheduleIn(DateTimeZone journey) =>
        new(Date, Time, Repeats is null ? null : RecurrenceText.TryParse(Repeats, out _), ZoneChoice.Parse(Zone)?.Named ?? journey); // Parsed by Check already.
}
