using System.ComponentModel;
using System.Text.Json.Serialization;
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

    [Description("Becoming empty counts: alone, or beside the values in to.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ToEmpty { get; init; }

    [Description("It must have been empty before; or have had one of the values in from.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FromEmpty { get; init; }

    protected internal override Activity Activity => new PropertyBecomesActivity { Property = Property, To = To, From = From, ToEmpty = ToEmpty, FromEmpty = FromEmpty };

    protected override Condition State => (To, ToEmpty) switch
    {
        (null, false) => new Condition.Property(Property, Comparison.Known),
        (null, true) => new Condition.Property(Property, Comparison.Unknown),
        ({ } to, false) => new Condition.Property(Property, Comparison.In, Values: to, IgnoreCase: false),
        ({ } to, true) => new Condition.Any([new Condition.Property(Property, Comparison.In, Values: to, IgnoreCase: false), new Condition.Property(Property, Comparison.Unknown)]),
    };

    protected internal override void Check(CheckContext check)
    {
        base.Check(check);
        if (CurrentToo && (From is not null || FromEmpty))
            check.Error(ProblemCodes.CurrentFrom, "currentToo", "Of those who have the value already nobody knows what they had before: leave out what it was before, or take in only those to come.");
    }
}
