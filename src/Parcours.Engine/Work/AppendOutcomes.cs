using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>What became of an item that was appended, for who sent it; and what is written in the same transaction.</summary>
static class AppendOutcomes
{
    public static SubmissionResult Of(MadeEntry made, AppendResult appended, WriteSet writes, Instant now)
    {
        var outcome = appended.Outcome switch
        {
            AppendOutcome.Appended => SubmissionOutcome.Accepted,
            AppendOutcome.Duplicate => SubmissionOutcome.Duplicate,
            _ => SubmissionOutcome.UnknownContact,
        };
        if (appended.OtherBody)
            CollectionsMarshal.GetValueRefOrAddDefault(writes.Counters, new(CounterKind.Total, new(""), 0, "otherBodies", ""), out _)++;
        if (outcome == SubmissionOutcome.Accepted)
        {
            // Semantics 10.3: the block is in the transaction that acknowledges the opt-out, however long the journal.
            foreach (var optOut in made.OptOuts)
                writes.Blocks.Add(new(appended.Contact, optOut.Channel, optOut.Topic, null, "opt-out", now, Lifted: false));
            if (made.Suppresses is { } suppresses)
                writes.Blocks.Add(new(null, suppresses.Channel, "*", EntryMaker.HashOf(suppresses.Address), suppresses.Reason, now, Lifted: false) { Address = suppresses.Address });
        }

        return new(outcome, appended.Contact, made.Refusals) { OtherBody = appended.OtherBody, MadeContact = MakesContact(appended.Entries) };
    }

    static bool MakesContact(ImmutableArray<JournalEntry> entries)
    {
        foreach (var entry in entries)
            if (entry.NewContact)
                return true;
        return false;
    }
}
