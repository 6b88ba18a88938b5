using System.ComponentModel;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Takes the contact off a list; nothing happens if it is not on it.</summary>
[Description("Takes the contact off a list; nothing happens if it is not on it.")]
public sealed record RemoveFromListPoint : StraightPoint
{
    [Description("The list's name.")]
    public required string List { get; init; }

    public override string Explain() => $"removes from the list {List}";

    protected internal override void Check(CheckContext check) => check.List(List, "list");

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new EditPlan(new ContactEdit.LeaveList(List)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
}
