using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Ends the journey for the contact. Messages that were decided and not yet sent still go (Semantics 10.6).</summary>
[Description("Ends the journey for the contact.")]
public sealed record EndPoint : JourneyPoint
{
    [Description("How it ended: successful, unsuccessful, or completed without a verdict.")]
    public required EndOutcome Outcome { get; init; }

    [Description("Values of the settings' stageProperty that end the journey here, from anywhere.")]
    public IReadOnlyList<Value>? Values { get; init; }

    [Description("A list on which everybody comes who ends here.")]
    public string? AddToList { get; init; }

    [Description("A tag that everybody gets who ends here.")]
    public string? AddTag { get; init; }

    protected internal override bool IsEnd => true;

    public override IEnumerable<PointExit> Exits() => [];

    public override string Explain() => $"ends the journey: {Outcome switch { EndOutcome.Successful => "successful", EndOutcome.Unsuccessful => "unsuccessful", _ => "completed" }}";

    protected internal override void Check(CheckContext check)
    {
        StageCheck.Values(check, Values, required: false);
        if (AddToList is { } list)
            check.List(list, "addToList");
        if (AddTag is { } tag)
            check.Tag(tag, "addTag");
    }

    protected internal override PlanPoint Compile(CompileContext compile)
    {
        var outcome = Outcome switch
        {
            EndOutcome.Successful => Machine.Outcome.Successful,
            EndOutcome.Unsuccessful => Machine.Outcome.Unsuccessful,
            _ => Machine.Outcome.Completed,
        };
        return new Plan(outcome, AddToList is { } list ? new(new ContactEdit.JoinList(list)) : null, AddTag is { } tag ? new(new ContactEdit.AddTag(tag)) : null, Values is { Count: > 0 } ? compile.Settings.StageProperty : null, Values is { Count: > 0 } ? Values[0] : default) { Id = compile.Id, Index = compile.Index };
    }

    sealed class Plan(Outcome outcome, Effect.Edit? lists, Effect.Edit? tags, string? property, Value value) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            // Reached by a line: the property, which is the truth, says so too.
            if (property is not null && context.Plan.Stages!.Find(context.Contact.Property(property)) != Index)
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(property, value)));
            if (lists is not null)
                context.Do(lists);
            if (tags is not null)
                context.Do(tags);
            return Move.End(outcome);
        }
    }
}

/// <summary>The outcomes that an author can name; the others come about by themselves.</summary>
public enum EndOutcome
{
    Completed = 0,
    Successful = 1,
    Unsuccessful = 2,
}
