using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 3.9: in a journey with stages the property is the truth.</summary>
sealed partial class BurstRun
{
    /// <summary>Whoever waits in another stage than the property says goes there, out of any wait. In a pause nothing steps: it is looked at again at resume (Semantics 8.3).</summary>
    void Restage(in Heard heard, Stimulus? stimulus)
    {
        var resumed = (stimulus as Stimulus.JourneyResumed)?.Journey;
        if (!_index.HasStages || (heard.To == heard.From && resumed is null))
            return;
        foreach (var id in TakeInside())
        {
            var enrolment = Find(id)?.Now ?? InProgress(id);
            if (enrolment?.State is not EnrolmentState.Waiting waiting || heard.By == id || PlanOf(enrolment) is not var (journey, plan) || plan.Stages is not { } stages)
                continue;
            if (journey.Status == JourneyStatus.Paused || !(resumed == enrolment.Journey || stimulus is Stimulus.Absorbed || Changes(stages.Property, heard)))
                continue;
            if (heard.Depth >= _catalogue.Limits.DerivedDepth)
                AlertLoop(heard);
            else if (Misplaced(plan, waiting) is { } target)
                GoToStage(Find(id) ?? Touch(enrolment, enrolment, journey, plan, heard.Cause), waiting, target, heard);
        }
    }

    void GoToStage(Touched touched, EnrolmentState.Waiting waiting, int target, in Heard heard)
    {
        if (IsOver(touched.Journey))
            End(touched, Outcome.Exited, "journey-ended", "exit", cancels: true);
        else
            Travel(touched, target, null, heard, takenFrom: new(waiting.Point, "stage"));
    }

    bool Changes(string property, in Heard heard)
    {
        for (var index = heard.From; index < heard.To; index++)
            if (_result.Changes[index] is ContactChange.PropertySet set && set.Name == property)
                return true;
        return false;
    }

    /// <summary>The stage or end that the property names, where somebody who waits here is not in it.</summary>
    int? Misplaced(JourneyPlan plan, EnrolmentState.Waiting waiting) =>
        plan.Stages is { } stages && !IsInLine(waiting) && stages.Find(_contact.Property(stages.Property)) is >= 0 and var target && stages.StageOf(plan.Listeners.IndexOf(waiting.Point)) != target ? target : null;

    /// <summary>Somebody is moved by hand into another stage: the property says so too.</summary>
    void SayStage(int target)
    {
        if (_run.Plan.Stages is { } stages && stages.StageOf(target) is >= 0 and var stage && stages.Find(_contact.Property(stages.Property)) != stage)
            Do(new Effect.Edit(new ContactEdit.SetProperty(stages.Property, stages.ValueOf(stage))));
    }

    /// <summary>Where an entry begins: in the stage of the property, else where the starting point leads.</summary>
    string? BeginsAt(StagePlan stages, ref int target)
    {
        var byValue = stages.Find(_contact.Property(stages.Property));
        if (byValue >= 0 && stages.IsEnd(byValue))
            return "stage-ended";
        target = byValue >= 0 ? byValue : target;
        return target < 0 ? "no-stage" : null;
    }

    /// <summary>Whether the run's own effects have put it into another stage than that of the point where it would go on.</summary>
    int Staged(int target)
    {
        if (_run.Plan.Stages is not { } stages || _pending.Count == 0)
            return target;
        var found = stages.Find(_contact.Property(stages.Property));
        // An edge that leads into a stage, or to an end, has its own say: the stage sets the property.
        return found < 0 || target >= 0 && (stages.IsEnd(target) || stages.StageOf(target) == target) || stages.StageOf(_point.Index) == found ? target : found;
    }
}
