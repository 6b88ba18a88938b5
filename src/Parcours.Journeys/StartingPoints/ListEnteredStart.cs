using System.ComponentModel;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact comes on a list.</summary>
[Description("The contact comes on a list.")]
public sealed record ListEnteredStart : StateStart
{
    [Description("The list's name.")]
    public required string List { get; init; }

    protected internal override Activity Activity => new ListEnteredActivity { List = List };

    protected override Condition State => new Condition.List(List);
}
