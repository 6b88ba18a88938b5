using System.ComponentModel;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Copies a value into a contact property: from another one, or from the event that started the enrolment.</summary>
[Description("Copies a value into a contact property: from another property, or from a field of the event that started the enrolment.")]
public sealed record CopyPropertyPoint : StraightPoint
{
    [Description("The property that takes the value.")]
    public required string Into { get; init; }

    [Description("The contact property that is copied; or a field.")]
    public string? Property { get; init; }

    [Description("Instead of a property: the field of the event that started the enrolment, such as total or cart.currency.")]
    public string? Field { get; init; }

    public override string Explain() => $"copies {Property ?? Field} into {Into}";

    protected internal override void Check(CheckContext check)
    {
        check.Target(Into, "into");
        if (Property is null == Field is null)
            check.Error(ProblemCodes.ValueSource, "property", "Say what is copied: a property of the contact, or a field of the starting event.");
        else if (Property is { } property)
            check.Property(property, "property");
        else
            check.Named(Field!, "field");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Into, Property, Field) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(string into, string? property, string? field) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var value = property is not null ? context.Contact.Property(property) : context.Enrolment.Data[field!];
            // Nothing to copy takes nothing away: that is what a setProperty with clear is for.
            if (value.IsNone)
                context.Note(0, "nothing");
            else
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(into, value)));
            return Move.Follow(0);
        }
    }
}
