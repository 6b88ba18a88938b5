using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>What all points compile to that change the contact in one way and go on.</summary>
sealed class EditPlan(ContactEdit order) : PlanPoint
{
    readonly Effect.Edit _effect = new(order);

    public override Move Enter(StepContext context)
    {
        context.Do(_effect);
        return Move.Follow(0);
    }
}
