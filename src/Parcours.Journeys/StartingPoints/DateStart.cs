using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A date of the contact comes, or its anniversary, or a day so many days before or after it, or a time before or after the very moment (Semantics 6.11).</summary>
[Description("A date of the contact comes, such as a birthday, or a day so many days before or after it, or a time before or after the very moment.")]
public sealed record DateStart : StartingPoint
{
    [Description("The contact property that has the date: a date, a date-time, or a text such as 2026-01-31.")]
    public required string Property { get; init; }

    [Description("Days after the date; below zero, days before it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Days { get; init; }

    [Description("Each anniversary of the date counts, such as a birthday; 29 February falls on the 28th in other years.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Yearly { get; init; }

    [Description("With yearly: 29 February falls on 1 March in years without it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LeapDayOnFirstOfMarch { get; init; }

    [Description("The time of day: 09:00; or an offset.")]
    public LocalTime? Time { get; init; }

    [Description("Instead of days and a time of day: how long after the very moment, below zero before it, in time that passes: ISO 8601, such as -PT2H. A date without a time begins at midnight.")]
    public Duration? Offset { get; init; }

    [Description("Where days and times of day hold: journey (without it), contact (its property timezone, else the journey's), or an IANA zone such as Europe/Paris.")]
    public string? Zone { get; init; }

    protected internal override ContactDate OnDate => new(Property, Days, Yearly, LeapDayOnFirstOfMarch, Time, Zone, Offset);
}
