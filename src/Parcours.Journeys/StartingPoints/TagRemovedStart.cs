using System.ComponentModel;
using Parcours.Journeys.Activities;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A tag is taken away that the contact had.</summary>
[Description("A tag is taken away that the contact had.")]
public sealed record TagRemovedStart : StartingPoint
{
    [Description("The tag's name.")]
    public required string Tag { get; init; }

    protected internal override Activity Activity => new TagRemovedActivity { Tag = Tag };
}
