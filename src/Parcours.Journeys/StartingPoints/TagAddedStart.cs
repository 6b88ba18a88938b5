using System.ComponentModel;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A tag is added that the contact had not.</summary>
[Description("A tag is added that the contact had not.")]
public sealed record TagAddedStart : StateStart
{
    [Description("The tag's name.")]
    public required string Tag { get; init; }

    protected internal override Activity Activity => new TagAddedActivity { Tag = Tag };

    protected override Condition State => new Condition.Tag(Tag);
}
