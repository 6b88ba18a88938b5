using System.ComponentModel;
using System.Globalization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Adds to a number that the contact has; below zero it takes away. A score is such a number.</summary>
[Description("Adds to a number that the contact has, such as a score; below zero it takes away.")]
public sealed record IncreasePropertyPoint : StraightPoint
{
    [Description("The property's name. Where the contact has none yet, it begins at 0.")]
    public required string Property { get; init; }

    [Description("How much is added: a number that is not 0.")]
    public required decimal By { get; init; }

    public override string Explain() => By < 0
        ? $"takes {(-By).ToString(CultureInfo.InvariantCulture)} from {Property}"
        : $"adds {By.ToString(CultureInfo.InvariantCulture)} to {Property}";

    protected internal override void Check(CheckContext check)
    {
        check.Named(Property, "property");
        check.ValueFits(Property, Value.Of(By), "property");
        if (By == 0)
            check.Error(ProblemCodes.ValueZero, "by", "Adding 0 changes nothing; give another number.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Property, By) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(string property, decimal by) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var held = context.Contact.Property(property);
            // What is no number, or would be no number any more, stays as it is; the record says so.
            if (held.Kind is not (ValueKind.None or ValueKind.Number) || Sum(held.IsNone ? 0 : held.AsNumber) is not { } sum)
                context.Note(0, "not-a-number");
            else
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(property, Value.Of(sum))));
            return Move.Follow(0);
        }

        decimal? Sum(decimal held)
        {
            try
            {
                return held + by;
            }
            catch (OverflowException)
            {
                return null;
            }
        }
    }
}
