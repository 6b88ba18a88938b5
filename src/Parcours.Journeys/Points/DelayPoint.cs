using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Waits for a time, counted from the arrival; a frozen journey's clock stands still (Semantics 8.1).</summary>
[Description("Waits for a time, counted from the arrival: the same for all, drawn, or as a property or a field says. A pause of the journey that freezes its clock is not counted.")]
public sealed record DelayPoint : StraightPoint
{
    [Description("How long: ISO 8601, days of 24 h, up to five years (P1825D). Beside a property or field: for whom that says nothing, or no time of up to five years.")]
    public required Duration For { get; init; }

    [Description("With it the time is drawn for each contact and visit, evenly between for and this one; it is longer than for.")]
    public Duration? UpTo { get; init; }

    [Description("The contact property that says how long: a number of units, or ISO 8601 such as P3D.")]
    public string? Property { get; init; }

    [Description("Instead of a property: the field of the event that started the enrolment, such as delivery.days.")]
    public string? Field { get; init; }

    [Description("What a number there counts: minutes, hours or days; days without it.")]
    public DelayUnit? Unit { get; init; }

    protected internal override bool TakesTime => true;

    protected override WaitClock WaitClock => WaitClock.Elapsed;

    public override string Explain() => (Property ?? Field) is { } source ? $"waits as long as {source} says, else {IsoDuration.Format(For)}"
        : UpTo is { } most ? $"waits between {IsoDuration.Format(For)} and {IsoDuration.Format(most)}" : $"waits {IsoDuration.Format(For)}";

    protected internal override void Check(CheckContext check)
    {
        check.Wait(For, "for");
        CheckSource(check);
        if (UpTo is not { } most)
            return;
        check.Wait(most, "upTo");
        if (most <= For)
            check.Error(ProblemCodes.DelayUpTo, "upTo", "The longest time is longer than the shortest; change one of them, or remove upTo.", ("for", IsoDuration.Format(For)), ("upTo", IsoDuration.Format(most)));
    }

    void CheckSource(CheckContext check)
    {
        if (Property is not null && Field is not null)
            check.Error(ProblemCodes.ValueSource, "property", "Say how long by a property of the contact or by a field of the starting event, not by both.");
        else if (Property is { } property)
            check.Property(property, "property");
        else if (Field is { } field)
            check.Named(field, "field");
        else if (Unit is not null)
            check.Error(ProblemCodes.ValueSource, "unit", "A unit counts the number of a property or field: name one, or take the unit away.");
        if ((Property ?? Field) is not null && UpTo is not null)
            check.Error(ProblemCodes.DelayUpTo, "upTo", "What a property or field says is not drawn: remove upTo.", ("for", IsoDuration.Format(For)), ("upTo", IsoDuration.Format(UpTo.Value)));
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(For, UpTo is { } most ? most - For : Duration.Zero, Property, Field, Unit ?? DelayUnit.Days) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    /// <summary>A loop through here is no runaway, whatever is said.</summary>
    static readonly Duration Shortest = Duration.FromSeconds(1);

    /// <summary>Five years of minutes, and more.</summary>
    const decimal NumberMost = 5_000_000;

    sealed class Plan(Duration duration, Duration spread, string? property, string? field, DelayUnit unit) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            if ((property ?? field) is not null)
            {
                var said = Read(property is not null ? context.Contact.Property(property) : context.Enrolment.Data[field!]);
                if (said is null)
                    context.Note(0, "no-time");
                return Move.WaitFor(new(context.After(said ?? duration), TimerQueue.Elapsed, "delay"));
            }

            var wait = spread == Duration.Zero ? duration : duration + spread * (Drawn(context) / (double)ulong.MaxValue);
            return Move.WaitFor(new(context.After(wait), TimerQueue.Elapsed, "delay"));
        }

        /// <summary>Null: it says no time, or one that nobody waits for.</summary>
        Duration? Read(Value value)
        {
            Duration? said = value.Kind switch
            {
                ValueKind.Number => Times(value.AsNumber),
                ValueKind.Text when decimal.TryParse(value.AsText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => Times(number),
                ValueKind.Text when IsoDuration.TryParse(value.AsText, out var time) => time,
                _ => null,
            };
            return said is { } read && read >= Duration.Zero && read <= CheckContext.WaitMax ? Duration.Max(read, Shortest) : null;
        }

        Duration? Times(decimal number) =>
            number is < 0 or > NumberMost ? null : Duration.FromTicks((long)(number * NodaConstants.TicksPerMinute * (unit switch { DelayUnit.Minutes => 1, DelayUnit.Hours => 60, _ => 1_440 })));

        public override bool RejoinsAnew => true;

        // Of the enrolment and the visit alone, so that a replay draws the same (Semantics, principle C).
        ulong Drawn(StepContext context) => Hashes.Draw(context.Plan.Id, Id, context.Contact.Id, string.Create(CultureInfo.InvariantCulture, $"{context.Enrolment.Number}/{context.Visit}"));

        public override Move Resume(StepContext context, Stimulus stimulus) => stimulus is Stimulus.TimerDue ? Move.Follow(0) : Move.Stay;
    }
}

/// <summary>What a number counts.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DelayUnit>))]
public enum DelayUnit
{
    Minutes,
    Hours,
    Days,
}
