using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Waits for a time, counted from the arrival; a frozen journey's clock stands still (Semantics 8.1).</summary>
[Description("Waits for a time, counted from the arrival. A pause of the journey that freezes its clock is not counted.")]
public sealed record DelayPoint : StraightPoint
{
    [Description("How long: ISO 8601, days of 24 h, up to five years (P1825D).")]
    public required Duration For { get; init; }

    [Description("With it the time is drawn for each contact and visit, evenly between for and this one; it is longer than for.")]
    public Duration? UpTo { get; init; }

    protected internal override bool TakesTime => true;

    public override string Explain() => UpTo is { } most ? $"waits between {IsoDuration.Format(For)} and {IsoDuration.Format(most)}" : $"waits {IsoDuration.Format(For)}";

    protected internal override void Check(CheckContext check)
    {
        check.Wait(For, "for");
        if (UpTo is not { } most)
            return;
        check.Wait(most, "upTo");
        if (most <= For)
            check.Error(ProblemCodes.DelayUpTo, "upTo", "The longest time is longer than the shortest; change one of them, or remove upTo.", ("for", IsoDuration.Format(For)), ("upTo", IsoDuration.Format(most)));
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(For, UpTo is { } most ? most - For : Duration.Zero) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(Duration duration, Duration spread) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var wait = spread == Duration.Zero ? duration : duration + spread * (Drawn(context) / (double)ulong.MaxValue);
            return Move.WaitFor(new(context.After(wait), TimerQueue.Elapsed, "delay"));
        }

        public override bool RejoinsAnew => true;

        // Of the enrolment and the visit alone, so that a replay draws the same (Semantics, principle C).
        ulong Drawn(StepContext context) => Hashes.Draw(context.Plan.Id, Id, context.Contact.Id, string.Create(CultureInfo.InvariantCulture, $"{context.Enrolment.Number}/{context.Visit}"));

        public override Move Resume(StepContext context, Stimulus stimulus) => stimulus is Stimulus.TimerDue ? Move.Follow(0) : Move.Stay;
    }
}
