using System.ComponentModel;
using Parcours.Journeys.Activities;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact is taken off a list.</summary>
[Description("The contact is taken off a list.")]
public sealed record ListLeftStart : StartingPoint
{
    [Description("The list's name.")]
    public required string List { get; init; }

    protected internal override Activity Activity => new ListLeftActivity { List = List };
}
