using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>A journey over the API alone: from its parts to the mail in the sandbox, on the real engine.</summary>
public sealed class JourneysApiTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    const string Welcome = """
        {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"afterLeaving"},"email":{"topic":"news"}},
         "start":[{"kind":"event","id":"joined","events":["Joined"],"next":"mail"}],
         "points":{"mail":{"kind":"sendEmail","content":"hello","next":"wait"},"wait":{"kind":"delay","for":"P2D","next":"done"},"done":{"kind":"end","outcome":"successful"}}}
        """;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task PublishAsync(string definition = Welcome)
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/topics/news", """{"name":"news","title":"News","whenUnknown":"unlessRefused"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello {{contact.first_name or \"you\"}}","html":"<p>Hi</p>"}""".Replace("{{contact.first_name or \\\"you\\\"}}", "you", StringComparison.Ordinal))).Status);
        var put = await _api.PutAsync("/api/v1/journeys/welcome", definition);
        Assert.True(put.Status == 201, put.Text);
        var published = await _api.PostAsync("/api/v1/journeys/welcome/publish", "");
        Assert.True(published.Status is 200 or 202, published.Text);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    Task<Answer> JoinAsync(string user) => _api.PostAsync("/api/v1/events", $$$"""{"event":"Joined","userId":"{{{user}}}","email":"{{{user}}}@example.org","properties":{"plan":"pro"}}""");

    [Fact]
    public async Task Who_saves_a_draft_is_told_all_that_keeps_it_from_going_live()
    {
        var draft = await _api.PutAsync("/api/v1/journeys/welcome", Welcome);

        Assert.Equal(201, draft.Status);
        Assert.Equal(["reference.content", "reference.topic"], draft.Json.GetProperty("problems").EnumerateArray().Where(problem => problem.GetProperty("severity").GetString() == "error").Select(problem => problem.GetProperty("code").GetString()).Order());
    }

    [Fact]
    public async Task An_event_sends_a_mail_and_the_clock_ends_the_wait()
    {
        await PublishAsync();

        var joined = await JoinAsync("ada");
        var contact = joined.Json.GetProperty("contact").GetString();
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(201, joined.Status);
        var queue = (await _api.GetAsync("/api/v1/journeys/welcome/points/wait/queue")).Json.GetProperty("items");
        Assert.Equal(contact, queue[0].GetProperty("contact").GetString());
        Assert.Equal("2026-03-04T09:00:00+00:00", queue[0].GetProperty("until").GetString());
        var mail = (await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items")[0];
        Assert.Equal("ada@example.org", mail.GetProperty("to").GetString());
        var message = (await _api.GetAsync($"/api/v1/messages/{mail.GetProperty("key").GetString()}")).Json;
        Assert.Equal(("sent", "welcome", "mail"), (message.GetProperty("status").GetString(), message.GetProperty("journey").GetString(), message.GetProperty("point").GetString()));
        Assert.Contains("<p>Hi</p>", (await _api.GetAsync($"/api/v1/sandbox/{mail.GetProperty("key").GetString()}/html")).Text, StringComparison.Ordinal);

        var clock = await _api.PutAsync("/api/v1/clock", """{"now":"2026-03-04T09:00:00Z"}""");

        Assert.Equal(200, clock.Status);
        var statistics = (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json;
        Assert.Equal((1, 0, 1), (statistics.GetProperty("started").GetInt32(), statistics.GetProperty("inProgress").GetInt32(), statistics.GetProperty("ended").GetProperty("successful").GetInt32()));
        var wait = statistics.GetProperty("points").EnumerateArray().Single(point => point.GetProperty("point").GetString() == "wait");
        Assert.Equal((1, 0), (wait.GetProperty("arrived").GetInt32(), wait.GetProperty("waiting").GetInt32()));
        var enrolment = (await _api.GetAsync($"/api/v1/contacts/{contact}/enrolments")).Json[0];
        Assert.Equal("successful", enrolment.GetProperty("outcome").GetString());
        var timeline = (await _api.GetAsync($"/api/v1/contacts/{contact}/events")).Json.GetProperty("items").EnumerateArray().ToList();
        var joinedLine = timeline.Single(line => line.TryGetProperty("event", out var name) && name.GetString() == "Joined");
        Assert.Equal("pro", joinedLine.GetProperty("properties").GetProperty("plan").GetString());
        Assert.Contains(timeline, line => line.TryGetProperty("journeys", out var trails) && trails[0].GetProperty("journey").GetString() == "welcome");
        Assert.Contains("Joined", (await _api.GetAsync("/api/v1/events/names")).Text, StringComparison.Ordinal);
        var listed = (await _api.GetAsync("/api/v1/journeys")).Json.GetProperty("items")[0].GetProperty("figures");
        Assert.Equal((1, 1), (listed.GetProperty("started").GetInt32(), listed.GetProperty("successful").GetInt32()));
    }

    /// <summary>Semantics 15.9</summary>
    [Fact]
    public async Task One_reads_what_one_wrote()
    {
        var made = await _api.PostAsync("/api/v1/contacts", """{"userId":"u1","email":" Ada@Example.ORG ","properties":{"first_name":"Ada","age":36,"vip":true},"tags":{"add":["new"]}}""");

        Assert.Equal(201, made.Status);
        var path = made.Header("Location");
        var contact = (await _api.GetAsync(path)).Json;
        Assert.Equal(("Ada", 36, true), (contact.GetProperty("properties").GetProperty("first_name").GetString(), contact.GetProperty("properties").GetProperty("age").GetInt32(), contact.GetProperty("properties").GetProperty("vip").GetBoolean()));
        Assert.Equal("new", contact.GetProperty("tags")[0].GetString());
        var patched = await _api.PatchAsync(path, """{"properties":{"age":null},"tags":{"remove":["new"]}}""");
        Assert.Equal(200, patched.Status);
        Assert.False((await _api.GetAsync(path)).Json.GetProperty("properties").TryGetProperty("age", out _));
        Assert.Equal(0, patched.Json.GetProperty("tags").GetArrayLength());
        Assert.Equal(contact.GetProperty("id").GetString(), (await _api.GetAsync("/api/v1/contacts?email=ADA@example.org")).Json.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(200, (await _api.PostAsync("/api/v1/contacts", """{"userId":"u1"}""")).Status);
        Assert.Equal(0, (await _api.GetAsync("/api/v1/contacts?userId=nobody")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        for (var number = 0; number < 7; number++)
            await _api.PostAsync("/api/v1/contacts", $$"""{"userId":"u{{number}}"}""");

        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = (await _api.GetAsync($"/api/v1/contacts?limit=3&after={after}")).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("identities")[0].GetProperty("value").GetString()!));
            after = page.GetProperty("next").GetString();
        }

        Assert.Equal(["u6", "u5", "u4", "u3", "u2", "u1", "u0"], seen);
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_never_saw()
    {
        var first = await _api.PutAsync("/api/v1/journeys/welcome", Welcome);
        var tag = first.ETag!;

        Assert.Equal((428, "if-match-needed"), Of(await _api.PutAsync("/api/v1/journeys/welcome", Welcome)));
        var second = await _api.PutAsync("/api/v1/journeys/welcome", Welcome.Replace("\"Welcome\"", "\"Second\"", StringComparison.Ordinal), ("If-Match", tag));
        Assert.Equal(200, second.Status);
        var late = await _api.PutAsync("/api/v1/journeys/welcome", Welcome.Replace("\"Welcome\"", "\"Late\"", StringComparison.Ordinal), ("If-Match", tag));

        Assert.Equal((412, "changed"), Of(late));
        Assert.Equal("Second", (await _api.GetAsync("/api/v1/journeys/welcome")).Json.GetProperty("name").GetString());
        Assert.Equal((412, "changed"), Of(await _api.DeleteAsync("/api/v1/journeys/welcome", ("If-Match", tag))));
        Assert.Equal(204, (await _api.DeleteAsync("/api/v1/journeys/welcome", ("If-Match", second.ETag!))).Status);
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/welcome")).Status);

        static (int, string) Of(Answer answer) => (answer.Status, answer.Code);
    }

    [Fact]
    public async Task A_paused_journey_takes_nobody_and_a_resumed_one_does()
    {
        await PublishAsync();
        Assert.Equal("paused", (await _api.PostAsync("/api/v1/journeys/welcome/pause", "")).Json.GetProperty("status").GetString());

        await JoinAsync("ada");
        Assert.Equal(0, (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json.GetProperty("started").GetInt32());
        Assert.Equal("paused", (await _api.GetAsync("/api/v1/journeys/welcome/refusals")).Json[0].GetProperty("reason").GetString());
        Assert.Equal("live", (await _api.PostAsync("/api/v1/journeys/welcome/resume", "")).Json.GetProperty("status").GetString());
        await JoinAsync("bob");

        Assert.Equal(1, (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json.GetProperty("started").GetInt32());
        Assert.Equal("ended", (await _api.PostAsync("/api/v1/journeys/welcome/end", "")).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Versions_stay_as_they_were_published()
    {
        await PublishAsync();
        var tag = (await _api.GetAsync("/api/v1/journeys/welcome")).ETag!;
        Assert.Equal(200, (await _api.PutAsync("/api/v1/journeys/welcome", Welcome.Replace("P2D", "P3D", StringComparison.Ordinal), ("If-Match", tag))).Status);
        Assert.Equal(2, (await _api.PostAsync("/api/v1/journeys/welcome/publish", "")).Json.GetProperty("version").GetInt32());

        var versions = (await _api.GetAsync("/api/v1/journeys/welcome/versions")).Json.GetProperty("items").EnumerateArray().Select(version => version.GetProperty("version").GetInt32());
        Assert.Equal([2, 1], versions);
        Assert.Equal("P2D", (await _api.GetAsync("/api/v1/journeys/welcome/versions/1")).Json.GetProperty("definition").GetProperty("points").GetProperty("wait").GetProperty("for").GetString());
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/welcome/versions/3")).Status);
    }

    /// <summary>Semantics 8.7</summary>
    [Fact]
    public async Task An_act_by_hand_that_comes_too_late_is_refused_with_where_the_contact_is()
    {
        await PublishAsync();
        var contact = (await JoinAsync("ada")).Json.GetProperty("contact").GetString();
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var enrolment = (await _api.GetAsync($"/api/v1/contacts/{contact}/enrolments")).Json[0];
        var (id, revision) = (enrolment.GetProperty("id").GetString(), enrolment.GetProperty("revision").GetInt32());

        var late = await _api.PostAsync($"/api/v1/contacts/{contact}/enrolments/{id}/move", $$"""{"point":"done","revision":{{revision - 1}}}""");
        Assert.Equal(422, late.Status);
        Assert.Equal("wait", late.Json.GetProperty("where").GetString());
        var moved = await _api.PostAsync($"/api/v1/contacts/{contact}/enrolments/{id}/move", """{"point":"done"}""", ("If-Match", $"\"{revision}\""));

        Assert.Equal(200, moved.Status);
        Assert.Equal("successful", moved.Json[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_contact_is_entered_by_hand_and_taken_out_again()
    {
        await PublishAsync();
        Assert.Equal(404, (await _api.PostAsync("/api/v1/journeys/welcome/enrolments", """{"userId":"nobody"}""")).Status);
        await _api.PostAsync("/api/v1/contacts", """{"userId":"ada","email":"ada@example.org"}""");

        var entered = await _api.PostAsync("/api/v1/journeys/welcome/enrolments", """{"userId":"ada","data":{"plan":"pro"}}""");
        Assert.True(entered.Status == 201, entered.Text);
        var again = await _api.PostAsync("/api/v1/journeys/welcome/enrolments", """{"userId":"ada"}""");
        Assert.Equal(422, again.Status);
        Assert.Contains("already-inside", again.ErrorCodes);
        var (contact, enrolment) = (entered.Json.GetProperty("contact").GetString(), entered.Json.GetProperty("enrolment").GetString());
        var removed = await _api.PostAsync($"/api/v1/contacts/{contact}/enrolments/{enrolment}/remove", """{"why":"asked"}""");

        Assert.Equal("removed", removed.Json[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_segment_counts_its_members()
    {
        await _api.PostAsync("/api/v1/contacts", """{"userId":"ada","properties":{"plan":"pro"}}""");
        await _api.PostAsync("/api/v1/contacts", """{"userId":"bob","properties":{"plan":"free"}}""");

        var put = await _api.PutAsync("/api/v1/segments/pros", """{"name":"pros","condition":{"kind":"property","name":"plan","is":"equals","value":"pro"}}""");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        Assert.True(put.Status is 201 or 202, put.Text);
        var segment = (await _api.GetAsync("/api/v1/segments/pros")).Json;
        Assert.Equal((1, false), (segment.GetProperty("members").GetInt32(), segment.GetProperty("filling").GetBoolean()));
        Assert.Equal(1, (await _api.GetAsync("/api/v1/segments/pros/members")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Two_contacts_become_one()
    {
        var winner = (await _api.PostAsync("/api/v1/contacts", """{"userId":"ada"}""")).Json.GetProperty("id").GetString();
        var loser = (await _api.PostAsync("/api/v1/contacts", """{"email":"ada@example.org","tags":{"add":["vip"]}}""")).Json.GetProperty("id").GetString();

        var merged = await _api.PostAsync($"/api/v1/contacts/{winner}/merge", $$"""{"loser":"{{loser}}"}""");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        Assert.True(merged.Status == 200, merged.Text);
        var now = (await _api.GetAsync($"/api/v1/contacts/{loser}")).Json;
        Assert.Equal(winner, now.GetProperty("id").GetString());
        Assert.Equal("vip", now.GetProperty("tags")[0].GetString());
        Assert.Equal(1, (await _api.GetAsync("/api/v1/contacts")).Json.GetProperty("items").GetArrayLength());
    }

    /// <summary>Semantics 4.6: who merges by hand chooses; else one's own values stay, and gaps are filled.</summary>
    [Fact]
    public async Task Who_merges_two_contacts_chooses_values()
    {
        var winner = (await _api.PostAsync("/api/v1/contacts", """{"userId":"ada","properties":{"city":"Lyon","plan":"free"}}""")).Json.GetProperty("id").GetString();
        var loser = (await _api.PostAsync("/api/v1/contacts", """{"email":"ada@example.org","properties":{"city":"Milano","plan":"pro","first_name":"Ada"}}""")).Json.GetProperty("id").GetString();

        var refused = await _api.PostAsync($"/api/v1/contacts/{winner}/merge", $$"""{"loser":"{{loser}}","take":["plan","size","colour"]}""");
        Assert.Equal(400, refused.Status);
        Assert.Equal(["/take/1", "/take/2"], refused.ErrorPaths);

        var merged = await _api.PostAsync($"/api/v1/contacts/{winner}/merge", $$"""{"loser":"{{loser}}","take":["plan"]}""");
        Assert.True(merged.Status == 200, merged.Text);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var now = (await _api.GetAsync($"/api/v1/contacts/{winner}")).Json.GetProperty("properties");
        Assert.Equal(("Lyon", "pro", "Ada"), (now.GetProperty("city").GetString(), now.GetProperty("plan").GetString(), now.GetProperty("first_name").GetString()));
    }

    /// <summary>Semantics 10.8: a person sends again what failed or is in doubt, and nothing else; the same wish twice is one.</summary>
    [Fact]
    public async Task A_message_that_failed_is_sent_again_once_an_admin_asks()
    {
        await PublishAsync();
        Assert.Equal(200, (await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello {{contact.first_name}}","html":"<p>Hi</p>"}""", ("If-Match", "*"))).Status);
        var contact = (await JoinAsync("ada")).Json.GetProperty("contact").GetString();
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var listed = await _api.GetAsync("/api/v1/messages?status=failed");
        Assert.True(listed.Status == 200, listed.Text);
        var failed = listed.Json.GetProperty("items")[0];
        var address = $"/api/v1/messages/{failed.GetProperty("key").GetString()}/resend";
        using var reader = _installation.Client(await _installation.KeyAsync(Parcours.Security.KeyScope.Read));

        Assert.Equal(403, (await reader.PostAsync(address, "")).Status);
        Assert.Equal(404, (await _api.PostAsync("/api/v1/messages/00000000000000000000000000000000/resend", "")).Status);
        Assert.Equal(200, (await _api.PatchAsync($"/api/v1/contacts/{contact}", """{"properties":{"first_name":"Ada"}}""")).Status);
        var asked = await _api.PostAsync(address, "", ("Idempotency-Key", "again-1"));
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var replayed = await _api.PostAsync(address, "", ("Idempotency-Key", "again-1"));
        var another = await _api.PostAsync(address, "");

        Assert.Equal((200, 200, "true"), (asked.Status, replayed.Status, replayed.Header("Idempotency-Replayed")));
        Assert.Equal((422, "not-resendable"), (another.Status, another.ErrorCodes.Single()));
        Assert.Equal("Hello Ada", Assert.Single((await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items").EnumerateArray()).GetProperty("subject").GetString());
        Assert.Equal("sent", (await _api.GetAsync($"/api/v1/messages/{failed.GetProperty("key").GetString()}")).Json.GetProperty("status").GetString());
        var messages = (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json.GetProperty("points").EnumerateArray().Single(point => point.GetProperty("point").GetString() == "mail").GetProperty("messages");
        Assert.Equal((1, 1, 0), (messages.GetProperty("decided").GetInt32(), messages.GetProperty("sent").GetInt32(), messages.GetProperty("waiting").GetInt32()));
        Assert.False(messages.TryGetProperty("failed", out var count) && count.GetInt32() != 0);
    }
}
