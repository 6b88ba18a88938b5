using System.ComponentModel;
using Parcours.Journeys.Activities;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact comes on a list.</summary>
[Description("The contact comes on a list.")]
public sealed record ListEnteredStart : StartingPoint
{
    [Description("The list's name.")]
    public required string List { get; init; }

    protected internal override Activity Activity => new ListEnteredActivity { List = List };
}
