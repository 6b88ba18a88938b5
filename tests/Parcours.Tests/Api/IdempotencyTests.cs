using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary><c>Idempotency-Key</c>. Semantics 5.3</summary>
public sealed class IdempotencyTests
{
    const string Event = """{"event":"Bought","userId":"ada"}""";
    static readonly (string, string) Key = ("Idempotency-Key", "order-1");

    [Fact]
    public async Task The_same_request_is_answered_as_before_and_done_once()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var api = installation.Client();

        var first = await api.PostAsync("/api/v1/events", Event, Key);
        var second = await api.PostAsync("/api/v1/events", Event, Key);

        Assert.Equal((201, first.Text, "true"), (second.Status, second.Text, second.Header("Idempotency-Replayed")));
        Assert.NotNull(Assert.Single(engine.Submitted).MessageId);
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var api = installation.Client();
        await api.PostAsync("/api/v1/events", Event, Key);

        var other = await api.PostAsync("/api/v1/events", Event.Replace("ada", "bob", StringComparison.Ordinal), Key);

        Assert.Equal((422, "idempotency.other"), (other.Status, other.Code));
        Assert.Single(engine.Submitted);
    }

    [Fact]
    public async Task A_key_is_its_callers_own_and_lasts_a_day()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var api = installation.Client();
        await api.PostAsync("/api/v1/events", Event, Key);

        await installation.Client(await installation.KeyAsync(KeyScope.Admin)).PostAsync("/api/v1/events", Event, Key);
        Assert.Equal(2, engine.Submitted.Count);
        installation.Time.Pass(TimeSpan.FromHours(25));
        await api.PostAsync("/api/v1/events", Event, Key);

        Assert.Equal(3, engine.Submitted.Count);
    }

    [Fact]
    public async Task What_failed_on_our_side_may_be_tried_again_under_the_same_key()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var api = installation.Client();

        engine.Fails = new Engine.OverloadedException("full");
        Assert.Equal(503, (await api.PostAsync("/api/v1/events", Event, Key)).Status);
        engine.Fails = null;

        Assert.Equal(201, (await api.PostAsync("/api/v1/events", Event, Key)).Status);
    }

    [Fact]
    public async Task An_answer_that_shows_a_secret_is_not_kept()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());

        var answer = await installation.Client().PostAsync("/api/v1/keys", """{"name":"x","scope":"read"}""", Key);

        Assert.Equal((400, "idempotency.not-here"), (answer.Status, answer.ErrorCodes.Single()));
    }

    [Fact]
    public async Task A_refused_request_is_answered_alike_too()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var api = installation.Client();

        var first = await api.PostAsync("/api/v1/events", "{}", Key);
        var second = await api.PostAsync("/api/v1/events", "{}", Key);

        Assert.Equal((400, first.Text), (second.Status, second.Text));
    }
}
