using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>What is wrong with the form of a body hides nothing of what is wrong with the meaning of the rest: all of it is told at once, each with its place. On the real engine.</summary>
public sealed class EveryProblemTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync("eva@example.org", "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    static string[] Told(Answer answer) => [.. answer.Json.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("code").GetString()} {error.GetProperty("path").GetString()}").Order(StringComparer.Ordinal)];

    /// <summary>The second field of each: what cannot be read, and what it hid.</summary>
    [Theory]
    [InlineData("PUT", "teams/Sales", """{"members":["gone@example.org"],"colour":"red"}""", "catalogue.team-member /members", "field.unknown /colour")]
    [InlineData("PUT", "teams/Sales", """{"members":["eva@example.org",7],"name":"Other"}""", "catalogue.name /name", "json.type /members/1")]
    [InlineData("PUT", "topics/news", """{"whenUnknown":"sometimes","name":"other"}""", "catalogue.name /name", "json.type /whenUnknown")]
    [InlineData("PUT", "properties/size", """{"type":"choice","public":"yes"}""", "catalogue.choices /choices", "json.type /public")]
    [InlineData("PUT", "caps/weekly", """{"most":3,"within":"a week","topic":"nowhere","colour":1}""", "catalogue.cap-within /within", "field.unknown /colour")]
    [InlineData("PUT", "quiet-hours/night", """{"from":"9 o'clock","until":"08:00","holidays":"yes"}""", "catalogue.quiet-times /from", "json.type /holidays")]
    [InlineData("PUT", "coupons/spring", """{"warnBelow":"few","pattern":"no pattern"}""", "catalogue.pool-pattern /pattern", "json.type /warnBelow")]
    [InlineData("PUT", "actions/score", """{"url":"nowhere","method":"steal"}""", "json.type /method", "webhook.url /url")]
    [InlineData("PUT", "segments/vip", """{"condition":{"kind":"list","name":"gone"},"colour":1}""", "field.unknown /colour", "reference.list /condition/name")]
    [InlineData("POST", "contacts", """{"email":"no address","userId":5,"tags":{"add":[""],"put":[]}}""", "field.unknown /tags/put", "identity.invalid /email", "json.type /userId", "name.length /tags/add/0")]
    [InlineData("POST", "contacts", """{"userId":"ada","consents":[{"channel":"email","topic":"*","state":"maybe"},{"channel":"pigeon","topic":"*","state":"given"}]}""", "consent.channel /consents/1/channel", "json.type /consents/0/state")]
    [InlineData("POST", "tasks", """{"title":"","kind":"nap","team":"gone"}""", "json.type /kind", "task.team /team", "task.title /title")]
    [InlineData("POST", "events", """{"event":"","userId":"ada","timestamp":"yesterday"}""", "event.name /event", "json.type /timestamp")]
    [InlineData("PUT", "settings/approval", """{"required":"yes","teams":["gone"]}""", "approval.team /teams", "json.type /required")]
    [InlineData("POST", "contacts/bulk", """{"ids":[],"do":{"addLists":["gone"],"colour":1}}""", "bulk.ids /ids", "field.unknown /do/colour", "list.unknown /do/addLists/0")]
    [InlineData("POST", "contacts/views", """{"name":"","condition":{"kind":"list","name":"gone"},"shared":"yes"}""", "json.type /shared", "view.name /name")]
    [InlineData("PUT", "hooks/shop", """{"mapping":{"identities":{}},"title":5}""", "hook.event /mapping/event", "hook.identities /mapping/identities", "json.type /title")]
    public async Task What_cannot_be_read_hides_nothing(string method, string path, string json, params string[] expected)
    {
        var answer = await _api.SendAsync(new HttpMethod(method), "/api/v1/" + path, Caller.Of(json));

        Assert.Equal(400, answer.Status);
        Assert.Equal(expected, Told(answer));
        Assert.All(answer.Json.GetProperty("errors").EnumerateArray(), error => Assert.EndsWith(".", error.GetProperty("text").GetString(), StringComparison.Ordinal));
    }

    /// <summary>A choice in the settings that there is not, a field of a point that nobody knows, and one that cannot be read.</summary>
    [Fact]
    public async Task A_definition_tells_what_is_wrong_with_its_parts_that_can_be_read_and_with_points_that_can_be_read_in_part()
    {
        var answer = await _api.PutAsync("/api/v1/journeys/x", """
            {"format":1,"id":"x","name":"","settings":{"whilePaused":"sometimes","timeZone":"Mars/Olympus","email":{"topic":"nowhere","colour":1}},
             "start":[{"kind":"teleport","id":"a"},{"kind":"event","id":"s","events":["Joined"],"next":"gone"}],
             "points":{"mail":{"kind":"sendEmail","content":"nothing","next":"lost","colour":"red"},"lost":{"kind":"delay","for":"two days","next":"nowhere"}}}
            """);

        Assert.Equal(422, answer.Status);
        Assert.Equal(
            [
                "field.unknown /points/mail/colour", "field.unknown /settings/email/colour", "field.value /points/lost/for", "field.value /settings/whilePaused", "kind.unknown /start/0/kind",
                "name.empty /name", "reference.content /points/mail/content", "reference.topic /settings/email/topic", "target.missing /start/1/next", "zone.unknown /settings/timeZone",
            ], Told(answer));
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/x")).Status);
    }

    [Fact]
    public async Task Content_tells_its_templates_beside_fields_that_nobody_knows()
    {
        var answer = await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hi {{contact.name","html":7,"colour":"red"}""");

        Assert.Equal((422, "refused"), (answer.Status, answer.Code));
        Assert.Equal(["content.json /colour", "content.json /html", "content.template /subject"], Told(answer));
    }
}
