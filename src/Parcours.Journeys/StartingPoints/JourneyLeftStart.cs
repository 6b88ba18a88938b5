using System.ComponentModel;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact's trip through another journey ends.</summary>
[Description("The contact's trip through another journey ends.")]
public sealed record JourneyLeftStart : StartingPoint
{
    [Description("The id of the other journey.")]
    public required string Journey { get; init; }

    [Description("The outcomes that count: successful, unsuccessful, completed, exited, removed, failed; without it, any.")]
    public IReadOnlyList<Outcome>? Outcomes { get; init; }

    protected internal override Activity Activity => new JourneyLeftActivity { Journey = Journey, Outcomes = Outcomes };
}
