using System.ComponentModel;
using System.Globalization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Adds to a number that the contact has; below zero it takes away. A score is such a number.</summary>
[Description("Adds to a number that the contact has, such as a score; below zero it takes away.")]
public sealed record IncreasePropertyPoint : StraightPoint
{
    [Description("The property's name. Where the contact has none yet, it begins at 0.")]
    public required string Property { get; init; }

    [Description("How much is added: a number that is not 0. Beside byProperty or byField: for whom that says no number; without it nothing is added for them.")]
    public decimal? By { get; init; }

    [Description("The contact property that says how much.")]
    public string? ByProperty { get; init; }

    [Description("Instead of a property: the field of the event that started the enrolment that says how much, such as total.")]
    public string? ByField { get; init; }

    [Description("With byProperty or byField: what the number there is multiplied with, such as 0.1, or -1 to take it away; 1 without it.")]
    public decimal? Factor { get; init; }

    [Description("Below this it does not fall: what would fall lower becomes this. A number that is lower already stays as it is.")]
    public decimal? Least { get; init; }

    [Description("Above this it does not rise: what would rise higher becomes this. A number that is higher already stays as it is.")]
    public decimal? Most { get; init; }

    public override string Explain() => Source is { } source
        ? $"adds {(Factor is { } factor ? $"{Text(factor)} times " : "")}{source} to {Property}"
        : (By < 0 ? $"takes {Text(-By.Value)} from {Property}" : $"adds {Text(By ?? 0)} to {Property}") + ((By < 0 ? Least : Most) is { } limit ? $", up to {Text(limit)}" : "");

    string? Source => ByProperty ?? ByField;

    static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    protected internal override void Check(CheckContext check)
    {
        check.Target(Property, "property");
        check.TypeFits(Property, ValueKind.Number, "property");
        if (By == 0)
            check.Error(ProblemCodes.ValueZero, "by", "Adding 0 changes nothing; give another number.");
        if (Factor == 0)
            check.Error(ProblemCodes.ValueZero, "factor", "Nothing is left of a number that is multiplied with 0; give another number.");
        if (Least > Most)
            check.Error(ProblemCodes.ValueLimits, "most", "The most is below the least; swap them.");
        if (ByProperty is not null && ByField is not null)
            check.Error(ProblemCodes.ValueSource, "byProperty", "Say how much by a property of the contact or by a field of the starting event, not by both.");
        else if (ByProperty is { } property)
            check.Property(property, "byProperty");
        else if (ByField is { } field)
            check.Named(field, "byField");
        else if (By is null)
            check.Error(ProblemCodes.ValueSource, "by", "Say how much is added: by, byProperty or byField.");
        else if (Factor is not null)
            check.Error(ProblemCodes.ValueSource, "factor", "A factor multiplies the number of a property or field: name one, or take the factor away.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(this) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(IncreasePropertyPoint point) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var held = context.Contact.Property(point.Property);
            if (Amount(context) is not { } by)
                context.Note(0, "no-number");
            // What is no number, or would be no number any more, stays as it is; the record says so.
            else if (held.Kind is not (ValueKind.None or ValueKind.Number) || Sum(held.IsNone ? 0 : held.AsNumber, by) is not { } sum)
                context.Note(0, "not-a-number");
            else if ((by < 0 ? point.Least : point.Most) is { } limit && Math.Sign(by) * (sum - limit) > 0)
                Reach(context, held.IsNone ? 0 : held.AsNumber, limit, by);
            else
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(point.Property, Value.Of(sum))));
            return Move.Follow(0);
        }

        /// <summary>Null: nothing says how much.</summary>
        decimal? Amount(StepContext context)
        {
            if (point.Source is null)
                return point.By;
            var said = FilledValue.Number(point.ByProperty is { } property ? context.Contact.Property(property) : context.Enrolment.Data[point.ByField!]); // Source is one of the two.
            if (said is not { } number)
                return point.By;
            try
            {
                return number * (point.Factor ?? 1);
            }
            catch (OverflowException)
            {
                return null;
            }
        }

        /// <summary>The rest of the way to the limit; who is there, or beyond it, stays: the record says so.</summary>
        void Reach(StepContext context, decimal held, decimal limit, decimal by)
        {
            context.Note(0, "limit");
            if (Math.Sign(by) * (limit - held) > 0)
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(point.Property, Value.Of(limit))));
        }

        static decimal? Sum(decimal held, decimal by)
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
