using System.Net.Http.Headers;
using System.Text;
using Parcours.Http;
using Parcours.Imports;
using Parcours.Journeys.Contacts;

namespace Parcours.Tests.Api;

/// <summary>People who enter a journey by hand with what it shall know: one by one, many by a condition, by the rows of a file. Semantics 2.6, 5.3, 8.8.</summary>
public sealed class EnrolmentImportTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _here = null!;
    Caller _api = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _here = await RealEngine.InstallAsync(_folder.Path, new HttpSettings { ImportFolder = Path.Combine(_folder.Path, "imports") });
        _api = _here.Client();
        foreach (var (user, email) in new[] { ("1", "ada@example.org"), ("2", "bob@example.org"), ("3", "eva@example.org") })
            Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", $$"""{"userId":"{{user}}","email":"{{email}}"}""")).Status);
        await PublishAsync("offer");
    }

    async Task PublishAsync(string id)
    {
        Assert.Equal(201, (await _api.PutAsync($"/api/v1/journeys/{id}", $$"""{"format":1,"id":"{{id}}","name":"Offer","settings":{"reEntry":{"kind":"never"} },"start":[{"kind":"hand","id":"in","next":"rest"}],"points":{"rest":{"kind":"delay","for":"P1D","next":"end"},"end":{"kind":"end","outcome":"completed"} } }""")).Status);
        Assert.Equal(200, (await _api.PostAsync($"/api/v1/journeys/{id}/publish", "")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _here.DisposeAsync();
        _folder.Dispose();
    }

    async Task<Answer> ImportAsync(string csv, string options)
    {
        using var form = new MultipartFormDataContent { { new StringContent("enrolments"), "kind" }, { new StringContent(options), "options" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "people.csv");
        var posted = await _api.SendAsync(HttpMethod.Post, "/api/v1/imports", form);
        Assert.True(posted.Status == 202, posted.Text);
        await _here.Get<ImportService>().EndOf(posted.Header("Location").Split('/')[^1]).WaitAsync(Token);
        await _here.Engine.SettleAsync(Token);
        return await _api.GetAsync(posted.Header("Location"));
    }

    static (string?, int, int, int, int) Sums(Answer import) => (import.Json.GetProperty("status").GetString(), import.Json.GetProperty("rows").GetInt32(), import.Json.GetProperty("entered").GetInt32(), import.Json.GetProperty("partly").GetInt32(), import.Json.GetProperty("bad").GetInt32());

    async Task<string> DataOfAsync(string user)
    {
        var contact = await _here.Engine.ContactAsync((await _here.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, user), Token))!.Value, Token);
        return Encoding.UTF8.GetString(Assert.Single(contact!.Enrolments).Data.Json.Span);
    }

    [Fact]
    public async Task Each_row_of_a_file_enters_with_its_own_data_and_who_does_not_is_listed_with_the_reason()
    {
        var end = await ImportAsync("E-mail;voucher;amount\nada@example.org;A-1;10\nnobody@example.org;A-2;20\nbob@example.org;A-3;30\nada@example.org;A-4;40\n;A-5;50\n", """{"journey":"offer"}""");

        Assert.Equal(("done", 5, 2, 2, 1), Sums(end));
        Assert.Equal("""{"voucher":"A-1","amount":10}""", await DataOfAsync("1"));
        Assert.Equal("""{"voucher":"A-3","amount":30}""", await DataOfAsync("2"));
        var rejects = (await _api.GetAsync($"/api/v1/imports/{end.Json.GetProperty("id").GetString()}/rejects")).Text;
        Assert.Contains("nobody@example.org;A-2;20;3;", rejects, StringComparison.Ordinal);
        Assert.Contains("ada@example.org;A-4;40;5;", rejects, StringComparison.Ordinal);
        Assert.Contains("already-inside", rejects, StringComparison.Ordinal);
        Assert.Equal(404, (await _api.GetAsync("/api/v1/contacts?email=nobody@example.org")).Json.GetProperty("items").GetArrayLength() == 0 ? 404 : 200);
    }

    /// <summary>Semantics 5.3: a file that was taken is known again; the same people may enter another journey by it.</summary>
    [Fact]
    public async Task The_same_file_enters_nobody_twice_and_serves_another_journey()
    {
        const string File = "userId,voucher\n1,A\n2,B\n";
        Assert.Equal(("done", 2, 2, 0, 0), Sums(await ImportAsync(File, """{"journey":"offer"}""")));

        Assert.Equal("import.already", (await ImportAsync(File, """{"journey":"offer"}""")).Json.GetProperty("error").GetProperty("code").GetString());
        await PublishAsync("other");
        Assert.Equal(("done", 2, 2, 0, 0), Sums(await ImportAsync(File, """{"journey":"other"}""")));
    }

    [Theory]
    [InlineData("userId\n1\n", "{}", "journey")]
    [InlineData("userId\n1\n", """{"journey":"none"}""", "none")]
    [InlineData("voucher\nA\n", """{"journey":"offer"}""", "who somebody is")]
    [InlineData("userId,t\n1,x\n", """{"journey":"offer","columns":{"t":"tags"}}""", "contacts")]
    public async Task What_cannot_be_is_refused_before_anybody_enters(string file, string options, string says)
    {
        var end = await ImportAsync(file, options);

        Assert.Equal("refused", end.Json.GetProperty("status").GetString());
        Assert.Contains(says, end.Json.GetProperty("error").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_tells_and_enters_nobody()
    {
        var end = await ImportAsync("userId,voucher\n1,A\n", """{"journey":"offer","dryRun":true}""");

        Assert.Equal("checked", end.Json.GetProperty("status").GetString());
        Assert.Equal("property:voucher", end.Json.GetProperty("mapping")[1].GetProperty("becomes").GetString());
        Assert.Equal(0, (await _api.GetAsync("/api/v1/journeys/offer")).Json.GetProperty("figures").GetProperty("started").GetInt32());
    }

    /// <summary>Semantics 8.8: all of them, with the same data; who does not enter is counted by the reason.</summary>
    [Fact]
    public async Task Many_enter_at_once_with_data_of_the_order()
    {
        Assert.Contains("bulk.data", (await _api.PostAsync("/api/v1/contacts/bulk", """{"all":true,"do":{"enterJourney":"offer","enterData":[1]}}""")).ErrorCodes);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/journeys/offer/enrolments", """{"userId":"1","data":{"voucher":"own"}}""")).Status);

        var ordered = await _api.PostAsync("/api/v1/contacts/bulk", """{"all":true,"do":{"enterJourney":"offer","enterData":{"voucher":"all"} } }""");
        Assert.True(ordered.Status == 202, ordered.Text);
        for (var looks = 0; looks < 2_000 && (await _api.GetAsync("/api/v1/work")).Text.Contains("\"running\"", StringComparison.Ordinal); looks++)
            await Task.Delay(5, Token);
        await _here.Engine.SettleAsync(Token);

        Assert.Equal(("""{"voucher":"own"}""", """{"voucher":"all"}""", """{"voucher":"all"}"""), (await DataOfAsync("1"), await DataOfAsync("2"), await DataOfAsync("3")));
    }
}
