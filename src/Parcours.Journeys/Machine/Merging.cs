using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>The loser's side of a merge (Semantics 4.5): what its partition counts when it sends the contact away.</summary>
public static class Merging
{
    /// <summary>Makes a contact a tombstone that forwards to <paramref name="winner"/>.</summary>
    /// <param name="loser">A clone of the committed one; emptied.</param>
    /// <param name="result">Cleared first. Its counters keep every partition's sums whole (Semantics 11.1): what leaves here arrives with <see cref="Stimulus.Absorbed"/> there.</param>
    /// <returns>All that the contact was: the <see cref="Stimulus.Absorbed"/> of the winner's partition.</returns>
    public static Contact Release(Contact loser, ContactId winner, BurstResult result)
    {
        result.Clear();
        var all = loser.Clone();
        foreach (var enrolment in loser.Enrolments)
        {
            result.Count(new(CounterKind.MovedOut, enrolment.Journey, enrolment.Version, "", ""));
            if (enrolment.State is EnrolmentState.Waiting waiting)
                result.Count(new(CounterKind.Left, enrolment.Journey, enrolment.Version, waiting.Point, "moved"));
            foreach (var message in enrolment.Messages)
                if (message.Status == MessageStatus.Pending)
                    result.Count(new(CounterKind.MessageDecided, enrolment.Journey, message.Version, message.Point, ""), -1);
        }
        // What failed goes along: it can be put back at the winner (Semantics 3.8, 4.7).
        foreach (var failed in loser.Failed)
        {
            result.Count(new(CounterKind.MovedOut, failed.Journey, failed.Version, "", ""));
            FailedCounts.Add(failed, -1, result.Count);
            if (FailedCounts.StoodAt(failed) is { } stood)
                result.Count(new(CounterKind.Left, failed.Journey, failed.Version, stood.Point, "moved"));
        }
        foreach (var segment in loser.Segments)
            Member(result, "segment", CounterKind.SegmentMembers, segment);
        foreach (var (list, on) in loser.Lists)
            if (on.Value)
                Member(result, "list", CounterKind.ListMembers, list);
        foreach (var (tag, has) in loser.Tags)
            if (has.Value)
                Member(result, "tag", CounterKind.TagMembers, tag);
        result.Count(new(CounterKind.Total, new(""), 0, "contacts", ""), -1);
        result.ContactChanged = true;

        loser.Identities.Clear();
        loser.Properties.Clear();
        loser.Tags.Clear();
        loser.Lists.Clear();
        loser.Consents.Clear();
        loser.Suppressed.Clear();
        loser.Segments.Clear();
        loser.SegmentFlips.Clear();
        loser.Dates.Clear();
        loser.Abandoned.Clear();
        loser.Sent = [];
        loser.Exposures = [];
        loser.Barred = [];
        loser.ArchivedAt = null;
        loser.Memory.Clear();
        loser.Enrolments.Clear();
        loser.Entries.Clear();
        loser.Failed = [];
        loser.Absorbed.Clear();
        loser.FlipAt = null;
        loser.MergedInto = winner;
        return all;
    }

    static void Member(BurstResult result, string kind, CounterKind counter, string name)
    {
        result.Memberships.Add(new(kind, name, -1));
        result.Count(new(counter, new(""), 0, name, ""), -1);
    }
}
