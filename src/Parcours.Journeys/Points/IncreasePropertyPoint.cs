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

    [Description("Below this it does not fall: what would fall lower becomes this. A number that is lower already stays as it is.")]
    public decimal? Least { get; init; }

    [Description("Above this it does not rise: what would rise higher becomes this. A number that is higher already stays as it is.")]
    public decimal? Most { get; init; }

    public override string Explain() => (By < 0
        ? $"takes {(-By).ToString(CultureInfo.InvariantCulture)} from {Property}"
        : $"adds {By.ToString(CultureInfo.InvariantCulture)} to {Property}") + (Limit is { } limit ? $", up to {limit.ToString(CultureInfo.InvariantCulture)}" : "");

    /// <summary>The one of the two that this step can come to.</summary>
    decimal? Limit => By < 0 ? Least : Most;

    protected internal override void Check(CheckContext check)
    {
        check.Named(Property, "property");
        check.ValueFits(Property, Value.Of(By), "property");
        if (By == 0)
            check.Error(ProblemCodes.ValueZero, "by", "Adding 0 changes nothing; give another number.");
        if (Least > Most)
            check.Error(ProblemCodes.ValueLimits, "most", "The most is below the least; swap them.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Property, By, Limit) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(string property, decimal by, decimal? limit) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var held = context.Contact.Property(property);
            // What is no number, or would be no number any more, stays as it is; the record says so.
            if (held.Kind is not (ValueKind.None or ValueKind.Number) || Sum(held.IsNone ? 0 : held.AsNumber) is not { } sum)
                context.Note(0, "not-a-number");
            else if (limit is { } most && Math.Sign(by) * (sum - most) > 0)
                Reach(context, held.IsNone ? 0 : held.AsNumber, most);
            else
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(property, Value.Of(sum))));
            return Move.Follow(0);
        }

        /// <summary>The rest of the way to the limit; who is there, or beyond it, stays: the record says so.</summary>
        void Reach(StepContext context, decimal held, decimal most)
        {
            context.Note(0, "limit");
            if (Math.Sign(by) * (most - held) > 0)
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(property, Value.Of(most))));
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
