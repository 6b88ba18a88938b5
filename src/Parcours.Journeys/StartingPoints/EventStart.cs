using System.ComponentModel;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.StartingPoints;

/// <summary>An event happens; its properties are the enrolment's data.</summary>
[Description("An event happens; its properties are the enrolment's data.")]
public sealed record EventStart : StartingPoint
{
    [Description("The names of the events; any of them counts.")]
    public required IReadOnlyList<string> Events { get; init; }

    [Description("What must hold of the event's properties: conditions of kind field, and all/any/not of them.")]
    public Condition? Where { get; init; }

    protected internal override Activity Activity => new EventActivity { Events = Events, Where = Where };
}
