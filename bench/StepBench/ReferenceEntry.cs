using System.Collections.Immutable;
using NodaTime;
using Parcours.Bench.Reference;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace StepBench;

/// <summary>One burst of the reference journey: the event comes with the contact's facts, who enters is tagged, and gets a mail or waits.</summary>
static class ReferenceEntry
{
    public static void Run()
    {
        var plan = JourneyCompiler.Compile(JourneyCheck.Check(Documents.Journey(returning: false), AnyReferences.Instance).Definition!, 1, DateTimeZone.Utc);
        var catalogue = new CatalogueBuilder()
            .Add(new LiveJourney(plan.Id, 0, JourneyStatus.Live, 1, ImmutableDictionary<int, JourneyPlan>.Empty.Add(1, plan), JourneyDials.Running))
            .Add(new Topic("bench", UnknownConsent.UnlessRefused))
            .Build(Ada.Monday9);
        var (contact, result, mailed, waiting) = (Ada.New(), new BurstResult(), Input("pro"), Input("free"));
        if (Enter(mailed).Messages.Count != 1 || Enter(waiting).Enrolments.Count != 1)
            throw new InvalidOperationException("The burst does not do what it should.");
        // The bursts need a contact each time that has not entered yet: what that alone costs stands first.
        Measure.Step("copy of the contact (in both below)", contact.Clone);
        Measure.Step("burst: enters, is tagged, gets a mail, ends", () => Enter(mailed));
        Measure.Step("burst: enters, is tagged, waits", () => Enter(waiting));

        BurstResult Enter(BurstInput input)
        {
            Burst.Run(catalogue, contact.Clone(), input, result);
            return result;
        }
    }

    static BurstInput Input(string plan)
    {
        var @event = new ContactEvent { Name = People.SignedUp, OccurredAt = Ada.Monday9, ReceivedAt = Ada.Monday9, Properties = EventProperties.Empty, Sequence = 1 };
        return new(new Stimulus.Received([.. Ada.Edits(plan)], @event), Origin.Live, Ada.Monday9, Ada.Monday9, 1, ContactIsNew: true);
    }
}
