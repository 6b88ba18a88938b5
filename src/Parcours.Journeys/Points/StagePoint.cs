using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>A stage: entered whenever the journey's stage property takes one of its values, from anywhere (Semantics 3.9).</summary>
/// <remarks>
/// Where a line, a go to or a starting point leads here and the property says something else, the property gets the first value: it stays the truth.
/// At the end of its path the contact rests here until the property takes the value of another stage or of an end.
/// </remarks>
[Description("A stage of a journey whose settings name a stageProperty: entered whenever that property takes one of its values. At the end of its path the contact rests in the stage until the property changes.")]
public sealed record StagePoint : StraightPoint
{
    [Description("The values of the stage property that belong to this stage; the first is set where a line leads here. A value stands in one stage or end only.")]
    public required IReadOnlyList<Value> Values { get; init; }

    [Description("Whether contacts without a value begin here too.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TakesEmpty { get; init; }

    public override string Explain() => $"is the stage {string.Join(" or ", Values)}";

    protected internal override void Check(CheckContext check)
    {
        StageCheck.Values(check, Values, required: true);
        if (Next is null || (check.Definition.Points.TryGetValue(Next, out var first) && first is StagePoint or EndPoint or GoToPoint))
            check.Error(ProblemCodes.StageEmpty, "next", "A stage does something: lead it to at least one rule or action.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(compile.Settings.StageProperty!, Values[0]) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(string property, Value first) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            if (context.Plan.Stages!.Find(context.Contact.Property(property)) != Index)
                context.Do(new Effect.Edit(new ContactEdit.SetProperty(property, first)));
            return Move.Follow(0);
        }
    }
}
