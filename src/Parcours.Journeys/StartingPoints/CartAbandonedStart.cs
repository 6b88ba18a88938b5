using System.ComponentModel;
using NodaTime;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A basket or a checkout is left lying: one of these events, and no order within a time (Semantics 6.14).</summary>
[Description("A basket or a checkout is left lying: one of the events, and no order within a time after the last of them. What the event tells of the basket is the enrolment's data.")]
public sealed record CartAbandonedStart : StartingPoint
{
    /// <summary>As Segment's specification for shops names them.</summary>
    public static readonly IReadOnlyList<string> EventsUsual = ["Product Added", "Cart Viewed", "Cart Updated", "Checkout Started"], UnlessUsual = ["Order Completed"];

    public static readonly Duration AfterUsual = Duration.FromHours(4);

    [Description("The events that fill a basket or look at it; without them, Product Added, Cart Viewed, Cart Updated and Checkout Started.")]
    public IReadOnlyList<string>? Events { get; init; }

    [Description("The events that say it was not abandoned; without them, Order Completed.")]
    public IReadOnlyList<string>? Unless { get; init; }

    [Description("How long nothing of that happens: ISO 8601. Without it, PT4H.")]
    public Duration? After { get; init; }

    protected internal override Abandonment Abandonment => new(Events ?? EventsUsual, Unless ?? UnlessUsual, 1, null, Duration.Zero, After ?? AfterUsual);

    public override string Explain() => $"a basket is left lying, without {string.Join(" or ", Unless ?? UnlessUsual)}";

    protected internal override void Check(CheckContext check)
    {
        base.Check(check);
        AbandonCheck.Check(check, Events, Unless, After);
    }
}
