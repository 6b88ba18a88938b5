using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A product is looked at again and again, and neither put into a basket nor bought within a time (Semantics 6.14).</summary>
[Description("A product is looked at again and again, and nothing is put into a basket or bought within a time after that. What the last look tells is the enrolment's data.")]
public sealed record BrowseAbandonedStart : StartingPoint
{
    /// <summary>As Segment's specification for shops names them.</summary>
    public static readonly IReadOnlyList<string> EventsUsual = ["Product Viewed"], UnlessUsual = ["Product Added", "Checkout Started", "Order Completed"];

    public const int TimesUsual = 3, TimesMost = 20;
    public const string ByUsual = "product_id";
    public static readonly Duration WithinUsual = Duration.FromDays(7), AfterUsual = Duration.FromHours(4);

    [Description("The events that are looks; without them, Product Viewed.")]
    public IReadOnlyList<string>? Events { get; init; }

    [Description("How often, 1 to 20; without it, 3.")]
    public int? Times { get; init; }

    [Description("The property of the event that says which product; without it, product_id.")]
    public string? By { get; init; }

    [Description("True: looks at whatever products count together.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AnyProduct { get; init; }

    [Description("Within what time the looks lie together: ISO 8601. Without it, P7D.")]
    public Duration? Within { get; init; }

    [Description("The events that say that nothing was abandoned; without them, Product Added, Checkout Started and Order Completed.")]
    public IReadOnlyList<string>? Unless { get; init; }

    [Description("How long nothing of that happens: ISO 8601. Without it, PT4H.")]
    public Duration? After { get; init; }

    protected internal override Abandonment Abandonment =>
        new(Events ?? EventsUsual, Unless ?? UnlessUsual, Math.Clamp(Times ?? TimesUsual, 1, TimesMost), AnyProduct ? null : By ?? ByUsual, Within ?? WithinUsual, After ?? AfterUsual);

    public override string Explain() => $"a product is looked at {Times ?? TimesUsual} times, without {string.Join(" or ", Unless ?? UnlessUsual)}";

    protected internal override void Check(CheckContext check)
    {
        base.Check(check);
        AbandonCheck.Check(check, Events, Unless, After);
        if (Times is < 1 or > TimesMost)
            check.Error(ProblemCodes.AbandonTimes, "times", $"How often is a whole number from 1 to {TimesMost}.", ("most", $"{TimesMost}"));
        if (By is { } by)
            check.Named(by, "by");
        if (Within is { } within)
            check.Wait(within, "within");
    }
}
