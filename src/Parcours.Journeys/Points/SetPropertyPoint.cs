using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Gives a contact property a value, which may be made of fields, or takes it away.</summary>
[Description("Gives a contact property a value, which may be made of fields, or takes it away.")]
public sealed record SetPropertyPoint : StraightPoint
{
    [Description("The property's name.")]
    public required string Property { get; init; }

    [Description("The value: a text, a number, true, false, a list of texts, {\"date\": \"2026-01-31\"} or {\"dateTime\": \"2026-01-31T09:00:00Z\"}. In a text, fields stand in double braces: {{event.total}}.")]
    public Value? Value { get; init; }

    [Description("With fields: what the filled text becomes; text without it. One that is no such value leaves the property as it is.")]
    public ValueOf? As { get; init; }

    [Description("Instead of a value: true takes it away.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Clear { get; init; }

    public override string Explain() => Clear ? $"clears {Property}" : $"sets {Property} to {Value}";

    protected internal override void Check(CheckContext check)
    {
        check.Target(Property, "property");
        if (Value is { Kind: ValueKind.Text, AsText: { } text } && text.Contains("{{", StringComparison.Ordinal))
        {
            check.Fields(text, "value");
            check.Length(text, AddNotePoint.TextLengthMax, "value");
            check.TypeFits(Property, FilledValue.KindOf(As), "as");
        }
        else if (Value is { } value)
        {
            check.ValueFits(Property, value, "value");
            if (As is not null)
                check.Error(ProblemCodes.ValueAs, "as", "Only a text with fields is made into something else; remove as, or put a field such as {{event.total}} into the value.");
        }
        if (Clear == Value is not null)
            check.Error(ProblemCodes.ValueOrClear, "value", "Give either a value, or clear: true.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        Value is { Kind: ValueKind.Text, AsText: var text } && FieldText.TryParse(text, out _) is { HasFields: true } filled
            ? new Plan(Property, filled, As) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges }
            : new EditPlan(new ContactEdit.SetProperty(Property, Value ?? Contacts.Value.None)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(string property, FieldText text, ValueOf? type) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var value = FilledValue.Read(text, context.Fields, type, context.Plan.Zone, out var why);
            // Nothing to set takes nothing away: that is what clear is for.
            if (value.IsNone)
                context.Note(0, why);
            else
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(property, value)));
            return Move.Follow(0);
        }
    }
}

/// <summary>What a filled text becomes.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ValueOf>))]
public enum ValueOf
{
    Text,
    Number,
    Boolean,
    Date,
    DateTime,
    /// <summary>Several choices: of a text, its parts between commas.</summary>
    Texts,
}
