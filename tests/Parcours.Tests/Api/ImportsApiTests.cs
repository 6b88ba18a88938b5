using System.Net.Http.Headers;
using System.Text;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Imports;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Imports over HTTP: upload, progress, bad rows, cancelling, and what is refused.</summary>
public sealed class ImportsApiTests : IDisposable
{
    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    Task<Installation> InstallAsync(long bytesMax = 1024 * 1024) =>
        RealEngine.InstallAsync(_folder.Path, new HttpSettings { ImportFolder = Path.Combine(_folder.Path, "imports"), ImportBytesMax = bytesMax });

    static StringContent Csv(string text) => new(text, new UTF8Encoding(false), new MediaTypeHeaderValue("text/csv"));

    static MultipartFormDataContent Form(string text, string kind = "contacts", string? options = null)
    {
        var form = new MultipartFormDataContent { { new StringContent(kind), "kind" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "people.csv");
        if (options is not null)
            form.Add(new StringContent(options), "options");
        return form;
    }

    static async Task<Answer> EndOfAsync(Installation here, Caller client, Answer posted)
    {
        Assert.Equal((202, ""), (posted.Status, posted.Status == 202 ? "" : posted.Text));
        await here.Get<ImportService>().EndOf(posted.Header("Location").Split('/')[^1]).WaitAsync(Token);
        return await client.GetAsync(posted.Header("Location"));
    }

    [Fact]
    public async Task A_form_with_a_file_is_imported_in_the_background()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();

        var end = await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form("wer;stadt\n7;Bern\n;Basel\n8;Genf\n", options: """{ "columns": { "wer": "userId", "stadt": "city" }, "tags": ["swiss"] }""")));

        Assert.Equal(("done", 3, 2, 1), (end.Json.GetProperty("status").GetString(), end.Json.GetProperty("rows").GetInt32(), end.Json.GetProperty("imported").GetInt32(), end.Json.GetProperty("bad").GetInt32()));
        Assert.Equal("people.csv", end.Json.GetProperty("file").GetString());
        Assert.Equal(3, end.Json.GetProperty("examples")[0].GetProperty("line").GetInt32());
        var contact = await here.Engine.ContactAsync((await here.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, "8"), Token))!.Value, Token);
        Assert.True(contact!.HasTag("swiss"));
        Assert.Equal("Genf", contact.Property("city").AsText);
        var rejects = await client.GetAsync($"/api/v1/imports/{end.Json.GetProperty("id").GetString()}/rejects");
        Assert.Equal((200, "text/csv"), (rejects.Status, rejects.Message.Content.Headers.ContentType!.MediaType));
        Assert.Contains(";Basel;3;", rejects.Text);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "imports"), "*.upload"));
    }

    [Fact]
    public async Task The_file_itself_is_taken_too()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();

        var end = await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=events&name=orders.csv", Csv("userId,event,timestamp\n7,bought,2026-03-01T10:00:00Z\n")));

        Assert.Equal(("done", "orders.csv"), (end.Json.GetProperty("status").GetString(), end.Json.GetProperty("file").GetString()));
        var stored = Assert.Single(await here.Engine.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, Token));
        Assert.Equal(("bought", NodaTime.Instant.FromUtc(2026, 3, 1, 10, 0)), (stored.Name, stored.OccurredAt));
    }

    [Theory]
    [InlineData("email\n\"open", "import.quotes")]
    [InlineData("name\nAnna", "import.columns")]
    public async Task A_broken_file_is_refused_with_a_reason_and_nothing_goes_in(string text, string code)
    {
        await using var here = await InstallAsync();
        using var client = here.Client();

        var end = await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=contacts", Csv(text)));

        Assert.Equal(("refused", code), (end.Json.GetProperty("status").GetString(), end.Json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Empty(await here.Engine.Queries.ContactsAsync(0, false, 10, Token));
    }

    /// Semantics 5.3
    [Fact]
    public async Task The_same_file_goes_in_once()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        const string Text = "userId,event\n7,bought\n";

        var first = await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form(Text, "events")));
        var second = await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form(Text, "events")));
        var third = await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form(Text, "events", """{ "again": true }""")));

        Assert.Equal(["done", "refused", "done"], [.. new[] { first, second, third }.Select(end => end.Json.GetProperty("status").GetString()!)]);
        Assert.Equal("import.already", second.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(2, (await here.Engine.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, Token)).Count);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();

        var end = await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form("email,spent\na@example.org,12\nb@,13\n", options: """{ "dryRun": true }""")));

        Assert.Equal(("checked", 2, 1), (end.Json.GetProperty("status").GetString(), end.Json.GetProperty("rows").GetInt32(), end.Json.GetProperty("bad").GetInt32()));
        Assert.Equal("property:spent number new", string.Join(' ', new[] { "becomes", "type", "guess" }.Select(part => end.Json.GetProperty("mapping")[1].GetProperty(part).GetString())));
        Assert.Empty(await here.Engine.Queries.ContactsAsync(0, false, 10, Token));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_with_a_problem()
    {
        await using var here = await InstallAsync(bytesMax: 1_000);
        using var client = here.Client();
        async Task<(int, string)> PostAsync(string query, HttpContent content)
        {
            var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/imports" + query, content);
            return (answer.Status, answer.Json.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("code").GetString()! : answer.Code);
        }

        Assert.Equal((413, "import.too-large"), await PostAsync("?kind=contacts", Csv(new string('x', 2_000))));
        Assert.Equal((413, "import.too-large"), await PostAsync("", Form(new string('x', 2_000))));
        Assert.Equal((400, "import.kind"), await PostAsync("", Csv("email\n")));
        Assert.Equal((400, "import.kind"), await PostAsync("", Form("email\n", "things")));
        Assert.Equal((415, "media-type"), await PostAsync("?kind=contacts", new StringContent("{}", Encoding.UTF8, "application/json")));
        Assert.Equal((400, "import.mapping"), await PostAsync("", Form("email\n", options: """{ "unheard": 1 }""")));
        Assert.Equal((400, "import.option.country"), await PostAsync("", Form("email\n", options: """{ "country": "ZZ" }""")));
        Assert.Equal((400, "import.file"), await PostAsync("", new MultipartFormDataContent { { new StringContent("contacts"), "kind" } }));
        Assert.Equal((400, "import.file"), await PostAsync("?kind=contacts", Csv("")));
        Assert.Equal((404, "not-found"), await CodeAsync(client.GetAsync("/api/v1/imports/unheard")));
        Assert.Equal((404, "not-found"), await CodeAsync(client.GetAsync("/api/v1/imports/..%2f..%2fparcours/rejects")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "imports")));
    }

    static async Task<(int, string)> CodeAsync(Task<Answer> asked) => (await asked) is var answer ? (answer.Status, answer.Code) : default;

    [Fact]
    public async Task Reading_keys_see_progress_and_no_values_and_import_nothing()
    {
        await using var here = await InstallAsync();
        using var admin = here.Client();
        using var reader = here.Client(await here.KeyAsync(KeyScope.Read));
        var end = await EndOfAsync(here, admin, await admin.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=contacts", Csv("email\nsecret@\n")));
        var path = $"/api/v1/imports/{end.Json.GetProperty("id").GetString()}";

        var seen = await reader.GetAsync(path);
        var refused = await reader.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=contacts", Csv("email\nx@example.org\n"));

        Assert.Equal((200, 403, 403), (seen.Status, refused.Status, (await reader.GetAsync(path + "/rejects")).Status));
        Assert.DoesNotContain("secret", seen.Text);
    }

    [Fact]
    public async Task Imports_are_listed_newest_first_in_pages()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        for (var number = 1; number <= 3; number++)
            await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, $"/api/v1/imports?kind=contacts&name={number}.csv", Csv($"userId\n{number}\n")));

        var first = await client.GetAsync("/api/v1/imports?limit=2");
        var second = await client.GetAsync($"/api/v1/imports?limit=2&after={first.Json.GetProperty("next").GetString()}");

        Assert.Equal(["3.csv", "2.csv", "1.csv"], [.. new[] { first, second }.SelectMany(page => page.Json.GetProperty("items").EnumerateArray()).Select(import => import.GetProperty("file").GetString()!)]);
    }

    /// Semantics 2.6
    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    public async Task Imported_events_start_a_journey_only_if_both_sides_say_so(bool import, bool startingPoint, int expected)
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        var journey = """{"format":1,"id":"j","name":"J","start":[{"kind":"event","id":"s","events":["bought"],"takesImports":TAKES,"next":"tag"}],"points":{"tag":{"kind":"addTag","tag":"met","next":"done"},"done":{"kind":"end","outcome":"completed"}}}"""
            .Replace("TAKES", startingPoint ? "true" : "false", StringComparison.Ordinal);
        Assert.Equal(201, (await client.PutAsync("/api/v1/journeys/j", journey)).Status);
        var published = await client.PostAsync("/api/v1/journeys/j/publish", "");
        Assert.True(published.Status is 200 or 202, published.Text);

        await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form("userId,event\n7,bought\n", "events", import ? """{ "startJourneys": true }""" : null)));

        Assert.Equal(expected, (await ContactAsync(here, "7")).Tags.Count);
    }

    /// Semantics 2.5
    [Fact]
    public async Task An_import_lifts_no_opt_out_and_overwrites_nothing_that_was_said_later()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        await client.PutAsync("/api/v1/topics/news", """{ "name": "news" }""");
        await client.PostAsync("/api/v1/contacts", """{ "userId": "7", "properties": { "city": "Bern" }, "consents": [{ "channel": "email", "topic": "news", "state": "refused" }] }""");
        const string Options = """{ "columns": { "news": "consent:email/news" } }""";

        await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form("userId,city,news\n7,Genf,yes\n8,Genf,yes\n", options: Options)));
        await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", Form("userId,city,timestamp\n7,Basel,2020-01-01\n")));

        var (refused, given) = (await ContactAsync(here, "7"), await ContactAsync(here, "8"));
        Assert.Equal((ConsentState.Refused, ConsentState.Given), (refused.Consent("email", "news"), given.Consent("email", "news")));
        Assert.Equal("Genf", refused.Property("city").AsText);
    }

    static async Task<Contact> ContactAsync(Installation here, string user) =>
        (await here.Engine.ContactAsync((await here.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, user), Token))!.Value, Token))!;

    /// <summary>What was cancelled or cut off goes on where it stopped, with no row twice and none missing.</summary>
    [Fact]
    public async Task A_stopped_import_goes_on_after_a_restart_or_with_the_same_file()
    {
        const int Rows = 60_000;
        var text = "userId,event\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"{row % 100},bought\n"));
        string location;
        await using (var before = await InstallAsync())
        {
            using var client = before.Client();
            var begun = NextStepAsync(before);
            location = (await client.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=events", Csv(text))).Header("Location");
            await begun;
        }

        long stoppedAt;
        await using (var between = await InstallAsync())
        {
            using var client = between.Client();
            stoppedAt = (await StoppedAtNextStepAsync(between, location[(location.LastIndexOf('/') + 1)..])).Cursor;
            var cancelled = await client.PostAsync(location + "/cancel", "");
            Assert.Equal((200, "cancelled"), (cancelled.Status, cancelled.Json.GetProperty("status").GetString()));
            Assert.InRange(cancelled.Json.GetProperty("processed").GetInt64(), stoppedAt, Rows - 1);
        }

        await using var after = await InstallAsync();
        using var last = after.Client();
        var end = await EndOfAsync(after, last, await last.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=events", Csv(text)));

        Assert.InRange(stoppedAt, 1, Rows - 1);
        Assert.Equal(("done", Rows), (end.Json.GetProperty("status").GetString(), end.Json.GetProperty("imported").GetInt32()));
        Assert.Equal("continued", (await last.GetAsync(location)).Json.GetProperty("status").GetString());
        var events = 0;
        for (long sequence = 0; await after.Engine.Queries.EventsAsync(PartitionSet.All, null, sequence, long.MaxValue, 1_000, Token) is { Count: > 0 } page; sequence = page[^1].Sequence)
            events += page.Count;
        Assert.Equal(Rows, events);
    }

    /// <summary>Stops it from within its next step: a request might come when a small file is in already.</summary>
    static Task<ImportRecord> StoppedAtNextStepAsync(Installation here, string id)
    {
        var imports = here.Get<ImportService>();
        imports.Moved += record => _ = imports.CancelAsync(id, Token);
        return NextStepAsync(here);
    }

    /// <summary>Waits for the next step of whatever is imported.</summary>
    static Task<ImportRecord> NextStepAsync(Installation here)
    {
        var moved = new TaskCompletionSource<ImportRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        here.Get<ImportService>().Moved += record => moved.TrySetResult(record);
        return moved.Task.WaitAsync(Token);
    }
}
