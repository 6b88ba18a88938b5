using System.ComponentModel;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Takes a tag from the contact; nothing happens if it has none such.</summary>
[Description("Takes a tag from the contact; nothing happens if it has none such.")]
public sealed record RemoveTagPoint : StraightPoint
{
    [Description("The tag's name.")]
    public required string Tag { get; init; }

    public override string Explain() => $"removes the tag {Tag}";

    protected internal override void Check(CheckContext check) => check.Tag(Tag, "tag");

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new EditPlan(new ContactEdit.RemoveTag(Tag)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
}
