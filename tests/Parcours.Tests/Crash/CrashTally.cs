using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Tests.Crash;

/// <summary>Compares what the store holds with the tally that was kept outside the program: nothing lost, nothing twice, counts that add up.</summary>
static class CrashTally
{
    public static async Task HoldsAsync(IStoreQueries queries, IReadOnlyDictionary<string, int> tally)
    {
        var events = await EventsAsync(queries);
        var mails = await MailsAsync(queries);
        foreach (var (customer, purchases) in tally)
        {
            var contact = await queries.ContactByIdentityAsync(new Identity(IdentityKind.UserId, customer), CancellationToken.None);
            Assert.True(contact is not null, $"{customer} was acknowledged and is lost.");
            Assert.Equal((customer, 1), (customer, events.GetValueOrDefault((contact.Value, "signed_up"))));
            Assert.Equal((customer, purchases), (customer, events.GetValueOrDefault((contact.Value, "bought"))));
            var enrolments = await queries.EnrolmentsOfAsync(contact.Value, 100, CancellationToken.None);
            var once = Assert.Single(enrolments, enrolment => enrolment.Journey == CrashJourney.Id);
            Assert.Equal((customer, 1, Outcome.Completed), (customer, once.Number, once.Outcome));
            Assert.Equal((customer, purchases >= CrashJourney.Counted ? 1 : 0), (customer, enrolments.Count(enrolment => enrolment.Journey == CrashJourney.Counting)));
            Assert.Equal((customer, 2), (customer, mails.GetValueOrDefault(contact.Value)));
        }

        Assert.Equal(tally.Count, events.Count(pair => pair.Key.Name == "signed_up"));
        await CountersHoldAsync(queries, tally);
    }

    /// Semantics 11.1
    static async Task CountersHoldAsync(IStoreQueries queries, IReadOnlyDictionary<string, int> tally)
    {
        var counters = await queries.CountersAsync(kind: null, journey: null, CancellationToken.None);
        long Sum(CounterKind kind, JourneyId journey, string? point = null, string? edge = null) =>
            counters.Where(counter => counter.Key.Kind == kind && counter.Key.Journey == journey && (point is null || counter.Key.Point == point) && (edge is null || counter.Key.Edge == edge))
                .Sum(counter => counter.Value);

        Assert.Equal((tally.Count, tally.Count), (Sum(CounterKind.Started, CrashJourney.Id), Sum(CounterKind.Ended, CrashJourney.Id, edge: "completed")));
        Assert.Equal(tally.Count, Sum(CounterKind.Ended, CrashJourney.Id));
        Assert.All(CrashJourney.Points, point => Assert.Equal((point, tally.Count), (point, Sum(CounterKind.Arrived, CrashJourney.Id, point))));
        Assert.All(CrashJourney.Points, point => Assert.Equal((point, tally.Count), (point, Sum(CounterKind.Left, CrashJourney.Id, point))));
        Assert.Equal((2 * tally.Count, 2 * tally.Count), (Sum(CounterKind.MessageDecided, CrashJourney.Id), Sum(CounterKind.MessageSettled, CrashJourney.Id, edge: "sent")));
        Assert.Equal(2 * tally.Count, Sum(CounterKind.MessageSettled, CrashJourney.Id));
        Assert.Equal(tally.Count(customer => customer.Value >= CrashJourney.Counted), Sum(CounterKind.Started, CrashJourney.Counting));
    }

    static async Task<Dictionary<(ContactId Contact, string Name), int>> EventsAsync(IStoreQueries queries)
    {
        var counts = new Dictionary<(ContactId, string), int>();
        for (long after = 0; await queries.EventsAsync(PartitionSet.All, null, after, long.MaxValue, 1_000, CancellationToken.None) is { Count: > 0 } page; after = page[^1].Sequence)
            foreach (var stored in page)
                counts[(stored.Contact, stored.Name)] = counts.GetValueOrDefault((stored.Contact, stored.Name)) + 1;
        return counts;
    }

    static async Task<Dictionary<ContactId, int>> MailsAsync(IStoreQueries queries)
    {
        var (counts, keys) = (new Dictionary<ContactId, int>(), new HashSet<MessageKey>());
        (Instant? At, MessageKey? Key) before = (null, null);
        while (await queries.SandboxMailsAsync(before.At, before.Key, 1_000, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var mail in page)
            {
                Assert.True(keys.Add(mail.Key), $"The mail {mail.Key} is there twice.");
                counts[mail.Contact] = counts.GetValueOrDefault(mail.Contact) + 1;
            }
            before = (page[^1].At, page[^1].Key);
        }
        return counts;
    }
}
