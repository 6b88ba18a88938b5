using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
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

    [Description("Becoming empty counts: alone, or beside the values in to.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ToEmpty { get; init; }

    [Description("It must have been empty before; or have had one of the values in from.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FromEmpty { get; init; }

    public override string Explain() => (To, ToEmpty) switch
    {
        ({ } to, true) => $"{Property} becomes {string.Join(" or ", to)} or empty",
        ({ } to, false) => $"{Property} becomes {string.Join(" or ", to)}",
        (null, true) => $"{Property} becomes empty",
        _ => $"{Property} changes",
    };

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

    protected internal override CompiledActivity Compile(CompileContext compile) => new Compiled(Property, To?.ToArray(), From?.ToArray(), ToEmpty, FromEmpty);

    sealed class Compiled(string property, Value[]? to, Value[]? from, bool toEmpty, bool fromEmpty) : CompiledActivity
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
            (set.After.IsNone ? toEmpty : to is null ? !toEmpty : to.Contains(set.After))
            && (set.Before.IsNone && fromEmpty || (from is null ? !fromEmpty : from.Contains(set.Before)));
    }
}
