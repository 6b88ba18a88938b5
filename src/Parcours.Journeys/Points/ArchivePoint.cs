using System.ComponentModel;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Archives the contact: it leaves this journey and every other, and comes into none until it is brought back (Semantics 6.16).</summary>
[Description("Archives the contact: it leaves this journey, as completed, and every other, and comes into none until somebody brings it back.")]
public sealed record ArchivePoint : JourneyPoint
{
    protected internal override bool IsEnd => true;

    public override IEnumerable<PointExit> Exits() => [];

    public override string Explain() => "archives the contact, which leaves every journey";

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan { Id = compile.Id, Index = compile.Index };

    sealed class Plan : PlanPoint
    {
        static readonly Effect.Edit Archives = new(new ContactEdit.Archive(true));

        public override Move Enter(StepContext context)
        {
            context.Do(Archives);
            return Move.End(Outcome.Completed);
        }
    }
}
