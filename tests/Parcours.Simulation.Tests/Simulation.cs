using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Time;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Testing;

namespace Parcours.Simulation.Tests;

/// <summary>One life of one installation, drawn from a seed: the real engine over a real store, on a virtual clock.</summary>
sealed class Simulation : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    readonly string _folder = Directory.CreateTempSubdirectory("parcours-simulation-").FullName;
    readonly EngineOptions _options;
    readonly Faults _faults;
    readonly Dice _dice;
    readonly bool _faulty;
    readonly int _seed;
    readonly CancellationToken _token;
    readonly Dictionary<string, int> _versions = [];
    readonly PausedPoints _paused = new();
    VirtualClock _clock = new(Start);
    IStore _store = null!;

    public Simulation(int seed, bool faulty, CancellationToken cancellationToken)
    {
        (_seed, _faulty, _token) = (seed, faulty, cancellationToken);
        _dice = new(seed, "restarts");
        _faults = new(new(seed, "faults"), faulty ? 0.004 : 0, most: faulty ? 40 : 0);
        var settings = new Dice(seed, "settings");
        Mail = new(IsMoody = settings.Chance(0.5));
        _options = new()
        {
            // Small, so that one call is spread over several commits and queues are read page by page.
            ItemsPerCommit = settings.Pick(2, 5, 1_000),
            ContactCache = settings.Pick(4, 1_000),
            MessagesInFlight = settings.Pick(1, 128),
            RetryAfter = Duration.FromMilliseconds(1),
        };
        Acts = new ActMaker(new(seed, "acts"), new(new(seed, "catalogue"), asksOfMessages: !IsMoody), erases: seed % 5 == 2).Make(100);
    }

    public IReadOnlyList<Act> Acts { get; }
    public JourneyEngine Engine { get; private set; } = null!;
    public MoodyChannel Mail { get; }
    public MoodyChannel Hooks { get; } = new(moody: false, "webhook");
    public Action<string>? Trace { get; init; }
    public bool IsMoody { get; }
    public int FaultCount => _faults.Count;
    public int Restarts { get; private set; }
    public string Faults => $"{_faults.Count} faults, of them {_faults.Unknown} after the commit and {_faults.Deaths} deaths; {Restarts} starts";

    /// <summary>Everything that happens, with a look at the invariants at each rest.</summary>
    public async Task RunAsync()
    {
        await OpenAsync();
        await UntilDoneAsync(FurnishAsync);
        for (var index = 0; index < Acts.Count; index++)
        {
            if (Trace is { } trace)
                trace($"{(_faulty ? "with   " : "without")} {index,3} {_clock.Now} {Acts[index]}"[..Math.Min(150, $"{(_faulty ? "with   " : "without")} {index,3} {_clock.Now} {Acts[index]}".Length)]);
            try
            {
                await ActAsync(Acts[index]);
                await UntilDoneAsync(() => Engine.SettleAsync(_token));
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException(
                    $"{(_faulty ? "With" : "Without")} faults, act {index} at {_clock.Now}: {failure.Message}; {Faults}; {Engine.Figures}; not ready because {Engine.NotReadyBecause ?? "-"}; {Acts[index]}", failure);
            }

            Assert.Empty(Mail.OutOfHours);
            await _paused.LookAsync(Engine, $"{(_faulty ? "with" : "without")} faults, after act {index}", _token);
            if (index % 8 == 7 || index == Acts.Count - 1)
                await Invariants.HoldAsync(Engine, $"{(_faulty ? "with" : "without")} faults, after act {index}", _token);
            if (_faulty && _dice.Chance(0.05))
                await RestartAsync();
        }
    }

    async Task ActAsync(Act act)
    {
        switch (act)
        {
            case Act.Advance advance:
                var to = _clock.Now + advance.By;
                await UntilDoneAsync(() => Engine.AdvanceToAsync(to, _token));
                break;
            case Act.Submit submit:
                // Whoever was told of a failure sends again, under the same message ids.
                await UntilDoneAsync(() => Engine.SubmitAsync(submit.Items, _token));
                break;
            case Act.ByHand order:
                if (await OrderAsync(order) is { } item)
                    await UntilDoneAsync(() => Engine.SubmitAsync([item], _token));
                break;
            case Act.Notice notice:
                if (await LatestAsync(notice.User) is { } message)
                    await UntilDoneAsync(() => Engine.SubmitAsync(
                        [new() { Contact = message.Contact, MessageId = notice.MessageId, Body = new SubmissionBody.Feedback(message.Key, notice.Kind, null) }], _token));
                break;
            case Act.MergeByHand merge:
                if (await ContactAsync(merge.Winner) is { } winner && await ContactAsync(merge.Loser) is { } loser && winner != loser)
                    await UntilDoneAsync(() => Engine.SubmitAsync(
                        [new() { Contact = winner, Origin = Origin.Person, MessageId = merge.MessageId, Body = new SubmissionBody.Merge(loser) }], _token));
                break;
            case Act.Erase erase:
                if (await ContactAsync(erase.User) is { } gone)
                    await UntilDoneAsync(() => Engine.SubmitAsync([new() { Contact = gone, Origin = Origin.Person, CreatesContact = false, MessageId = erase.MessageId, Body = new SubmissionBody.Erase() }], _token));
                break;
            default:
                await UntilDoneAsync(() => ChangeAsync(act));
                break;
        }
    }

    async Task<Submission?> OrderAsync(Act.ByHand order)
    {
        if (await ContactAsync(order.User) is not { } contact || await Engine.ContactAsync(contact, _token) is not { } known)
            return null;
        var enrolment = known.Enrolments.FirstOrDefault();
        // Who is in nothing, and failed, is put back (Semantics 3.8).
        var failed = enrolment is null ? known.Failed.FirstOrDefault() : null;
        return enrolment is null && failed is null ? null : new()
        {
            Contact = contact,
            Origin = Origin.Person,
            MessageId = order.MessageId,
            Body = enrolment is null ? new SubmissionBody.PutBack(failed!.Id, failed.Revision, order.Point is null) : order.Point is { } point ? new SubmissionBody.Move(enrolment.Id, point, enrolment.Revision) : new SubmissionBody.Remove(enrolment.Id, null, "by hand"),
        };
    }

    /// <summary>Of two of one instant the one whose key comes first: their numbers are the store's.</summary>
    async Task<MessageRow?> LatestAsync(string user) => await ContactAsync(user) is { } contact
        ? (await Engine.Queries.MessagesAsync(null, contact, null, null, 1_000, _token)).OrderByDescending(message => message.DecidedAt).ThenBy(message => message.Key.Value).FirstOrDefault()
        : null;

    async Task<ContactId?> ContactAsync(string user) => await Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, user), _token);

    /// <summary>Orders to the catalogue have no message id: who does not know whether one was taken looks.</summary>
    async Task ChangeAsync(Act act)
    {
        var catalogue = Engine.Catalogue;
        switch (act)
        {
            case Act.Segment segment:
                Done(await catalogue.SaveSegmentAsync(segment.Name, Encoding.UTF8.GetBytes(segment.Json), null, _token), "segment.filling");
                break;
            case Act.Publish publish:
                var id = new JourneyId(publish.Journey);
                if (await catalogue.JourneyAsync(id, _token) is { Status: JourneyStatus.Ended })
                    return;
                // Drawn once more after a failure: which version it would be is settled at the first try.
                if (!_versions.TryGetValue(publish.Json, out var version))
                    _versions[publish.Json] = version = ((await catalogue.JourneyAsync(id, _token))?.Live ?? 0) + 1;
                Done(await catalogue.SaveJourneyAsync(id, Encoding.UTF8.GetBytes(publish.Json), null, _token));
                if ((await catalogue.JourneyAsync(id, _token))!.Live is var live && live < version)
                    Done(await catalogue.PublishJourneyAsync(id, null, new(null, null, await PeopleAsync(publish, live)), _token), "publish.filling", "journey.filling", "journey.moving", "reference.journey");
                break;
            // A quarter of the lives pauses single points in their stead.
            case Act.Pause point when _seed % 4 == 1:
                await catalogue.PausePointAsync(new(point.Journey), point.RunOn ? "p1" : "p2", _token);
                break;
            case Act.Resume point when _seed % 4 == 1:
                foreach (var held in (await catalogue.JourneyAsync(new(point.Journey), _token))?.Dials.HeldPoints.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
                    Done(await catalogue.ResumePointAsync(new(point.Journey), held, _token));
                break;
            case Act.Pause pause:
                if (await StatusAsync(pause.Journey) == JourneyStatus.Live)
                    Done(await catalogue.PauseJourneyAsync(new(pause.Journey), pause.RunOn, _token));
                // By the number of its point, a person chooses a winner, or takes it back; the other experiments are left to the engine.
                foreach (var experiment in await catalogue.ExperimentsAsync(new(pause.Journey), _token))
                    if (int.Parse(experiment.Point.AsSpan(1), CultureInfo.InvariantCulture) % 4 is < 3 and var choice)
                        Done(await catalogue.ChooseWinnerAsync(new(pause.Journey), experiment.Point, choice == 2 ? null : experiment.Plan.Paths[choice], "eva@example.org", _token), "journey.not-live");
                break;
            case Act.Resume resume:
                if (await StatusAsync(resume.Journey) == JourneyStatus.Paused)
                    Done(await catalogue.ResumeJourneyAsync(new(resume.Journey), _token));
                break;
            case Act.End end:
                if (await StatusAsync(end.Journey) is JourneyStatus.Live or JourneyStatus.Paused)
                    Done(await catalogue.EndJourneyAsync(new(end.Journey), _token));
                break;
        }
    }

    /// <summary>What becomes of those inside, by the numbers of the points where they stand: the dice are not asked (Semantics 6.4).</summary>
    async Task<IReadOnlyList<PeopleRule>> PeopleAsync(Act.Publish publish, int live)
    {
        if (await Engine.Queries.DocumentAsync("journey-version", $"{publish.Journey}/{live}", _token) is not { } before)
            return [];
        var there = JsonNode.Parse(publish.Json)!["points"]!.AsObject();
        var rules = new List<PeopleRule>();
        foreach (var point in JsonNode.Parse(before.Json.Span)!["definition"]!["points"]!.AsObject().Select(pair => pair.Key))
            switch ((int.Parse(point.AsSpan(1), CultureInfo.InvariantCulture) + publish.Json.Length) % 6)
            {
                case 0 or 1 when there.ContainsKey(point): rules.Add(new(point, null, PeopleFate.Move, null)); break;
                case 2: rules.Add(new(point, null, PeopleFate.Move, there.First().Key)); break;
                case 3: rules.Add(new(point, live, PeopleFate.Restart, null)); break;
                case 4: rules.Add(new(point, null, PeopleFate.Exit, null)); break;
            }
        return rules;
    }

    async Task<JourneyStatus?> StatusAsync(string journey) => (await Engine.Catalogue.JourneyAsync(new(journey), _token))?.Status;

    static void Done(CatalogueAnswer answer, params string[] alsoFine)
    {
        // Conditions are drawn without regard to each other: now and then two contradict, and the draft waits for a better one.
        if (answer is CatalogueAnswer.Refused refused && !refused.Problems.All(problem => problem.Code == "condition.contradiction" || alsoFine.Contains(problem.Code)))
            Assert.Fail(string.Join("\n", refused.Problems.Select(problem => $"{problem.Code} {problem.Path}: {problem.Text}")));
        Assert.False(answer is CatalogueAnswer.Conflict or CatalogueAnswer.NotFound, answer.ToString());
    }

    /// <summary>Again and again until it is done: after a failure of the store, and after a death when the process has been started again.</summary>
    async Task UntilDoneAsync(Func<Task> act)
    {
        while (true)
        {
            if (_faults.Dead)
                await RestartAsync();
            try
            {
                var doing = act();
                while (!doing.IsCompleted && !_faults.Dead)
                {
                    await Task.WhenAny(doing, _faults.Died, Task.Delay(1_000, _token));
                    StandsOrThrow();
                }

                if (!doing.IsCompleted)
                    _ = doing.ContinueWith(task => task.Exception, TaskScheduler.Default);
                else
                {
                    await doing;
                    return;
                }
            }
            catch (StoreException failure) when (_faulty)
            {
                // Only what was drawn may fail: everything else that stops the engine is a fault of its own.
                if (failure.Message.StartsWith("The engine stopped at a fault", StringComparison.Ordinal))
                    throw;
                await Task.Yield();
            }
        }
    }

    void StandsOrThrow()
    {
        if (Engine.NotReadyBecause is { } why && why.StartsWith("The engine stopped at a fault", StringComparison.Ordinal))
            throw new InvalidOperationException(why);
    }

    async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        await _store.DisposeAsync();
        _faults.Revive();
        _clock = new(_clock.Now);
        await OpenAsync();
    }

    async Task OpenAsync()
    {
        while (true)
        {
            Restarts++;
            _store = await TestStore.OpenAsync(_folder, _clock);
            try
            {
                Engine = await JourneyEngine.StartAsync(new FaultyStore(_store, _faults), _options, [Mail, Hooks], _clock, null, _token);
                return;
            }
            catch (StoreException) when (_faulty)
            {
                await _store.DisposeAsync();
                _faults.Revive();
            }
        }
    }

    async Task FurnishAsync()
    {
        Done(await Engine.Catalogue.SaveAsync("topic", "news", """{"name":"news","whenUnknown":"unlessRefused"}"""u8.ToArray(), null, _token));
        Done(await Engine.Catalogue.SaveAsync("content", "hello", """{"subject":"Hello","text":"Hello"}"""u8.ToArray(), null, _token));
        foreach (var list in CatalogueMaker.Lists)
            Done(await Engine.Catalogue.SaveAsync("list", list, Encoding.UTF8.GetBytes($$"""{"name":"{{list}}"}"""), null, _token));
        Done(await Engine.Catalogue.SaveAsync("coupon-pool", "codes", "{}"u8.ToArray(), null, _token));
        await Engine.WriteAsync((unit, now) => unit.AddCodesAsync(AllocatorId.OfPool("codes"), CatalogueMaker.Codes, now, _token), _token);
        Done(await Engine.Catalogue.SaveAsync("action", "score", """{"url":"https://crm.example.org/{{input.plan}}","inputs":[{"name":"plan","required":true}],"outputs":[{"name":"plan","from":"/plan"}]}"""u8.ToArray(), null, _token));
        // Half of those lives have a frequency cap in which the provider answers alike, with faults and without: what is given back depends on what it answers.
        if (!IsMoody && _seed % 2 == 0)
            Done(await Engine.Catalogue.SaveAsync("cap", "calm", """{"most":1,"within":"P2D"}"""u8.ToArray(), null, _token));
        if (_seed % 3 == 0)
        {
            Done(await Engine.Catalogue.SaveAsync("quiet", "nights", """{"from":"20:30","until":"06:30","spread":"PT40M"}"""u8.ToArray(), null, _token));
            Done(await Engine.Catalogue.SaveAsync("quiet", "rest", """{"days":["sunday"],"holidays":true,"from":"02:30","until":"15:00","purpose":"all"}"""u8.ToArray(), null, _token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine is not null)
            await Engine.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        await TestStore.DropAsync(_folder);
        Directory.Delete(_folder, recursive: true);
    }
}
