using System.ComponentModel;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Puts the contact on a list; nothing happens if it is on it.</summary>
[Description("Puts the contact on a list; nothing happens if it is on it.")]
public sealed record AddToListPoint : StraightPoint
{
    [Description("The list's name.")]
    public required string List { get; init; }

    public override string Explain() => $"adds to the list {List}";

    protected internal override void Check(CheckContext check) => check.List(List, "list");

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new EditPlan(new ContactEdit.JoinList(List)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
}
