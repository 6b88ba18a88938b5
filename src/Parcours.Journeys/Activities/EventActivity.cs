using System.Collections.Immutable;
using System.ComponentModel;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Activities;

/// <summary>One of several events, with conditions on its properties.</summary>
[Description("An event happens.")]
public sealed record EventActivity : Activity
{
    [Description("The names of the events; any of them counts.")]
    public required IReadOnlyList<string> Events { get; init; }

    [Description("What must hold of the event's properties: conditions of kind field, and all/any/not of them.")]
    public Condition? Where { get; init; }

    public override string Explain() => $"{string.Join(" or ", Events)} happens";

    protected internal override void Check(CheckContext check, string field)
    {
        if (Events.Count == 0)
            check.Error(ProblemCodes.EventsNone, $"{field}events", "Name at least one event.");
        for (var index = 0; index < Events.Count; index++)
            check.Event(Events[index], $"{field}events/{index}");
        check.Unique(Events.Select((name, index) => (name, $"{field}events/{index}")));
        check.Condition(Where, $"{field}where", ConditionPlace.EventFilter);
    }

    protected internal override CompiledActivity Compile(CompileContext compile) =>
        new Compiled(Events.ToImmutableHashSet(StringComparer.Ordinal), Where is null ? null : compile.Condition(Where));

    sealed class Compiled(ImmutableHashSet<string> events, CompiledCondition? where) : CompiledActivity
    {
        public override Dependencies Hears { get; } = Dependencies.None with { Events = events };

        public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact) =>
            occurred is not null && events.Contains(occurred.Name) && (where is null || where.Holds(contact with { Event = occurred }));
    }
}
