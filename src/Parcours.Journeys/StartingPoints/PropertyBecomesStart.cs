using System.ComponentModel;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A contact property takes another value.</summary>
[Description("A contact property takes another value.")]
public sealed record PropertyBecomesStart : StartingPoint
{
    [Description("The property's name.")]
    public required string Property { get; init; }

    [Description("The values that count; without it, any but none.")]
    public IReadOnlyList<Value>? To { get; init; }

    [Description("The values of which it must have had one before; without it, any or none.")]
    public IReadOnlyList<Value>? From { get; init; }

    protected internal override Activity Activity => new PropertyBecomesActivity { Property = Property, To = To, From = From };
}
