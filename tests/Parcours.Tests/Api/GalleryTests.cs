using System.Text.Json;
using NodaTime;
using Parcours.Http;

namespace Parcours.Tests.Api;

/// <summary>Every ready-made journey: sound in itself, used, published, and walked to its good end in virtual time.</summary>
public sealed class GalleryTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;
    string _contact = "";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Own);
        _installation = await RealEngine.InstallAsync(_folder.Path, new HttpSettings { GalleryFolder = Own });
        _api = _installation.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    string Own => Path.Combine(_folder.Path, "gallery");

    /// <summary>A date so many days from now, and so many days later within the year.</summary>
    string Day(int days, int later = 0)
    {
        var today = _installation.Engine.Now.InUtc().Date;
        return (days < -365 ? new LocalDate(today.Year - 30, today.Month, today.Day).PlusDays(later) : today.PlusDays(days)).ToString("uuuu-MM-dd", null);
    }

    Task PassAsync(Duration time) => _installation.Engine.AdvanceToAsync(_installation.Engine.Now + time, TestContext.Current.CancellationToken);

    async Task DoesAsync(string name)
    {
        var answer = await _api.PostAsync("/api/v1/events", $$$"""{"event":"{{{name}}}","userId":"ada","properties":{"name":"Tea"}}""");
        Assert.True(answer.Status == 201, answer.Text);
    }

    async Task ChangesAsync(string json)
    {
        var answer = await _api.PatchAsync($"/api/v1/contacts/{_contact}", json);
        Assert.True(answer.Status == 200, answer.Text);
    }

    async Task ClicksAsync(string link)
    {
        var key = (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[0].GetProperty("key").GetString();
        var answer = await _api.PostAsync($"/api/v1/messages/{key}/feedback", $$"""{"type":"clicked","link":"{{link}}"}""");
        Assert.True(answer.Status is 200 or 201 or 202, answer.Text);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    async Task<string> UseAsync(string id, string more = "{}")
    {
        var used = await _api.PostAsync($"/api/v1/gallery/{id}/use", more);
        Assert.True(used.Status == 201, used.Text);
        return used.Json.GetProperty("id").GetString()!;
    }

    /// <summary>What the contact does so that the journey succeeds, and how many mails it has got by then.</summary>
    async Task<int> WalkAsync(string id)
    {
        switch (id)
        {
            case "welcome":
                await ChangesAsync("""{"lists":{"add":["newsletter"]}}""");
                await PassAsync(Duration.FromDays(4));
                return 2;
            case "abandoned-cart":
                await DoesAsync("Product Added");
                await PassAsync(Duration.FromHours(5));
                await DoesAsync("Order Completed");
                return 1;
            case "win-back":
                await DoesAsync("Order Completed");
                await PassAsync(Duration.FromDays(98));
                await DoesAsync("Order Completed");
                return 1;
            case "re-engage":
                await ChangesAsync("""{"lists":{"add":["newsletter"]}}""");
                await DoesAsync("email_opened");
                await PassAsync(Duration.FromDays(91));
                await DoesAsync("email_opened");
                return 1;
            case "review-request":
                await DoesAsync("Order Delivered");
                await PassAsync(Duration.FromDays(9));
                await DoesAsync("Product Reviewed");
                await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
                var thanks = (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[0].GetProperty("key").GetString();
                Assert.Matches("THANKS-[0-9A-Z]{6}", (await _api.GetAsync($"/api/v1/sandbox/{thanks}/html")).Text);
                return 2;
            case "organise-by-interest":
                await ChangesAsync("""{"lists":{"add":["newsletter"]}}""");
                await PassAsync(Duration.FromHours(2));
                await ClicksAsync("tips");
                return 1;
            case "birthday":
                await ChangesAsync($$$"""{"properties":{"birthday":"{{{Day(-365 * 30, 1)}}}"}}""");
                await PassAsync(Duration.FromDays(2));
                await DoesAsync("Order Completed");
                return 1;
            case "renewal":
                await ChangesAsync($$$"""{"properties":{"contract_ends":"{{{Day(40)}}}T10:00:00Z"}}""");
                await PassAsync(Duration.FromDays(36));
                Assert.Equal(1, (await _api.GetAsync("/api/v1/tasks")).Json.GetProperty("items").GetArrayLength());
                await DoesAsync("Contract Renewed");
                return 2;
            case "onboarding":
                await DoesAsync("Signed Up");
                await PassAsync(Duration.FromDays(4));
                await DoesAsync("Setup Completed");
                return 3;
            case "event-invitation":
                await ChangesAsync($$$"""{"properties":{"event_date":"{{{Day(20)}}}"},"tags":{"add":["invited"]}}""");
                await PassAsync(Duration.FromDays(9));
                await DoesAsync("Event Registered");
                await PassAsync(Duration.FromDays(14));
                return 4;
            case "cross-sell":
                await DoesAsync("Order Completed");
                await PassAsync(Duration.FromDays(15));
                await ClicksAsync("ideas");
                await PassAsync(Duration.FromDays(8));
                await DoesAsync("Order Completed");
                return 2;
            case "lead-nurturing":
                await ChangesAsync("""{"properties":{"deal_stage":"lead"}}""");
                await PassAsync(Duration.FromDays(7));
                await ChangesAsync("""{"properties":{"deal_stage":"proposal"}}""");
                await PassAsync(Duration.FromDays(15));
                Assert.Equal(3, (await _api.GetAsync("/api/v1/tasks")).Json.GetProperty("items").GetArrayLength());
                await ChangesAsync("""{"properties":{"deal_stage":"won"}}""");
                Assert.Contains("customers", (await _api.GetAsync($"/api/v1/contacts/{_contact}")).Json.GetProperty("lists").GetRawText(), StringComparison.Ordinal);
                return 2;
            default:
                Assert.Fail($"The gallery has '{id}', and nobody says how it is walked.");
                return 0;
        }
    }

    public static TheoryData<string> Ids => [.. Parcours.Demo.Samples.In("gallery").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory, MemberData(nameof(Ids))]
    public async Task A_ready_made_journey_is_used_published_and_walked_to_its_good_end(string id)
    {
        var listed = (await _api.GetAsync($"/api/v1/gallery/{id}")).Json;
        Assert.False(listed.TryGetProperty("problems", out var problems), problems.ToString());
        var journey = await UseAsync(id);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var topics = string.Join(",", (await _api.GetAsync("/api/v1/topics")).Json.GetProperty("items").EnumerateArray().Select(topic => $$"""{"channel":"email","topic":"{{topic.GetProperty("id").GetString()}}","state":"given"}"""));
        var made = await _api.PostAsync("/api/v1/contacts", $$"""{"userId":"ada","email":"ada@example.org","consents":[{{topics}}]}""");
        Assert.True(made.Status == 201, made.Text);
        _contact = made.Json.GetProperty("id").GetString()!;
        var published = await _api.PostAsync($"/api/v1/journeys/{journey}/publish", "");
        Assert.True(published.Status == 200, published.Text);

        var mails = await WalkAsync(id);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var enrolments = (await _api.GetAsync($"/api/v1/contacts/{_contact}/enrolments")).Json;
        Assert.True(enrolments.GetArrayLength() == 1 && enrolments[0].TryGetProperty("outcome", out var outcome) && outcome.GetString() == "successful", enrolments.GetRawText());
        Assert.Equal(mails, (await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task They_speak_three_languages()
    {
        foreach (var language in new[] { "en", "fr", "it" })
            foreach (var journey in (await _api.GetAsync($"/api/v1/gallery?language={language}")).Json.EnumerateArray())
            {
                Assert.Equal(["en", "fr", "it"], journey.GetProperty("languages").EnumerateArray().Select(one => one.GetString()));
                var definition = journey.GetProperty("definition");
                var whole = (await _api.GetAsync($"/api/v1/gallery/{journey.GetProperty("id").GetString()}?language={language}")).Json;
                Assert.All(whole.GetProperty("content").EnumerateArray(), content => Assert.Equal(["en", "fr", "it"], content.GetProperty("texts").EnumerateObject().Select(text => text.Name)));
                Assert.All(definition.GetProperty("points").EnumerateObject(), point => Assert.True(point.Value.TryGetProperty("name", out _), point.Name));
                Assert.NotEmpty(journey.GetProperty("goal").GetString()!);
            }

        var italian = (await _api.GetAsync("/api/v1/gallery/abandoned-cart?language=it")).Json;
        Assert.Equal("Carrello abbandonato", italian.GetProperty("name").GetString());
        Assert.Equal("Ha ordinato", italian.GetProperty("definition").GetProperty("points").GetProperty("ordered").GetProperty("name").GetString());
        Assert.Equal(4, italian.GetProperty("days").GetDouble());
        Assert.Contains("Order Completed", italian.GetProperty("needs").EnumerateArray().Where(need => !need.GetProperty("there").GetBoolean()).Select(need => need.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Used_twice_it_makes_two_drafts_and_leaves_what_others_made()
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/content/win-back-voucher", """{"subject":"Ours","html":"<p>Ours</p>"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/segments/lapsed-customers", """{"condition":{"kind":"tag","name":"lapsed"}}""")).Status);

        var first = await UseAsync("win-back", """{"language":"fr"}""");
        var second = await UseAsync("win-back", """{"language":"fr","name":"Printemps"}""");

        Assert.Equal(("reconquerir", "printemps"), (first, second));
        foreach (var draft in new[] { first, second })
        {
            var definition = (await _api.GetAsync($"/api/v1/journeys/{draft}")).Json.GetProperty("definition");
            Assert.Equal("win-back-voucher-2", definition.GetProperty("points").GetProperty("voucher").GetProperty("content").GetString());
            Assert.Equal("win-back-miss-you", definition.GetProperty("points").GetProperty("miss-you").GetProperty("content").GetString());
            Assert.Equal("lapsed-customers-2", definition.GetProperty("start")[0].GetProperty("segment").GetString());
        }

        Assert.Equal("Ours", (await _api.GetAsync("/api/v1/content/win-back-voucher")).Json.GetProperty("content").GetProperty("subject").GetString());
        Assert.Equal(404, (await _api.GetAsync("/api/v1/content/win-back-voucher-3")).Status);
    }

    [Fact]
    public async Task Own_files_are_listed_and_a_broken_one_says_what_is_wrong()
    {
        await File.WriteAllTextAsync(Path.Combine(Own, "broken.json"), "{\"format\": 1,", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Own, "lost.json"), """
            {"format":1,"id":"lost","goal":"keep","texts":{"en":{"name":"Lost"}},
             "journey":{"format":1,"id":"lost","name":"Lost","settings":{"email":{"topic":"nowhere"}},"start":[{"kind":"hand","id":"by-hand","next":"mail"}],"points":{"mail":{"kind":"sendEmail","content":"gone"}}}}
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Own, "mine.json"), """
            {"format":1,"id":"welcome","goal":"welcome","texts":{"en":{"name":"My own welcome"}},
             "journey":{"format":1,"id":"welcome","name":"Mine","start":[{"kind":"hand","id":"by-hand","next":"done"}],"points":{"done":{"kind":"end","outcome":"successful"}}}}
            """, TestContext.Current.CancellationToken);

        var files = (await _api.GetAsync("/api/v1/gallery")).Json.EnumerateArray().ToDictionary(file => file.GetProperty("id").GetString()!);

        Assert.Equal("json.malformed", files["broken"].GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Contains("reference.content", files["lost"].GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()));
        Assert.Contains(files["lost"].GetProperty("problems").EnumerateArray(), problem => problem.GetProperty("path").GetString()!.StartsWith("/journey/", StringComparison.Ordinal));
        Assert.Equal(("My own welcome", true), (files["welcome"].GetProperty("name").GetString(), files["welcome"].GetProperty("own").GetBoolean()));
        Assert.Contains("reference.topic", (await _api.PostAsync("/api/v1/gallery/lost/use", "{}")).ErrorCodes);
        Assert.Equal(404, (await _api.PostAsync("/api/v1/gallery/nothing/use", "{}")).Status);
        Assert.Equal("my-own-welcome", await UseAsync("welcome"));
    }
}
