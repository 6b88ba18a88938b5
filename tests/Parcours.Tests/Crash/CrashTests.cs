using NodaTime;
using NodaTime.Extensions;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>The real program, killed again and again while it works. It alone runs in real time: a process has no virtual death.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    const int Kills = 52, KillWithinMilliseconds = 400, EarlyOneIn = 8;

    readonly string _data = Directory.CreateTempSubdirectory("parcours-crash-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// Promises 1 and 2; Semantics 5.1, 10.8, 11.1
    [Fact]
    public async Task Fifty_kills_lose_nothing_that_was_acknowledged_and_repeat_no_transition()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var key = await CrashJourney.SetUpAsync(_data);
        var url = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        using var load = new ShopLoad(url, key, seed);
        int unanswered = 0, timersDue = 0, mailsOnTheirWay = 0;

        load.Begin();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var program = await ServingProgram.StartAsync(_data, url: url);
            // Most kills fall in full swing, some while the program still reads itself in.
            if (random.Next(EarlyOneIn) > 0)
                await UntilItAnswersAsync(load);
            await Task.Delay(random.Next(KillWithinMilliseconds), TestContext.Current.CancellationToken);
            unanswered += load.Unanswered > 0 ? 1 : 0;
            await program.KillAsync();
            var wreck = await Wreck.LookAtAsync(_data, TimeProvider.System.GetUtcNow().ToInstant());
            timersDue += wreck.TimersDue > 0 ? 1 : 0;
            mailsOnTheirWay += wreck.MailsOnTheirWay > 0 ? 1 : 0;
        }

        await using (var last = await ServingProgram.StartAsync(_data, url: url))
        {
            await load.EndAsync();
            await UntilAllHaveLeftAsync(last);
            Assert.Equal(0, await last.StopAsync());
        }

        output.WriteLine($"{Kills} kills: {unanswered} with requests unanswered, {timersDue} with timers due, {mailsOnTheirWay} with mails on their way.");
        output.WriteLine($"{load.Tally.Count} customers, {load.Tally.Values.Sum()} purchases; {load.SentAgain} requests sent again unanswered, {load.SentTwice} although answered.");
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills: {unanswered} with requests unanswered, {timersDue} with timers due, {mailsOnTheirWay} with mails on their way.");
        Assert.All([unanswered, timersDue, mailsOnTheirWay], number => Assert.True(number > 0, "The kills fell at harmless moments only."));
        await using var store = SqliteStore.Open(_data);
        await HoldsAsync(store.Queries, load.Tally);
    }

    static async Task UntilItAnswersAsync(ShopLoad load)
    {
        var before = load.Answered;
        for (var tries = 0; load.Answered == before && tries < 1_000; tries++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    // Two waits of three seconds together; half a minute is for a machine that does other things too.
    static async Task UntilAllHaveLeftAsync(ServingProgram program)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            using var answer = await program.Client.GetAsync("/readyz", TestContext.Current.CancellationToken);
            if (tries >= 8 && answer.IsSuccessStatusCode)
                return;
        }
    }

    static async Task HoldsAsync(IStoreQueries queries, IReadOnlyDictionary<string, int> tally)
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
