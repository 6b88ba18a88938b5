using System.ComponentModel;
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

    protected internal override bool TakesTime => true;

    public override string Explain() => $"waits {IsoDuration.Format(For)}";

    protected internal override void Check(CheckContext check) => check.Wait(For, "for");

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(For) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(Duration duration) : PlanPoint
    {
        public override Move Enter(StepContext context) =>
            Move.WaitFor(new((context.Journey.Dials.ToJourneyTime(context.Now) + duration).Truncate(), TimerQueue.Elapsed, "delay"));

        public override Move Resume(StepContext context, Stimulus stimulus) => stimulus is Stimulus.TimerDue ? Move.Follow(0) : Move.Stay;
    }
}
