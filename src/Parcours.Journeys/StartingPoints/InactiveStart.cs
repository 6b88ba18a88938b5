using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.StartingPoints;

/// <summary>The contact has done something, and not again for a time: no purchase, no visit, no open (Semantics 6.18).</summary>
[Description("The contact has done something, and not again for a time: no purchase, no visit, no open. What happened before the journey went live counts; who was quiet for that long by then does not come in.")]
public sealed record InactiveStart : StartingPoint
{
    [Description("The names of the events; any of them is a sign of life.")]
    public required IReadOnlyList<string> Events { get; init; }

    [Description("What must hold of the event's properties: conditions of kind field, and all/any/not of them.")]
    public Condition? Where { get; init; }

    [Description("For how long none of them happens: ISO 8601.")]
    public required Duration For { get; init; }

    public override string Explain() => $"no {string.Join(" or ", Events)} for {IsoDuration.Format(For)}";

    protected internal override void Check(CheckContext check)
    {
        base.Check(check);
        new EventActivity { Events = Events, Where = Where }.Check(check, "");
        check.Wait(For, "for");
    }

    protected internal override StartMoment? MomentIn(CompileContext compile)
    {
        Condition quiet = new Condition.Event(Events, Comparison.LongerAgoThan, Where, EventFunction.Last, Duration: For);
        return new StartInactivity([.. Events], compile.Condition(quiet), quiet.ToJson());
    }
}
