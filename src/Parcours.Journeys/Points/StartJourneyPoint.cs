using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Sends the contact into another journey too, and goes on at once; the other's rules say whether it comes in.</summary>
[Description("Sends the contact into another journey too, and goes on at once. The other journey's rules say whether it comes in.")]
public sealed record StartJourneyPoint : StraightPoint
{
    [Description("The id of the other journey.")]
    public required string Journey { get; init; }

    [Description("Whether the other journey gets this one's data: the properties of the event that started it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WithData { get; init; }

    public override string Explain() => $"sends the contact into the journey {Journey}";

    protected internal override void Check(CheckContext check) => check.Journey(Journey, "journey");

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan(new(Journey), WithData) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(JourneyId journey, bool withData) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            context.Do(new Effect.EnterJourney(journey, withData ? context.Enrolment.Data : EventProperties.Empty, Asks: false));
            return Move.Follow(0);
        }
    }
}
