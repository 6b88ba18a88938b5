using System.ComponentModel;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact becomes a member of a segment.</summary>
[Description("The contact becomes a member of a segment.")]
public sealed record SegmentEnteredStart : StateStart
{
    [Description("The segment's name.")]
    public required string Segment { get; init; }

    protected internal override Activity Activity => new SegmentEnteredActivity { Segment = Segment };

    protected override Condition State => new Condition.Segment(Segment);
}
