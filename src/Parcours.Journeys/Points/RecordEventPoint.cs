using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Records an event of the contact: a real one, which starts other journeys and counts in conditions (Semantics 3.7).</summary>
[Description("Records an event of the contact: a real one, which starts other journeys and counts in conditions.")]
public sealed record RecordEventPoint : StraightPoint
{
    /// <summary>As much as an event from outside may carry (Semantics 16.1).</summary>
    public const int PropertiesBytesMax = 32 * 1024;

    [Description("The event's name.")]
    public required string Event { get; init; }

    [Description("The event's properties: an object. In texts, fields stand in double braces; a text that is one field and nothing else becomes its value.")]
    public JsonElement? Properties { get; init; }

    public override string Explain() => $"records the event {Event}";

    protected internal override void Check(CheckContext check)
    {
        check.Event(Event, "event");
        if (Properties is not { } properties)
            return;
        if (properties.ValueKind != JsonValueKind.Object)
            check.Error(ProblemCodes.FieldType, "properties", "The properties of an event are a JSON object.", ("expected", "object"));
        else if (Encoding.UTF8.GetByteCount(properties.GetRawText()) > PropertiesBytesMax)
            check.Error(ProblemCodes.EventTooLarge, "properties", $"The properties of an event take at most {PropertiesBytesMax} bytes.", ("max", $"{PropertiesBytesMax}"));
        else if (FieldJson.TryParse(properties, out var problem) is not { } read)
            check.Error(ProblemCodes.TextField, "properties", problem!, ("text", "properties")); // There is a problem where nothing was read.
        else
            check.Uses(read);
    }

    protected internal override PlanPoint Compile(CompileContext compile)
    {
        if (Properties is { } template && FieldJson.TryParse(template, out _) is { HasFields: true } filled)
            return new FilledPlan(Event, filled) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
        var properties = Properties is { } json ? EventProperties.Parse(json.GetRawText()) : EventProperties.Empty;
        return new Plan(new(Event, properties)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
    }

    sealed class Plan(Effect.RecordEvent effect) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            context.Do(effect);
            return Move.Follow(0);
        }
    }

    sealed class FilledPlan(string name, FieldJson properties) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var filled = properties.Fill(context.Fields);
            // Nothing that everybody hears is cut: half an event would say something else.
            if (filled.Length > PropertiesBytesMax)
                context.Note(0, "too-large");
            else
                context.Do(new Effect.RecordEvent(name, new(filled)));
            return Move.Follow(0);
        }
    }
}
