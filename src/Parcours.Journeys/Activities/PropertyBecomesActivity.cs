using System.Collections.Immutable;
using System.ComponentModel;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Activities;

/// <summary>A contact property takes another value.</summary>
[Description("A contact property takes another value.")]
public sealed record PropertyBecomesActivity : Activity
{
    [Description("The property's name.")]
    public required string Property { get; init; }

    [Description("The values that count; without it, any but none.")]
    public IReadOnlyList<Value>? To { get; init; }

    [Description("The values of which it must have had one before; without it, any or none.")]
    public IReadOnlyList<Value>? From { get; init; }

    public override string Explain() => To is { } to ? $"{Property} becomes {string.Join(" or ", to)}" : $"{Property} changes";

    protected internal override void Check(CheckContext check, string field)
    {
        check.Property(Property, $"{field}property");
        Values(check, To, $"{field}to");
        Values(check, From, $"{field}from");
    }

    void Values(CheckContext check, IReadOnlyList<Value>? values, string field)
    {
        if (values is { Count: 0 })
            check.Error(ProblemCodes.ValuesNone, field, "Name at least one value, or leave the field out.");
        for (var index = 0; index < values?.Count; index++)
            check.ValueFits(Property, values[index], $"{field}/{index}");
    }

    protected internal override CompiledActivity Compile(CompileContext compile) => new Compiled(Property, To?.ToArray(), From?.ToArray());

    sealed class Compiled(string property, Value[]? to, Value[]? from) : CompiledActivity
    {
        public override Dependencies Hears { get; } = Dependencies.None with { Properties = [property] };

        public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact)
        {
            foreach (var change in changes)
                if (change is ContactChange.PropertySet set && set.Name == property && Counts(set))
                    return contact.Contact.Property(property) == set.After;
            return false;
        }

        bool Counts(ContactChange.PropertySet set) =>
            (to is null ? !set.After.IsNone : to.Contains(set.After)) && (from is null || from.Contains(set.Before));
    }
}
