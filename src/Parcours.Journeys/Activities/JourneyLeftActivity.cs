using System.Collections.Immutable;
using System.ComponentModel;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Activities;

/// <summary>The contact's trip through another journey ends.</summary>
[Description("The contact's trip through another journey ends.")]
public sealed record JourneyLeftActivity : Activity
{
    [Description("The id of the other journey.")]
    public required string Journey { get; init; }

    [Description("The outcomes that count: successful, unsuccessful, completed, exited, removed, failed; without it, any.")]
    public IReadOnlyList<Outcome>? Outcomes { get; init; }

    public override string Explain() => Outcomes is { } outcomes ? $"the journey {Journey} ends {string.Join(" or ", outcomes).ToLowerInvariant()}" : $"the journey {Journey} ends";

    protected internal override void Check(CheckContext check, string field)
    {
        check.Journey(Journey, $"{field}journey");
        if (Outcomes is { Count: 0 })
            check.Error(ProblemCodes.ValuesNone, $"{field}outcomes", "Name at least one outcome, or leave the field out.");
    }

    protected internal override CompiledActivity Compile(CompileContext compile) => new Compiled(new(Journey), Outcomes?.ToImmutableArray());

    sealed class Compiled(JourneyId journey, ImmutableArray<Outcome>? outcomes) : CompiledActivity
    {
        public override Dependencies Hears { get; } = Dependencies.None with { Journeys = [journey.Value] };

        public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact)
        {
            foreach (var change in changes)
                if (change is ContactChange.JourneyLeft left && left.Journey == journey && outcomes?.Contains(left.Outcome) != false)
                    return true;
            return false;
        }
    }
}
