using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Parcours.Cli;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Security;

namespace Parcours.Tests.Nodes;

/// <summary>Versions published over people inside, on several nodes at once and under load (Semantics 6.4; docs/decisions/0016).</summary>
public sealed class PeopleTests : IAsyncLifetime
{
    const int PeopleAPhase = 120, Senders = 3, Together = 4;

    /// <summary>What the whole installation was in the midst of when somebody came: in between nobody outside can tell which version takes them in.</summary>
    enum Phase
    {
        First,
        ToSecond,
        Second,
        ToThird,
        Third,
    }

    readonly ConcurrentDictionary<int, (Phase Sent, Phase Answered)> _came = new();
    TestNodes _nodes = null!; // InitializeAsync makes them.
    readonly int[] _inPhase = new int[Enum.GetValues<Phase>().Length];
    int _people, _phase;
    bool _enough;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _nodes = await TestNodes.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
            await _nodes.DisposeAsync();
    }

    Phase Now
    {
        get => (Phase)Volatile.Read(ref _phase);
        set => Volatile.Write(ref _phase, (int)value);
    }

    /// <summary>The first ones are moved to a mail, then begin anew; those of the second version are led out; those of the third stay. A node goes meanwhile, while mails of it are on their way.</summary>
    /// Promises 1 and 2; Semantics 6.4, 10.8, 11.1, 15.2, 15.9
    [Fact]
    public async Task Everybody_inside_is_mapped_once_by_all_nodes_while_more_come_in_and_a_node_goes()
    {
        await _nodes.StartAsync(3);
        var catalogue = _nodes.Leader.Engine.Catalogue;
        Done(await catalogue.SaveAsync("topic", "news", Bytes("""{ "name": "news", "title": "News", "whenUnknown": "unlessRefused" }"""), 0, Cancellation));
        Done(await catalogue.SaveAsync("content", "hello", Bytes("""{ "name": "hello", "language": "en", "subject": "Hello", "text": "Hello. {{links.unsubscribe}}" }"""), 0, Cancellation));
        await PublishAsync(Wait("first"));
        var sender = (await _nodes.Leader.Get<ApiKeys>().CreateAsync("shop", KeyScope.Intake, Cancellation)).Secret;
        var servers = _nodes.All.ToArray();
        var sending = Enumerable.Range(0, Senders).Select(number => Task.Run(() => SendAsync(servers, number, sender))).ToList();

        await CameAsync(Phase.First);
        Now = Phase.ToSecond;
        await PublishAsync($$"""{{Wait("first")}}, "moved": { "kind": "sendEmail", "content": "hello", "next": "after" }, {{Wait("after")}}""", new PeopleRule("first", null, PeopleFate.Move, "moved"));
        await PassedAsync();
        Now = Phase.Second;
        await CameAsync(Phase.Second);
        Now = Phase.ToThird;
        var leaving = _nodes.StopAsync(_nodes.Other);
        await PublishAsync(Wait("first"), new PeopleRule("first", null, PeopleFate.Exit, null), new PeopleRule("after", null, PeopleFate.Restart, null));
        await leaving;
        await PassedAsync();
        Now = Phase.Third;
        await CameAsync(Phase.Third);
        Volatile.Write(ref _enough, true);
        await Task.WhenAll(sending);
        await _nodes.CaughtUpAsync();
        await TestNodes.UntilAsync("Somebody has not been told", async () => await InsideAsync(1) == 0 && await InsideAsync(2) == 0);
        await TestNodes.UntilAsync("A mail is on its way", async () => await CountAsync(CounterKind.MessageDecided, null) == await CountAsync(CounterKind.MessageSettled, "sent"));

        await HoldsAsync();
    }

    async Task HoldsAsync()
    {
        var mails = await MailsAsync();
        var fates = new Dictionary<string, int> { ["anew"] = 0, ["out"] = 0, ["stays"] = 0 };
        foreach (var (person, (sent, answered)) in _came)
        {
            var contact = (await Queries.ContactByIdentityAsync(new(IdentityKind.UserId, $"person-{person}"), Cancellation))!.Value;
            var enrolments = await Queries.EnrolmentsOfAsync(contact, 10, Cancellation);
            Assert.True(enrolments.Count == 1, $"Person {person}, who came in phase {sent} and was answered in {answered}, came in {enrolments.Count} times. {await CountersAsync()}");
            var enrolment = enrolments[0];
            var fate = enrolment.Outcome is null ? mails.GetValueOrDefault(contact) == 1 ? "anew" : "stays" : "out";
            fates[fate]++;
            Assert.Equal((person, fate, fate == "out" ? 2 : 3, fate == "out" ? Outcome.Exited : null, fate == "anew" ? 1 : 0), (person, fate, enrolment.Version, enrolment.Outcome, mails.GetValueOrDefault(contact)));
            if (sent == answered && sent is Phase.First or Phase.Second or Phase.Third)
                Assert.Equal((person, sent switch { Phase.First => "anew", Phase.Second => "out", _ => "stays" }), (person, fate));
        }

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", fates));
        Assert.All(fates.Values, number => Assert.True(number > 0, string.Join(", ", fates)));
        Assert.Equal((long)_came.Count, await CountAsync(CounterKind.Started, null));
        Assert.Equal(((long)fates["out"], (long)fates["out"]), (await CountAsync(CounterKind.Ended, null), await CountAsync(CounterKind.Ended, "exited")));
        // From the first version to the second, and on to the third: nobody twice.
        Assert.Equal((2L * fates["anew"], 2L * fates["anew"]), (await CountAsync(CounterKind.MovedOut, null), await CountAsync(CounterKind.MovedIn, null)));
        Assert.Equal((long)fates["anew"], await CountAsync(CounterKind.MessageDecided, null));
        Assert.Equal(fates["anew"], mails.Values.Sum());
    }

    Engine.Ports.IStoreQueries Queries => _nodes.All[0].Engine.Queries;

    async Task SendAsync(Server[] servers, int turn, string key)
    {
        while (!Volatile.Read(ref _enough))
        {
            // So that those who come are spread over all that happens, however long it takes.
            await Task.Delay(20, Cancellation);
            if (Volatile.Read(ref _inPhase[(int)Now]) >= PeopleAPhase)
                continue;
            var first = Interlocked.Add(ref _people, Together) - Together;
            var calls = string.Join(",", Enumerable.Range(first, Together).Select(person =>
                $$"""{ "type": "identify", "userId": "person-{{person}}", "messageId": "i{{person}}", "traits": { "email": "person-{{person}}@example.org" } }, { "type": "track", "userId": "person-{{person}}", "messageId": "t{{person}}", "event": "signed_up" }"""));
            var sent = Now;
            Interlocked.Add(ref _inPhase[(int)sent], Together);
            while (!await TryAsync(servers[turn++ % servers.Length], key, $$"""{ "batch": [{{calls}}] }"""))
                await Task.Delay(20, Cancellation);
            for (var person = first; person < first + Together; person++)
                _came[person] = (sent, Now);
        }
    }

    async Task<bool> TryAsync(Server server, string key, string batch)
    {
        try
        {
            var (status, text) = await _nodes.AskAsync(server, HttpMethod.Post, "/v1/batch", key, batch);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, text);
            Assert.DoesNotContain("refused", text, StringComparison.Ordinal);
            return status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // It is the one that goes: sent again to another, under the same message ids.
            return false;
        }
    }

    /// <summary>Some came while nothing else was going on.</summary>
    Task CameAsync(Phase phase) => TestNodes.UntilAsync($"Nobody came in phase {phase}", () => Task.FromResult(_came.Values.Count(came => came == (phase, phase)) >= 8 * Together));

    /// <summary>Until all that was taken in when this is asked is worked on, wherever.</summary>
    async Task PassedAsync()
    {
        var before = await Queries.StatesAsync(Cancellation);
        await TestNodes.UntilAsync("A change has not reached all", async () => (await Queries.StatesAsync(Cancellation)).Zip(before).All(pair => pair.First.Cursor >= pair.Second.Tail));
    }

    async Task PublishAsync(string points, params PeopleRule[] people)
    {
        var definition = Bytes($$"""
            { "format": 1, "id": "trip", "name": "Trip", "settings": { "reEntry": { "kind": "never" }, "email": { "topic": "news" } },
              "start": [{ "kind": "event", "id": "in", "events": ["signed_up"], "next": "first" }, { "kind": "hand", "id": "desk", "next": "{{(points.Contains("moved", StringComparison.Ordinal) ? "moved" : "first")}}" }], "points": { {{points}}, "end": { "kind": "end", "outcome": "completed" } } }
            """);
        Done(await _nodes.Leader.Engine.Catalogue.SaveJourneyAsync(new("trip"), definition, null, Cancellation));
        // Who was spoken of by the version before must have been told.
        await TestNodes.UntilAsync("People are still being moved", async () =>
        {
            var answer = await _nodes.Leader.Engine.Catalogue.PublishJourneyAsync(new("trip"), null, new(null, null, people), Cancellation);
            if (answer is CatalogueAnswer.Refused refused && refused.Problems.All(problem => problem.Code == "journey.moving"))
                return false;
            Assert.True(answer is CatalogueAnswer.Done or CatalogueAnswer.InProgress, answer is CatalogueAnswer.Refused why ? string.Join("\n", why.Problems) : answer.ToString());
            return true;
        });
    }

    static string Wait(string point) => $$""" "{{point}}": { "kind": "delay", "for": "P1D", "next": "end" } """;

    async Task<long> InsideAsync(int version)
    {
        var counters = await Queries.CountersAsync(null, new("trip"), Cancellation);
        long Of(CounterKind kind) => counters.Where(counter => counter.Key.Kind == kind && counter.Key.Version == version).Sum(counter => counter.Value);
        return Of(CounterKind.Started) + Of(CounterKind.MovedIn) - Of(CounterKind.MovedOut) - Of(CounterKind.Ended);
    }

    async Task<string> CountersAsync() => string.Join("; ", (await Queries.CountersAsync(null, new("trip"), Cancellation)).OrderBy(counter => counter.Key.ToString(), StringComparer.Ordinal).Select(counter => $"{counter.Key}: {counter.Value}"));

    async Task<long> CountAsync(CounterKind kind, string? edge) =>
        (await Queries.CountersAsync(kind, new("trip"), Cancellation)).Where(counter => edge is null || counter.Key.Edge == edge).Sum(counter => counter.Value);

    async Task<Dictionary<ContactId, int>> MailsAsync()
    {
        var mails = await Queries.SandboxMailsAsync(null, null, 10_000, Cancellation);
        Assert.Equal(mails.Count, mails.Select(mail => mail.Key).Distinct().Count());
        return mails.GroupBy(mail => mail.Contact).ToDictionary(group => group.Key, group => group.Count());
    }

    static void Done(CatalogueAnswer answer) =>
        Assert.True(answer is CatalogueAnswer.Done, answer is CatalogueAnswer.Refused refused ? string.Join("\n", refused.Problems) : answer.ToString());

    static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
