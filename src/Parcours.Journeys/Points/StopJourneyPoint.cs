using System.ComponentModel;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Takes the contact out of another journey, <c>exited</c> for the reason <c>stopped</c>; nothing happens if it is not inside.</summary>
[Description("Takes the contact out of another journey: it ends exited there, and its unsent messages are cancelled. Nothing happens if the contact is not inside.")]
public sealed record StopJourneyPoint : StraightPoint
{
    [Description("The id of the other journey.")]
    public required string Journey { get; init; }

    public override string Explain() => $"takes the contact out of the journey {Journey}";

    protected internal override void Check(CheckContext check) => check.Journey(Journey, "journey");

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan(new Effect.LeaveJourney(new(Journey))) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(Effect effect) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            context.Do(effect);
            return Move.Follow(0);
        }
    }
}
