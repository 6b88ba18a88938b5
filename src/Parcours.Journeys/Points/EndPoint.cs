using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Ends the journey for the contact. Messages that were decided and not yet sent still go (Semantics 10.6).</summary>
[Description("Ends the journey for the contact.")]
public sealed record EndPoint : JourneyPoint
{
    [Description("How it ended: successful, unsuccessful, or completed without a verdict.")]
    public required EndOutcome Outcome { get; init; }

    protected internal override bool IsEnd => true;

    public override IEnumerable<PointExit> Exits() => [];

    public override string Explain() => $"ends the journey: {Outcome switch { EndOutcome.Successful => "successful", EndOutcome.Unsuccessful => "unsuccessful", _ => "completed" }}";

    protected internal override PlanPoint Compile(CompileContext compile)
    {
        var outcome = Outcome switch
        {
            EndOutcome.Successful => Machine.Outcome.Successful,
            EndOutcome.Unsuccessful => Machine.Outcome.Unsuccessful,
            _ => Machine.Outcome.Completed,
        };
        return new Plan(outcome) { Id = compile.Id, Index = compile.Index };
    }

    sealed class Plan(Outcome outcome) : PlanPoint
    {
        public override Move Enter(StepContext context) => Move.End(outcome);
    }
}

/// <summary>The outcomes that an author can name; the others come about by themselves.</summary>
public enum EndOutcome
{
    Completed = 0,
    Successful = 1,
    Unsuccessful = 2,
}
