using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Simulation.Tests;

/// <summary>Semantics 6.13: nobody's path changes, who is counted is counted on one path, and after the winner all who come take its path.</summary>
static class Experiments
{
    public static void Hold(Snapshot snapshot, IEnumerable<LiveJourney> journeys, Action<bool, string> check)
    {
        // What two contacts met before they became one lies with both.
        var alone = snapshot.Contacts.Where(contact => contact.MergedInto is null && contact.Absorbed.Count == 0).Select(contact => contact.Id).ToHashSet();
        foreach (var journey in journeys)
            foreach (var trial in journey.Versions.Values.SelectMany(plan => plan.Points.Where(point => point.Experiment is not null).Select(point => (point.Id, point.Experiment!.Trial))).Distinct())
                Hold(snapshot, journey, trial.Id, trial.Trial, alone, check);
    }

    static void Hold(Snapshot snapshot, LiveJourney journey, string point, uint trial, HashSet<ContactId> alone, Action<bool, string> check)
    {
        var versions = journey.Versions.Values.Where(plan => plan.IndexOf(point) is >= 0 and var at && plan.Points[at].Experiment?.Trial == trial).Select(plan => plan.Version).ToHashSet();
        var winner = journey.Winners.FirstOrDefault(one => one.Point == point && one.Trial == trial);
        foreach (var contact in snapshot.Timeline.Where(item => alone.Contains(item.Contact)).GroupBy(item => item.Contact))
        {
            var ways = contact.SelectMany(item => item.Body.Trails).Where(trail => trail.Journey == journey.Id && versions.Contains(trail.Version))
                .SelectMany(trail => trail.Steps.Where(step => step.Point == point && step.Detail is not null && step.Detail == step.Edge).Select(step => (trail.At, Edge: step.Edge!))).ToList();
            if (winner is null)
                check(ways.Select(way => way.Edge).Distinct().Count() <= 1, $"contact {contact.Key.Number} took {string.Join(", ", ways)} at {journey.Id} {point}");
            else if (winner.Path is { } path)
                foreach (var way in ways.Where(way => way.At > winner.At))
                    check(way.Edge == path || way.Edge == ExperimentPoint.HeldOut, $"contact {contact.Key.Number} took {way} at {journey.Id} {point} after {winner}");
        }

        var marks = snapshot.Contacts.SelectMany(contact => contact.Exposures).Where(mark => mark.Journey == journey.Id && mark.Point == point && mark.Trial == trial).ToList();
        check(snapshot.Contacts.All(contact => contact.Exposures.GroupBy(mark => (mark.Journey, mark.Point)).All(group => group.Count() == 1)), $"a contact has met {journey.Id} {point} twice");
        // Nothing is forgotten where the newest version asks the same, nor where nobody was merged.
        var whole = journey.Status is JourneyStatus.Live or JourneyStatus.Paused && versions.Contains(journey.Newest) && snapshot.Contacts.All(contact => contact.MergedInto is null);
        foreach (var path in journey.Versions[versions.First()].Points.Single(one => one.Id == point).Edges)
        {
            var (exposed, converted) = (Count(CounterKind.Exposed), Count(CounterKind.Converted));
            var (met, reached) = (marks.Count(mark => mark.Path == path.Name), marks.Count(mark => mark.Path == path.Name && mark.Converted));
            check(converted <= exposed && met <= exposed && reached <= converted, $"{journey.Id} {point} {path.Name}: {exposed} exposed, {converted} converted, {met} have met it, {reached} reached the goal");
            check(!whole || (met == exposed && reached == converted), $"{journey.Id} {point} {path.Name}: {exposed} exposed, {converted} converted; {met} have met it, {reached} reached the goal");

            long Count(CounterKind kind) => snapshot.Counters.Where(pair => pair.Key.Kind == kind && pair.Key.Journey == journey.Id && pair.Key.Point == point && pair.Key.Edge == path.Name && versions.Contains(pair.Key.Version)).Sum(pair => pair.Value);
        }
    }
}
