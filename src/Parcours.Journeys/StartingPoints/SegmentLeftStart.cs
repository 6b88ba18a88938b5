using System.ComponentModel;
using Parcours.Journeys.Activities;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact is no longer a member of a segment.</summary>
[Description("The contact is no longer a member of a segment.")]
public sealed record SegmentLeftStart : StartingPoint
{
    [Description("The segment's name.")]
    public required string Segment { get; init; }

    protected internal override Activity Activity => new SegmentLeftActivity { Segment = Segment };
}
