using System.ComponentModel;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A contact property takes another value.</summary>
[Description("A contact property takes another value.")]
public sealed record PropertyBecomesStart : StateStart
{
    [Description("The property's name.")]
    public required string Property { get; init; }

    [Description("The values that count; without it, any but none.")]
    public IReadOnlyList<Value>? To { get; init; }

    [Description("The values of which it must have had one before; without it, any or none.")]
    public IReadOnlyList<Value>? From { get; init; }

    protected internal override Activity Activity => new PropertyBecomesActivity { Property = Property, To = To, From = From };

    protected override Condition State => To is null ? new Condition.Property(Property, Comparison.Known) : new Condition.Property(Property, Comparison.In, Values: To, IgnoreCase: false);

    protected internal override void Check(CheckContext check)
    {
        base.Check(check);
        if (CurrentToo && From is not null)
            check.Error(ProblemCodes.CurrentFrom, "currentToo", "Of those who have the value already nobody knows what they had before: leave out what it was before, or take in only those to come.");
    }
}
