using System.ComponentModel;
using Parcours.Journeys.Activities;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact becomes a member of a segment.</summary>
[Description("The contact becomes a member of a segment.")]
public sealed record SegmentEnteredStart : StartingPoint
{
    [Description("The segment's name.")]
    public required string Segment { get; init; }

    protected internal override Activity Activity => new SegmentEnteredActivity { Segment = Segment };
}
