using System.Text;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Testing;

namespace Parcours.Engine.Tests;

/// <summary>The engine as in real time, on a clock that a test moves by hand: what a process does that is late, or was away.</summary>
public sealed class RealTimeTests : IAsyncDisposable
{
    sealed class HandClock : TimeProvider
    {
        long _ticks = World.Monday9.ToUnixTimeTicks();
        public Instant Now { get => Instant.FromUnixTimeTicks(Volatile.Read(ref _ticks)); set => Volatile.Write(ref _ticks, value.ToUnixTimeTicks()); }
        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
    }

    const string Steps = """
        {
          "format": 1, "id": "steps", "name": "Steps",
          "settings": { "email": { "topic": "shop-news" }, "exits": [ { "name": "bought", "when": { "kind": "event", "events": ["purchase"], "is": "did" } } ] },
          "start": [ { "kind": "event", "id": "start", "events": ["started"], "next": "first" } ],
          "points": {
            "first": { "kind": "delay", "for": "WAIT", "next": "mail" },
            "mail": { "kind": "sendEmail", "content": "hello", "next": "second" },
            "second": { "kind": "delay", "for": "WAIT", "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("parcours-real-time-").FullName;
    readonly HandClock _clock = new();
    readonly TestChannel _mail = new();
    readonly HeldStore.Control _control = new();
    IStore _store = null!;
    JourneyEngine _engine = null!;
    static CancellationToken Token => TestContext.Current.CancellationToken;

    async Task OpenAsync(EngineOptions? options = null)
    {
        _store = HeldStore.Around(await TestStore.OpenAsync(_folder, _clock), _control);
        _engine = await JourneyEngine.StartAsync(_store, options ?? new(), [_mail], _clock, null, Token);
    }

    async Task CloseAsync()
    {
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
    }

    async Task WithAdaAsync(string wait, EngineOptions? options = null)
    {
        await OpenAsync(options);
        World.Done(await _engine.Catalogue.SaveAsync("topic", "shop-news", """{"name":"shop-news","whenUnknown":"unlessRefused"}"""u8.ToArray(), null, Token));
        World.Done(await _engine.Catalogue.SaveAsync("content", "hello", """{"subject":"Hello","text":"Hello"}"""u8.ToArray(), null, Token));
        World.Done(await _engine.Catalogue.SaveJourneyAsync(new("steps"), Encoding.UTF8.GetBytes(Steps.Replace("WAIT", wait)), null, Token));
        World.Done(await _engine.Catalogue.PublishJourneyAsync(new("steps"), null, Token));
        await DoAsync("started");
    }

    Task<IReadOnlyList<SubmissionResult>> DoAsync(string @event) => DoAsync(@event, ["ada"]);

    Task<IReadOnlyList<SubmissionResult>> DoAsync(string @event, IEnumerable<string> users) => _engine.SubmitAsync([.. users.Select(user => new Submission
    {
        Identities = [new(IdentityKind.UserId, user)],
        Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes($$"""{"email":"{{user}}@example.org"}"""), @event, "{}"u8.ToArray()),
    })], Token);

    async Task<EnrolmentRow> AdaAsync() => Assert.Single(await _engine.Queries.EnrolmentsOfAsync(
        (await _engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, "ada"), Token))!.Value, 10, Token));

    async Task<MessageRow> MessageAsync() => Assert.Single(await _engine.Queries.MessagesAsync(null, null, null, null, 10, Token));

    /// <summary>The worker stands still while this happens.</summary>
    async Task MeanwhileAsync(Func<Task> act)
    {
        using var done = new ManualResetEventSlim();
        using var standing = new ManualResetEventSlim();
        var still = _engine.WriteAsync((_, _) =>
        {
            standing.Set();
            done.Wait(TimeSpan.FromSeconds(10));
            return new ValueTask<bool>(true);
        }, Token);
        await Task.Run(() => standing.Wait(TimeSpan.FromSeconds(10)), Token);
        var acting = act();
        done.Set();
        await still;
        await acting;
        await _engine.SettleAsync(Token);
    }

    /// <summary>Semantics 1.3: a worker that is behind decides what it would have decided in time, only later.</summary>
    [Fact]
    public async Task A_timer_that_is_run_late_acts_as_of_its_due_time()
    {
        await WithAdaAsync("PT20S");

        _clock.Now += Duration.FromSeconds(35);
        await _engine.SettleAsync(Token);

        var ada = await AdaAsync();
        Assert.Equal(("second", World.Monday9 + Duration.FromSeconds(20)), (ada.Point, ada.Since));
        Assert.Equal(World.Monday9 + Duration.FromSeconds(40), ada.Due);
        Assert.Equal(World.Monday9 + Duration.FromSeconds(20), (await MessageAsync()).DecidedAt);
    }

    /// <summary>No query per contact, also where more waits than a commit takes: timers that are late come before entries that were received after them (Semantics 1.4), and are read as they are.</summary>
    [Fact]
    public async Task Late_timers_read_their_contacts_in_one_go_however_many_entries_wait_behind_them()
    {
        const int Many = 8;
        await WithAdaAsync("PT20S", new() { ItemsPerCommit = Many, ContactCache = 1 });
        string[] waiting = [.. Enumerable.Range(0, Many).Select(number => $"waits-{number}")], visiting = [.. Enumerable.Range(0, Many).Select(number => $"visits-{number}")];
        await DoAsync("started", waiting);
        await DoAsync("visited", visiting);
        _control.Loads = 0;

        await MeanwhileAsync(() =>
        {
            _clock.Now += Duration.FromSeconds(21);
            return DoAsync("visited", visiting);
        });

        Assert.Equal(Many + 1, _mail.Sent.Count);
        Assert.InRange(_control.Loads, 1, Many - 1);
    }

    /// <summary>Semantics 1.6: what fell due while nobody worked fires at the end of the gap, so that two one-day waits stay a day apart.</summary>
    [Fact]
    public async Task After_three_days_away_the_second_wait_of_a_day_still_lasts_a_day()
    {
        await WithAdaAsync("P1D");
        await CloseAsync();

        _clock.Now += Duration.FromDays(3);
        await OpenAsync();
        await _engine.SettleAsync(Token);

        var ada = await AdaAsync();
        var thursday = World.Monday9 + Duration.FromDays(3);
        Assert.Equal(("second", thursday, thursday + Duration.FromDays(1)), (ada.Point, ada.Since, ada.Due));
    }

    /// <summary>Semantics 1.6: half a minute away is no gap.</summary>
    [Fact]
    public async Task Who_was_away_for_less_than_a_minute_goes_on_as_if_never_away()
    {
        await WithAdaAsync("PT20S");
        await CloseAsync();

        _clock.Now += Duration.FromSeconds(30);
        await OpenAsync();
        await _engine.SettleAsync(Token);

        Assert.Equal(World.Monday9 + Duration.FromSeconds(20), (await AdaAsync()).Since);
    }

    /// <summary>Semantics 1.9: where the only clock is this machine's, and somebody sets it ahead and back again, it waits; what happened does not happen again, and what comes in is worked on.</summary>
    [Fact]
    public async Task A_clock_that_is_set_ahead_and_back_repeats_nothing_and_holds_nobody_up_who_comes()
    {
        await WithAdaAsync("PT90M");

        _clock.Now += Duration.FromHours(2);
        await _engine.SettleAsync(Token);
        Assert.Equal("second", (await AdaAsync()).Point);
        _clock.Now = World.Monday9 + Duration.FromMinutes(1);
        await DoAsync("visit");
        await _engine.SettleAsync(Token);

        Assert.Equal(World.Monday9 + Duration.FromHours(2), _engine.Now);
        Assert.Equal(("second", World.Monday9 + Duration.FromMinutes(180)), ((await AdaAsync()).Point, (await AdaAsync()).Due));
        Assert.Single(_mail.Sent);

        _clock.Now = World.Monday9 + Duration.FromHours(3);
        await _engine.SettleAsync(Token);
        Assert.Equal(Outcome.Completed, (await AdaAsync()).Outcome);
        Assert.Single(_mail.Sent);
    }

    /// <summary>Semantics 1.7: what is decided late is handed over only when everything received before has been processed: the purchase in the backlog stops the reminder.</summary>
    [Fact]
    public async Task A_purchase_in_the_backlog_stops_a_mail_that_was_decided_late()
    {
        await WithAdaAsync("PT20S", new() { ItemsPerCommit = 1 });

        await MeanwhileAsync(() =>
        {
            _clock.Now += Duration.FromSeconds(35);
            return DoAsync("purchase");
        });

        Assert.Empty(_mail.Sent);
        var message = await MessageAsync();
        Assert.Equal((MessageStatus.Cancelled, World.Monday9 + Duration.FromSeconds(20)), (message.Status, message.DecidedAt));
        Assert.Equal(Outcome.Exited, (await AdaAsync()).Outcome);
    }

    /// <summary>Semantics 10.6, 10.8: a mail that was on its way when its enrolment was left is not sent a second time after a crash, though its channel would take it twice.</summary>
    [Fact]
    public async Task Who_leaves_while_the_mail_is_on_its_way_is_not_written_to_again_after_a_crash()
    {
        await WithAdaAsync("PT20S");
        var had = _mail.Hangs = new();
        _clock.Now += Duration.FromSeconds(20);
        await DoAsync("visit");
        await had.Task.WaitAsync(Token);

        await DoAsync("purchase");
        await CloseAsync();
        _mail.Hangs = null;
        await OpenAsync();
        await _engine.SettleAsync(Token);

        Assert.Empty(_mail.Sent);
        var message = await MessageAsync();
        Assert.Equal((MessageStatus.InDoubt, "exit", 1), (message.Status, message.Why, message.Attempts));
        Assert.Equal(Outcome.Exited, (await AdaAsync()).Outcome);
        var settled = await _engine.Queries.CountersAsync(CounterKind.MessageSettled, new("steps"), Token);
        Assert.Equal(("in-doubt", 1), (settled.Single().Key.Edge, settled.Single().Value));
    }

    /// <summary>The first mail is with the channel, which answers when the test says so.</summary>
    async Task<TaskCompletionSource<SendResult>> MailOnItsWayAsync(EngineOptions? options = null, params string[] others)
    {
        await WithAdaAsync("PT20S", options);
        foreach (var other in others)
            await SubmitAsync(other, "started");
        var holds = _mail.Holds = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _clock.Now += Duration.FromSeconds(20);
        await DoAsync("visit");
        await _mail.Has.Task.WaitAsync(Token);
        return holds;
    }

    async Task AnswersAsync(TaskCompletionSource<SendResult> holds, SendResult result)
    {
        _mail.Holds = null;
        holds.SetResult(result);
        await _engine.SettleAsync(Token);
    }

    Task<IReadOnlyList<SubmissionResult>> SubmitAsync(string user, string? @event, params ContactEdit[] edits) => _engine.SubmitAsync([new()
    {
        Identities = [new(IdentityKind.UserId, user)],
        Body = new SubmissionBody.Received([.. edits], Encoding.UTF8.GetBytes($$"""{"email":"{{user}}@example.org"}"""), @event, default),
    }], Token);

    async Task<Dictionary<string, long>> CountedAsync(CounterKind kind) =>
        (await _engine.Queries.CountersAsync(kind, new("steps"), Token)).Where(pair => pair.Value != 0).ToDictionary(pair => pair.Key.Edge, pair => pair.Value);

    /// <summary>Semantics 10.3: a claim is good for two seconds. Behind a slow provider it is made anew, and sees who opted out meanwhile.</summary>
    [Fact]
    public async Task A_claim_that_waited_longer_than_two_seconds_for_the_provider_is_made_anew()
    {
        var holds = await MailOnItsWayAsync(new() { Senders = 1 }, "ben");
        var first = (await _mail.Has.Task).Row.Address!;
        var second = first == "ada@example.org" ? "ben" : "ada";
        _clock.Now += Duration.FromSeconds(3);
        await SubmitAsync(second, null, new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused));

        await AnswersAsync(holds, new(SendOutcome.Sent));

        Assert.Equal(first, Assert.Single(_mail.Sent).Row.Address);
        var skipped = Assert.Single(await _engine.Queries.MessagesAsync(null, null, MessageStatus.Skipped, null, 10, Token));
        Assert.Equal(($"{second}@example.org", "refused"), (skipped.Address, skipped.Why));
    }

    /// <summary>Semantics 10.3: the block is in the transaction that takes the opt-out in, so a claim sees it before the entry's turn in the journal has come.</summary>
    [Fact]
    public async Task An_opt_out_stops_a_claim_before_its_entry_is_processed()
    {
        await WithAdaAsync("PT20S", new() { ItemsPerCommit = 1 });
        _mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromSeconds(10));
        _clock.Now += Duration.FromSeconds(20);
        await _engine.SettleAsync(Token);
        Assert.Equal((MessageStatus.Pending, "out of order"), ((await MessageAsync()).Status, (await MessageAsync()).Why));
        _mail.Answer = _ => new(SendOutcome.Sent);
        Submission Of(string? @event, params ContactEdit[] edits) => new() { Identities = [new(IdentityKind.UserId, "ada")], Body = new SubmissionBody.Received([.. edits], default, @event, default) };

        await MeanwhileAsync(() =>
        {
            _clock.Now += Duration.FromSeconds(10);
            return _engine.SubmitAsync([.. Enumerable.Repeat(Of("visit"), 20), Of(null, new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused))], Token);
        });

        Assert.Empty(_mail.Sent);
        var message = await MessageAsync();
        Assert.Equal((MessageStatus.Skipped, "refused", _clock.Now), (message.Status, message.Why, message.SettledAt));
    }

    /// <summary>Semantics 10.6: what a sender has when its enrolment is left stands as the sender reports it; it is not tried a second time.</summary>
    [Theory]
    [InlineData(SendOutcome.Sent, MessageStatus.Sent, "sent")]
    [InlineData(SendOutcome.TryLater, MessageStatus.Cancelled, "cancelled")]
    [InlineData(SendOutcome.InDoubt, MessageStatus.InDoubt, "in-doubt")]
    public async Task A_mail_on_its_way_is_not_tried_again_once_its_enrolment_was_left(SendOutcome outcome, MessageStatus status, string counted)
    {
        var holds = await MailOnItsWayAsync();
        await DoAsync("purchase");

        await AnswersAsync(holds, new(outcome, outcome == SendOutcome.Sent ? null : "no answer"));
        _clock.Now += Duration.FromHours(1);
        await DoAsync("visit");
        await _engine.SettleAsync(Token);

        Assert.Equal((status, 1), ((await MessageAsync()).Status, (await MessageAsync()).Attempts));
        Assert.Equal(new Dictionary<string, long> { [counted] = 1 }, await CountedAsync(CounterKind.MessageSettled));
        Assert.Equal(outcome == SendOutcome.Sent ? 1 : 0, _mail.Sent.Count);
    }

    /// <summary>Semantics 10.5: status only rises, and nothing is counted twice, though the reader is faster than the report of the own outbox; after the end of the enrolment too.</summary>
    [Theory]
    [InlineData(SendOutcome.Sent, false)]
    [InlineData(SendOutcome.Sent, true)]
    [InlineData(SendOutcome.TryLater, false)]
    [InlineData(SendOutcome.TryLater, true)]
    [InlineData(SendOutcome.InDoubt, true)]
    public async Task An_open_before_the_report_stands(SendOutcome outcome, bool left)
    {
        var holds = await MailOnItsWayAsync();
        if (left)
            await DoAsync("purchase");
        var key = (await MessageAsync()).Key;
        await _engine.SubmitAsync([new() { Body = new SubmissionBody.Feedback(key, FeedbackKind.Opened) }], Token);

        await AnswersAsync(holds, new(outcome, outcome == SendOutcome.Sent ? null : "no answer"));
        _clock.Now += Duration.FromSeconds(10);
        await DoAsync("visit");
        await _engine.SettleAsync(Token);

        Assert.Equal(MessageStatus.Opened, (await MessageAsync()).Status);
        Assert.NotNull((await MessageAsync()).SettledAt);
        Assert.Equal(new Dictionary<string, long> { ["sent"] = 1 }, await CountedAsync(CounterKind.MessageSettled));
        Assert.Equal(outcome == SendOutcome.Sent ? 1 : 0, _mail.Sent.Count);
    }

    /// <summary>Semantics 1.9: the clock never runs backwards, it waits.</summary>
    [Fact]
    public async Task A_clock_that_is_set_back_stands_still_until_it_has_caught_up()
    {
        await WithAdaAsync("PT20S");
        _clock.Now -= Duration.FromMinutes(5);
        await DoAsync("visit");

        Assert.Equal(World.Monday9, _engine.Now);
        Assert.Equal(World.Monday9, Assert.Single(await _engine.Queries.EventsAsync(PartitionSet.All, ["visit"], 0, long.MaxValue, 10, Token)).ReceivedAt);
        await CloseAsync();
        await OpenAsync();
        Assert.Equal(World.Monday9, _engine.Now);

        _clock.Now = World.Monday9 + Duration.FromSeconds(1);
        Assert.Equal(_clock.Now, _engine.Now);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await TestStore.DropAsync(_folder);
        Directory.Delete(_folder, recursive: true);
    }
}
