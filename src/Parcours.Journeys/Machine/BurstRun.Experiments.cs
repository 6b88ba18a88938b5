using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 6.13: who meets an experiment, and who reaches its goal. Costs nothing where nobody has met one.</summary>
sealed partial class BurstRun
{
    /// <summary>What was met in this burst, and after which effects: what was done before it does not count.</summary>
    List<(JourneyId Journey, string Point, long Tick)>? _exposed;

    void Expose(ExposureMark mark)
    {
        _contact.Exposures = _contact.Exposures.RemoveAll(other => other.Journey == mark.Journey && other.Point == mark.Point).Add(mark);
        _result.ContactChanged = true;
        (_exposed ??= []).Add((mark.Journey, mark.Point, ++_tick));
        Count(new(CounterKind.Exposed, mark.Journey, mark.Version, mark.Point, mark.Path));
    }

    void Convert(in Heard heard)
    {
        // What a merge or a fill brings has not happened now.
        if (heard.Order is not null || heard.Origin is Origin.Fill or Origin.Merge || (heard.Event is null && heard.To == heard.From))
            return;
        var at = heard.Event?.OccurredAt ?? _now;
        ImmutableArray<ContactChange> changes = default;
        for (var index = 0; index < _contact.Exposures.Length; index++)
        {
            var mark = _contact.Exposures[index];
            if (mark.Converted || at < mark.At || at >= mark.Until || Measured(mark) is not var (plan, experiment) || WasBefore(mark, heard.Tick)
                || !experiment.Listeners.Hear(_result.Changes, heard.From, heard.To, heard.Event?.Name))
                continue;
            if (changes.IsDefault)
                changes = [.. _result.Changes.GetRange(heard.From, heard.To - heard.From)];
            if (!experiment.Goal.Matches(heard.Event, changes, new ConditionContext(_contact, _now, heard.Event, null, plan.Zone)))
                continue;
            _contact.Exposures = _contact.Exposures.SetItem(index, mark with { Converted = true });
            _result.ContactChanged = true;
            Count(new(CounterKind.Converted, mark.Journey, mark.Version, mark.Point, mark.Path));
        }
    }

    bool WasBefore(in ExposureMark mark, long tick)
    {
        if (_exposed is null)
            return false;
        foreach (var exposed in _exposed)
            if (exposed.Tick > tick && exposed.Journey == mark.Journey && exposed.Point == mark.Point)
                return true;
        return false;
    }

    (JourneyPlan Plan, ExperimentPlan Experiment)? Measured(in ExposureMark mark) =>
        _index.Journey(mark.Journey)?.Versions.GetValueOrDefault(mark.Version) is { } plan && plan.Listeners.IndexOf(mark.Point) is >= 0 and var point && plan.Points[point].Experiment is { } experiment && experiment.Trial == mark.Trial
            ? (plan, experiment)
            : null;

    /// <summary>Two contacts may have met the same experiment: the own path counts from then on, or the other's where that is of a newer version. Both were counted, and both stay so.</summary>
    void UniteExposures(ImmutableArray<ExposureMark> others)
    {
        foreach (var theirs in others)
        {
            var at = 0;
            while (at < _contact.Exposures.Length && (_contact.Exposures[at].Journey != theirs.Journey || _contact.Exposures[at].Point != theirs.Point))
                at++;
            if (at == _contact.Exposures.Length)
                _contact.Exposures = _contact.Exposures.Add(theirs);
            else if (theirs.Version > _contact.Exposures[at].Version && theirs.Trial != _contact.Exposures[at].Trial)
                _contact.Exposures = _contact.Exposures.SetItem(at, theirs);
        }
    }

    /// <summary>Where the contact is stored anyway: what no version asks for any more.</summary>
    void ForgetExposures()
    {
        if (_contact.Exposures.IsEmpty || !_result.ContactChanged)
            return;
        foreach (var mark in _contact.Exposures)
            if (mark.Until + _catalogue.Limits.LateAfter <= _now && !IsAsked(mark))
                _contact.Exposures = _contact.Exposures.Remove(mark);
    }

    /// <summary>Whether the contact, if it comes again, meets the same experiment again.</summary>
    bool IsAsked(in ExposureMark mark) =>
        _index.Journey(mark.Journey) is { Status: JourneyStatus.Live or JourneyStatus.Paused } journey && Measured(mark with { Version = journey.Newest }) is not null;
}
