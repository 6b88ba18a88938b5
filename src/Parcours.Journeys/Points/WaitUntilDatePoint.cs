using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Points;

/// <summary>Waits until some days before or after a date that the contact or the starting event has, or its next anniversary, or a time before or after the very moment (Semantics 8.4, 8.5).</summary>
[Description("Waits until some days before or after a date of the contact or of the starting event, or its next anniversary, or a time before or after the very moment.")]
public sealed record WaitUntilDatePoint : StraightPoint
{
    [Description("The contact property that has the date: a date, a date-time, or a text such as 2026-01-31 or 2026-01-31T09:00:00Z.")]
    public string? Property { get; init; }

    [Description("Instead of a property: the field of the event that started the enrolment, such as appointment.at.")]
    public string? Field { get; init; }

    [Description("Days after the date; below zero, days before it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Days { get; init; }

    [Description("The next anniversary of the date counts, such as a birthday; 29 February falls on the 28th in other years.")]
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

    [Description("Where to go when there is no such date, or the moment has passed; without it, to next.")]
    public string? Missed { get; init; }

    public override IEnumerable<PointExit> Exits() => Missed is null ? base.Exits() : [new("next", Next, "next"), new("missed", Missed, "missed")];

    protected override WaitClock WaitClock => WaitClock.Calendar;

    public override string Explain() => $"waits until {Date.Explain()}";

    protected internal override void Check(CheckContext check) => Date.Check(check);

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Date, Missed is not null) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    ContactDate Date => new(Property, Days, Yearly, LeapDayOnFirstOfMarch, Time, Zone, Offset, Field);

    sealed class Plan(ContactDate date, bool hasMissed) : PlanPoint
    {
        public override Dependencies Hears { get; } = date.Hears;

        public override Move Enter(StepContext context)
        {
            if (Due(context, context.Arrived) is not { } due)
                return Miss();
            if (due.At > context.Now)
                return Move.WaitFor(new(due.At, TimerQueue.Calendar, "date", due.Intention));
            return due.At < context.Now ? Miss() : Move.Follow(0);
        }

        public override bool RejoinsAnew => true;

        public override Move Resume(StepContext context, Stimulus stimulus)
        {
            if (stimulus is Stimulus.TimerDue timer)
                return !context.Journey.Dials.RunOn && context.Now - timer.Due > WaitUntilPoint.MissedAfter ? Miss() : Move.Follow(0);
            if (stimulus is not (Stimulus.Changed or Stimulus.JourneyResumed) || context.Enrolment.State is not EnrolmentState.Waiting waiting)
                return Move.Stay;
            // The date, or the zone, is another: reckoned anew from the arrival. A date that is gone, or that has passed by now, is missed.
            if (Due(context, waiting.Since) is not { } due || due.At < context.Now)
                return Miss();
            return due.At == waiting.Wait.Due ? Move.Stay : Move.WaitFor(waiting.Wait with { Due = due.At, Intention = due.Intention, Noted = false });
        }

        (Instant At, string? Intention)? Due(StepContext context, Instant arrived)
        {
            var (here, value) = (date.ZoneOf(context.Contact, context.Plan.Zone), date.ValueOf(context.Contact, context.Enrolment.Data));
            if (date.Offset is not null)
                return date.MomentOf(value, here, arrived) is var (at, _, intention) ? (at, intention) : null;
            return date.DayOf(value, here, arrived) is { } day ? (date.At(day, here), date.Intention(day, here)) : null;
        }

        Move Miss() => Move.Follow(hasMissed ? 1 : 0);
    }
}
