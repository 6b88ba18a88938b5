using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Gives a contact property a value, or takes it away.</summary>
[Description("Gives a contact property a value, or takes it away.")]
public sealed record SetPropertyPoint : StraightPoint
{
    [Description("The property's name.")]
    public required string Property { get; init; }

    [Description("The value: a text, a number, true, false, a list of texts, {\"date\": \"2026-01-31\"} or {\"dateTime\": \"2026-01-31T09:00:00Z\"}.")]
    public Value? Value { get; init; }

    [Description("Instead of a value: true takes it away.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Clear { get; init; }

    public override string Explain() => Clear ? $"clears {Property}" : $"sets {Property} to {Value}";

    protected internal override void Check(CheckContext check)
    {
        check.Named(Property, "property");
        if (Value is { } value)
            check.ValueFits(Property, value, "value");
        if (Clear == Value is not null)
            check.Error(ProblemCodes.ValueOrClear, "value", "Give either a value, or clear: true.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new EditPlan(new ContactEdit.SetProperty(Property, Value ?? Contacts.Value.None)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
}
