using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Points;

/// <summary>Waits until some days before or after a date that the contact has, or its next anniversary (Semantics 8.4, 8.5).</summary>
[Description("Waits until some days before or after a date of the contact, or its next anniversary.")]
public sealed record WaitUntilDatePoint : StraightPoint
{
    /// <summary>As far as the longest wait.</summary>
    const int DaysMost = 5 * 365;

    [Description("The contact property that has the date: a date, a date-time, or a text such as 2026-01-31.")]
    public required string Property { get; init; }

    [Description("Days after the date; below zero, days before it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Days { get; init; }

    [Description("The next anniversary of the date counts, such as a birthday; 29 February falls on the 28th in other years.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Yearly { get; init; }

    [Description("The time of day: 09:00.")]
    public required LocalTime Time { get; init; }

    [Description("Where it holds: journey (without it), contact (its property timezone, else the journey's), or an IANA zone such as Europe/Paris.")]
    public string? Zone { get; init; }

    [Description("Where to go when the contact has no such date, or the moment has passed; without it, to next.")]
    public string? Missed { get; init; }

    public override IEnumerable<PointExit> Exits() => Missed is null ? base.Exits() : [new("next", Next, "next"), new("missed", Missed, "missed")];

    public override string Explain()
    {
        var date = Yearly ? $"the next anniversary of {Property}" : Property;
        var when = Days switch { 0 => date, < 0 => $"{-Days} days before {date}", _ => $"{Days} days after {date}" };
        return $"waits until {when}, {Time.ToString("HH:mm", CultureInfo.InvariantCulture)} ({Zone ?? ZoneChoice.JourneyText} time)";
    }

    protected internal override void Check(CheckContext check)
    {
        check.Property(Property, "property");
        if (Math.Abs(Days) > DaysMost)
            check.Error(ProblemCodes.WaitTooLong, "days", $"At most {DaysMost} days before or after the date.", ("days", Days.ToString(CultureInfo.InvariantCulture)));
        check.Zone(Zone);
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(this, ZoneChoice.Parse(Zone)!) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges }; // Parsed by Check already.

    sealed class Plan(WaitUntilDatePoint point, ZoneChoice zone) : PlanPoint
    {
        public override Dependencies Hears { get; } =
            Dependencies.None with { Properties = zone.OfContact ? [point.Property, .. ZoneChoice.ContactProperties] : [point.Property] };

        public override Move Enter(StepContext context)
        {
            if (Due(context, context.Arrived) is not { } due)
                return Miss();
            if (due.At > context.Now)
                return Move.WaitFor(new(due.At, TimerQueue.Calendar, "date", due.Intention));
            return due.At < context.Now ? Miss() : Move.Follow(0);
        }

        public override Move Rejoin(StepContext context) => Enter(context);

        public override Move Resume(StepContext context, Stimulus stimulus)
        {
            if (stimulus is Stimulus.TimerDue timer)
                return !context.Journey.Dials.RunOn && context.Now - timer.Due > WaitUntilPoint.MissedAfter ? Miss() : Move.Follow(0);
            if (stimulus is not Stimulus.Changed || context.Enrolment.State is not EnrolmentState.Waiting waiting)
                return Move.Stay;
            // The date, or the zone, is another: reckoned anew from the arrival. A date that is gone, or that has passed by now, is missed.
            if (Due(context, waiting.Since) is not { } due || due.At < context.Now)
                return Miss();
            return due.At == waiting.Wait.Due ? Move.Stay : Move.WaitFor(waiting.Wait with { Due = due.At, Intention = due.Intention });
        }

        (Instant At, string Intention)? Due(StepContext context, Instant arrived)
        {
            var here = zone.For(context.Contact, context.Plan.Zone);
            if (DateOf(context.Contact.Property(point.Property), here) is not { } date)
                return null;
            if (!point.Yearly)
                return At(date, here);
            // The first anniversary whose moment, with its days before or after, is not over at the arrival.
            var from = arrived.InZone(here).Date.PlusDays(-point.Days - 1);
            while (true)
            {
                var next = Anniversaries.Next(date, from);
                if (At(next, here) is { } found && found.At >= arrived)
                    return found;
                from = next.PlusDays(1);
            }
        }

        (Instant At, string Intention)? At(LocalDate date, DateTimeZone here)
        {
            var meant = date.PlusDays(point.Days).At(point.Time);
            return (LocalTimes.ToInstant(meant, here), LocalTimes.Intention(meant, here));
        }

        static LocalDate? DateOf(Value value, DateTimeZone here) => value.Kind switch
        {
            ValueKind.Date => value.AsDate,
            ValueKind.DateTime => value.AsInstant.InZone(here).Date,
            ValueKind.Text when NodaTime.Text.LocalDatePattern.Iso.Parse(value.AsText) is { Success: true } read => read.Value,
            _ => null,
        };

        Move Miss() => Move.Follow(point.Missed is null ? 0 : 1);
    }
}
