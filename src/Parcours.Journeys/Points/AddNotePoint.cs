using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Writes a note about the contact into its timeline, and goes on at once (Semantics 3.7).</summary>
[Description("Writes a note about the contact into its timeline, and goes on at once. It is an event, note_added, as one that a person writes: journeys can start by it.")]
public sealed record AddNotePoint : StraightPoint
{
    /// <summary>The event that a note is.</summary>
    public const string Event = "note_added";

    /// <summary>Its property that holds what is written.</summary>
    public const string TextProperty = "text";

    /// <summary>The longest note, as written and as filled.</summary>
    public const int TextLengthMax = 5_000;

    [Description("What is noted. Fields stand in double braces: {{event.total}}.")]
    public required string Text { get; init; }

    public override string Explain() => "writes a note";

    protected internal override void Check(CheckContext check)
    {
        if (string.IsNullOrWhiteSpace(Text))
            check.Error(ProblemCodes.NameEmpty, "text", "Say what is noted.");
        check.Length(Text, TextLengthMax, "text");
        check.Fields(Text, "text");
    }

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan(FieldText.Parse(Text)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(FieldText text) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var said = JsonEncodedText.Encode(Lines.Cut(text.Fill(context.Fields).Trim(), TextLengthMax));
            context.Do(new Effect.RecordEvent(Event, EventProperties.Empty.With(TextProperty, Encoding.UTF8.GetBytes($"\"{said}\""))));
            return Move.Follow(0);
        }
    }
}
