using System.ComponentModel;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Gives the contact a tag; nothing happens if it has it.</summary>
[Description("Gives the contact a tag; nothing happens if it has it.")]
public sealed record AddTagPoint : StraightPoint
{
    [Description("The tag's name.")]
    public required string Tag { get; init; }

    public override string Explain() => $"adds the tag {Tag}";

    protected internal override void Check(CheckContext check) => check.Tag(Tag, "tag");

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new EditPlan(new ContactEdit.AddTag(Tag)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
}
