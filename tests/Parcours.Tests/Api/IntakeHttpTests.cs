using System.IO.Compression;
using System.Text;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>The intake as senders meet it; what it does to contacts is tested with the engine.</summary>
public sealed class IntakeHttpTests
{
    const string Track = """{"anonymousId":"a1","event":"Looked"}""";

    static string Basic(string text) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task A_key_comes_as_Basic_as_Bearer_or_in_the_body()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        var key = await installation.KeyAsync(KeyScope.Intake);
        using var sender = installation.Client(null);

        Assert.Equal(200, (await sender.PostAsync("/v1/track", Track, ("Authorization", Basic(key + ":")))).Status);
        Assert.Equal(200, (await sender.PostAsync("/v1/track", Track, ("Authorization", Basic(key)))).Status);
        Assert.Equal(200, (await sender.PostAsync("/v1/track", Track, ("Authorization", "Bearer " + key))).Status);
        Assert.Equal(200, (await sender.PostAsync("/v1/track", $$"""{"anonymousId":"a1","event":"Looked","writeKey":"{{key}}"}""")).Status);
        Assert.Equal(401, (await sender.PostAsync("/v1/track", Track)).Status);
        Assert.Equal(401, (await sender.PostAsync("/v1/track", $$"""{"anonymousId":"a1","event":"Looked","writeKey":"{{key}}"}""", ("Authorization", Basic("wrong:")))).Status);
    }

    [Fact]
    public async Task Every_path_of_a_browser_answers_across_origins()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        var key = await installation.KeyAsync(KeyScope.Public);
        using var browser = installation.Client(null);
        foreach (var path in new[] { "/v1/t", "/v1/i", "/v1/p", "/v1/s", "/v1/b", "/v1/m" })
        {
            var before = await browser.SendAsync(HttpMethod.Options, path, null, ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type,x-retry-count"));
            Assert.Equal((204, "*"), (before.Status, before.Header("Access-Control-Allow-Origin")));
            Assert.All(new[] { "authorization", "content-type", "x-retry-count" }, name => Assert.Contains(name, before.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal));
            Assert.Equal("", before.Header("Access-Control-Allow-Credentials"));

            var body = new StringContent("""{"anonymousId":"a1","event":"Looked","batch":[]}""", Encoding.UTF8, "text/plain");
            var answer = await browser.SendAsync(HttpMethod.Post, path, body, ("Origin", "https://shop.example"), ("Authorization", Basic(key + ":")), ("X-Retry-Count", "1"));
            Assert.Equal((200, "*"), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
            Assert.True(answer.Json.GetProperty("success").GetBoolean());
        }
    }

    [Fact]
    public async Task A_gzipped_body_under_a_wrong_content_type_is_read()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($$"""{"batch":[{"type":"track","userId":"u","event":"Bought","messageId":"m1"}]}"""));
        var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentType = new("application/x-www-form-urlencoded");
        body.Headers.ContentEncoding.Add("gzip");

        var answer = await installation.Client(null).SendAsync(HttpMethod.Post, "/v1/batch", body, ("Authorization", Basic(await installation.KeyAsync(KeyScope.Intake) + ":")));

        Assert.Equal(200, answer.Status);
        Assert.Equal("m1", Assert.Single(engine.Submitted).MessageId);
    }

    /// <summary>Semantics 4.3</summary>
    [Theory, InlineData(KeyScope.Public, SenderRights.Public), InlineData(KeyScope.Intake, SenderRights.Server)]
    public async Task What_a_key_may_do_goes_with_each_item(KeyScope scope, SenderRights rights)
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);

        await installation.Client(await installation.KeyAsync(scope)).PostAsync("/v1/track", Track);

        Assert.Equal(rights, Assert.Single(engine.Submitted).Rights);
    }

    [Fact]
    public async Task What_the_engine_does_not_take_is_listed_by_its_place()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        engine.Answer = submission => submission.MessageId switch
        {
            "m0" => new(SubmissionOutcome.UnknownContact, default, []),
            "m2" => new(SubmissionOutcome.Accepted, default, [new("property.type", "wrong")]),
            _ => new(SubmissionOutcome.Duplicate, default, []),
        };

        var answer = (await installation.Client(await installation.KeyAsync(KeyScope.Public)).PostAsync("/v1/batch",
            """{"batch":[{"type":"track","userId":"u","event":"E","messageId":"m0"},{"type":"track","anonymousId":"a","event":"E","messageId":"m1"},{"type":"identify","anonymousId":"a","messageId":"m2"}]}""")).Json;

        Assert.Equal((0, "no_contact", "m0"), Of(answer.GetProperty("refused")[0]));
        Assert.Equal((2, "property.type", "m2"), Of(answer.GetProperty("partly")[0]));
        Assert.Equal(1, answer.GetProperty("refused").GetArrayLength());

        static (int, string?, string?) Of(System.Text.Json.JsonElement item) => (item.GetProperty("index").GetInt32(), item.GetProperty("code").GetString(), item.GetProperty("messageId").GetString());
    }

    /// <summary>Semantics 5.1: another body under the same id: the first wins, counted where refusals are, and over restarts in the totals.</summary>
    [Fact]
    public async Task Another_body_under_a_message_id_is_answered_as_before_and_counted()
    {
        using var folder = new Folder();
        await using var installation = await RealEngine.InstallAsync(folder.Path);
        using var sender = installation.Client(await installation.KeyAsync(KeyScope.Intake));
        static string Batch(string plan, string sentAt) => $$$"""{"sentAt":"{{{sentAt}}}","batch":[{"type":"track","userId":"u","event":"Bought","messageId":"m1","timestamp":"2026-03-02T08:00:00Z","properties":{"plan":"{{{plan}}}"}}]}""";

        var answers = new[]
        {
            await sender.PostAsync("/v1/batch", Batch("pro", "2026-03-02T08:00:01Z")),
            await sender.PostAsync("/v1/batch", Batch("pro", "2026-03-02T08:00:09Z")),
            await sender.PostAsync("/v1/batch", Batch("free", "2026-03-02T08:00:10Z")),
        };

        Assert.All(answers, answer => Assert.Equal((200, """{"success":true}"""), (answer.Status, answer.Text)));
        using var admin = installation.Client();
        var refusals = (await admin.GetAsync("/api/v1/intake/refusals")).Json;
        Assert.Equal((3, 0, 1), (refusals.GetProperty("taken").GetInt32(), refusals.GetProperty("refused").GetInt32(), refusals.GetProperty("otherBodies").GetInt32()));
        var line = refusals.GetProperty("lines")[0];
        Assert.Equal(("other_body", 1, "m1"), (line.GetProperty("code").GetString(), line.GetProperty("count").GetInt32(), line.GetProperty("lastMessageId").GetString()));
        Assert.Equal(1, (await admin.GetAsync("/api/v1/system")).Json.GetProperty("totals").GetProperty("otherBodies").GetInt32());
    }

    /// <summary>Semantics 16.3</summary>
    [Fact]
    public async Task A_public_key_brings_600_entries_a_minute_from_an_address_and_no_more()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var page = installation.Client(await installation.KeyAsync(KeyScope.Public));
        string Batch(int count) => $$"""{"batch":[{{string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"type":"track","anonymousId":"a{{number}}","event":"E"}"""))}}]}""";

        Assert.Equal(200, (await page.PostAsync("/v1/b", Batch(300))).Status);
        Assert.Equal(200, (await page.PostAsync("/v1/b", Batch(300))).Status);
        var over = await page.PostAsync("/v1/b", Batch(60));

        Assert.Equal((429, "6"), (over.Status, over.Header("Retry-After")));
        Assert.Equal("*", over.Header("Access-Control-Allow-Origin"));
        installation.Time.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await page.PostAsync("/v1/b", Batch(60))).Status);
        Assert.Equal(200, (await installation.Client(await installation.KeyAsync(KeyScope.Intake)).PostAsync("/v1/b", Batch(2_000))).Status);
    }

    [Fact]
    public async Task A_key_that_brings_more_than_its_setting_waits()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine(), new HttpSettings { EntriesPerMinuteByKey = 2 });
        using var sender = installation.Client(await installation.KeyAsync(KeyScope.Intake));

        Assert.Equal(200, (await sender.PostAsync("/v1/track", Track)).Status);
        Assert.Equal(200, (await sender.PostAsync("/v1/track", Track)).Status);
        var over = await sender.PostAsync("/v1/track", Track);
        Assert.Equal((429, "30"), (over.Status, over.Header("Retry-After")));
    }

    [Fact]
    public async Task Under_pressure_the_answer_is_503_with_when_to_come_back()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var sender = installation.Client(await installation.KeyAsync(KeyScope.Intake));

        engine.Fails = new OverloadedException("full", Duration.FromSeconds(3));
        var busy = await sender.PostAsync("/v1/track", Track);
        engine.Fails = new StoreException(StoreFailure.DiskFull, "SQLITE_FULL");
        var full = await sender.PostAsync("/v1/track", Track);

        Assert.Equal((503, "3", "overloaded"), (busy.Status, busy.Header("Retry-After"), busy.Code));
        Assert.Equal((503, "10", "disk-full"), (full.Status, full.Header("Retry-After"), full.Code));
        Assert.Equal("*", busy.Header("Access-Control-Allow-Origin"));
        Assert.DoesNotContain("SQLITE", full.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_over_size_batch_is_refused_with_400_so_that_no_library_mistakes_it()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());

        var answer = await installation.Client(await installation.KeyAsync(KeyScope.Intake)).PostAsync("/v1/batch", $$"""{"batch":[],"filler":"{{new string('x', 600_000)}}"}""");

        Assert.Equal((400, "too_large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_browsers_library_learns_where_to_send()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        var key = await installation.KeyAsync(KeyScope.Public);
        using var browser = installation.Client(null);

        var settings = await browser.GetAsync($"/v1/projects/{key}/settings");

        Assert.Equal("localhost/v1", settings.Json.GetProperty("integrations").GetProperty("Segment.io").GetProperty("apiHost").GetString());
        Assert.Equal(401, (await browser.GetAsync("/v1/projects/wrong-key-wrong-key-wrong/settings")).Status);
    }

    [Fact]
    public async Task Ready_says_why_not()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var anybody = installation.Client(null);
        Assert.Equal(200, (await anybody.GetAsync("/readyz")).Status);

        (engine.IsReady, engine.NotReadyBecause) = (false, "The disk is full.");

        Assert.Equal(503, (await anybody.GetAsync("/readyz")).Status);
        Assert.Contains("The disk is full.", (await anybody.GetAsync("/readyz")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await anybody.GetAsync("/healthz")).Status);
    }
}
