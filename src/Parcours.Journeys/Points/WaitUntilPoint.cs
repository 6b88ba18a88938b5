using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Points;

/// <summary>Waits until an instant, a local date and time, or the next of some weekdays at a time (Semantics 8.1, 8.4, 8.5).</summary>
[Description("Waits until an instant (at), a local date and time (date, time), or the next of some weekdays at a time (days, time).")]
public sealed record WaitUntilPoint : StraightPoint
{
    /// <summary>Woken later than this after the moment, by a pause or an outage, it has been missed (as long as a gap is, Semantics 1.6).</summary>
    public static readonly Duration MissedAfter = Duration.FromSeconds(60);

    [Description("An instant: 2026-12-24T18:00:00Z, or with an offset.")]
    public Instant? At { get; init; }

    [Description("A day: 2026-12-24; with time.")]
    public LocalDate? Date { get; init; }

    [Description("Days of the week; with time. The next one after the arrival counts.")]
    public IReadOnlyList<IsoDayOfWeek>? Days { get; init; }

    [Description("A time of day: 09:00. Where summer time skips it, the first moment after the gap; where it comes twice, the first.")]
    public LocalTime? Time { get; init; }

    [Description("Where date, days and time hold: journey (without it), contact (its property timezone, else the journey's), or an IANA zone such as Europe/Paris.")]
    public string? Zone { get; init; }

    [Description("Where to go when the moment has passed already at the arrival, or while the journey was paused; without it, to next.")]
    public string? Missed { get; init; }

    // A fixed moment is waited for once; a loop back to it would run through.
    protected internal override bool TakesTime => Days is not null;

    public override IEnumerable<PointExit> Exits() => Missed is null ? base.Exits() : [new("next", Next, "next"), new("missed", Missed, "missed")];

    protected override WaitClock WaitClock => WaitClock.Calendar;

    public override string Explain() => this switch
    {
        { At: { } at } => $"waits until {InstantPattern.ExtendedIso.Format(at)}",
        { Date: { } date } => $"waits until {LocalDatePattern.Iso.Format(date)} {Clock} ({Zone ?? ZoneChoice.JourneyText} time)",
        _ => $"waits until {string.Join(" or ", Days ?? [])} {Clock} ({Zone ?? ZoneChoice.JourneyText} time)",
    };

    string Clock => Time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";

    protected internal override void Check(CheckContext check)
    {
        if ((At is null ? 0 : 1) + (Date is null ? 0 : 1) + (Days is null ? 0 : 1) != 1)
            check.Error(ProblemCodes.UntilOne, "", "Say until when in one way: at, or date and time, or days and time.");
        else if (At is null && Time is null)
            check.Error(ProblemCodes.UntilTime, "time", "Say at what time of the day.");
        else if (At is not null && (Time is not null || Zone is not null))
            check.Error(ProblemCodes.UntilOne, Time is not null ? "time" : "zone", "An instant needs neither time nor zone; for a local time use date and time.");
        if (Days is { } days && (days.Count == 0 || days.Contains(IsoDayOfWeek.None)))
            check.Error(ProblemCodes.UntilDays, "days", "Name at least one day of the week.");
        check.Zone(Zone);
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(this, ZoneChoice.Parse(Zone)!) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges }; // Parsed by Check already.

    sealed class Plan(WaitUntilPoint point, ZoneChoice zone) : PlanPoint
    {
        readonly ImmutableHashSet<IsoDayOfWeek> _days = [.. point.Days ?? []];

        public override Dependencies Hears { get; } =
            zone.OfContact ? Dependencies.None with { Properties = [.. ZoneChoice.HeardProperties] } : Dependencies.None;

        public override Move Enter(StepContext context)
        {
            var (due, intention) = Due(context, context.Arrived);
            if (due > context.Now)
                return Move.WaitFor(new(due, TimerQueue.Calendar, "until", intention));
            // At its very moment it is not missed.
            return due < context.Now ? Miss() : Move.Follow(0);
        }

        public override bool RejoinsAnew => true;

        public override Move Resume(StepContext context, Stimulus stimulus)
        {
            switch (stimulus)
            {
                case Stimulus.TimerDue timer:
                    return !context.Journey.Dials.RunOn && context.Now - timer.Due > MissedAfter ? Miss() : Move.Follow(0);
                case Stimulus.Changed changed when zone.OfContact && ZoneChoice.ChangesIn(changed):
                    return Retime(context);
                default:
                    return Move.Stay;
            }
        }

        /// <summary>The contact's zone is another: reckoned anew from the arrival, never to before now (Semantics 8.4).</summary>
        Move Retime(StepContext context)
        {
            if (context.Enrolment.State is not EnrolmentState.Waiting waiting)
                return Move.Stay;
            var (due, intention) = Due(context, waiting.Since);
            return Move.WaitFor(waiting.Wait with { Due = Instant.Max(due, context.Now), Intention = intention });
        }

        (Instant Due, string? Intention) Due(StepContext context, Instant arrived)
        {
            if (point.At is { } at)
                return (at, null);
            var here = zone.For(context.Contact, context.Plan.Zone);
            var time = point.Time!.Value; // Checked: without an instant there is a time.
            if (point.Date is { } date)
                return (LocalTimes.ToInstant(date.At(time), here), LocalTimes.Intention(date.At(time), here));
            var (next, meant) = LocalTimes.Next(_days, time, here, arrived);
            return (next, LocalTimes.Intention(meant, here));
        }

        Move Miss() => Move.Follow(point.Missed is null ? 0 : 1);
    }
}
