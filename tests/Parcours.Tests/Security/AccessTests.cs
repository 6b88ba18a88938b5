using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parcours.Http;
using Parcours.Security;
using Parcours.Tests.Api;

namespace Parcours.Tests.Security;

/// <summary>Who gets in: asked of every endpoint that there is, so that a new one cannot be forgotten.</summary>
public sealed class AccessTests
{
    // What answers without a key or a session. A signed link answers by its signature: unsigned it is 404.
    static readonly string[] Open = ["/healthz", "/readyz", "/favicon.ico", "/openapi/{documentName}.json", "/hooks/{token}", "/u/{token}", "/v/{token}", "/o/{token}", "/c/{token}/{target}", "/sign-in", "/sign-out", "/signin/{token}", "/setup/{token}", "/api/v1/session", "/api/v1/set-up"];

    static IEnumerable<(string Method, string Pattern, string Path)> Endpoints(Installation installation) =>
        from endpoint in installation.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, pattern, System.Text.RegularExpressions.Regex.Replace(pattern, @"\{(\w+)(:\w+)?\}", match => match.Groups[2].Value switch { ":guid" => Guid.Empty.ToString(), ":int" => "1", _ => match.Groups[1].Value == "documentName" ? "v1" : "x" }));

    [Fact]
    public async Task Without_a_key_or_a_session_nothing_answers_but_what_must()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var nobody = installation.Client(null);
        await installation.Get<ApiPipeline>().WarmAsync();
        var endpoints = Endpoints(installation).ToList();
        Assert.True(endpoints.Count > 80, $"only {endpoints.Count} endpoints were found");

        var wrong = new List<string>();
        foreach (var (method, pattern, path) in endpoints)
        {
            var answer = await nobody.SendAsync(new HttpMethod(method), path, method is "GET" or "HEAD" or "OPTIONS" ? null : Caller.Of("{}"));
            // A browser's question before it sends across origins has no key yet, and tells nothing.
            var expected = Open.Contains(pattern) ? answer.Status != 401 : method == "OPTIONS" ? answer.Status == 204 && answer.Text == "" : answer.Status == 401;
            if (!expected)
                wrong.Add($"{method} {path}: {answer.Status}");
        }

        Assert.Empty(wrong);
        Assert.Equal(Open.Order(), endpoints.Select(endpoint => endpoint.Pattern).Where(Open.Contains).Distinct().Order());
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/nothing")]
    [InlineData("/api")]
    public async Task Who_is_unknown_does_not_even_learn_what_does_not_exist(string path)
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());

        Assert.Equal(401, (await installation.Client(null).GetAsync(path)).Status);
        Assert.Equal(404, (await installation.Client().GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_key_of_scope_read_reads_and_does_not_write()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var reader = installation.Client(await installation.KeyAsync(KeyScope.Read));

        Assert.Equal(200, (await reader.GetAsync("/api/v1/clock")).Status);
        foreach (var (method, _, path) in Endpoints(installation).Where(endpoint => endpoint.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !Open.Contains(endpoint.Pattern) && endpoint.Method != "GET"))
        {
            // A form that an endpoint does not take at all is told before anybody asks who sends it.
            using var body = path switch
            {
                "/api/v1/imports" => new StringContent("userId\n1\n", System.Text.Encoding.UTF8, "text/csv"),
                "/api/v1/bounces" => new StringContent("Subject: Hello\n\n", System.Text.Encoding.UTF8, "message/rfc822"),
                _ => Caller.Of("{}"),
            };
            Assert.True((await reader.SendAsync(new HttpMethod(method), path, body)).Status == 403, $"{method} {path}");
        }

        Assert.Equal(403, (await reader.GetAsync("/api/v1/keys")).Status);
        Assert.Equal(403, (await reader.GetAsync("/api/v1/users")).Status);
    }

    [Theory, InlineData(KeyScope.Intake), InlineData(KeyScope.Public)]
    public async Task A_key_of_the_intake_opens_nothing_of_the_api(KeyScope scope)
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        await installation.Get<ApiPipeline>().WarmAsync();
        using var sender = installation.Client(await installation.KeyAsync(scope));

        foreach (var (method, _, path) in Endpoints(installation).Where(endpoint => endpoint.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !Open.Contains(endpoint.Pattern)))
            Assert.True((await sender.SendAsync(new HttpMethod(method), path, method == "GET" ? null : Caller.Of("{}"))).Status == 403, $"{method} {path}");
        Assert.Equal(200, (await sender.PostAsync("/v1/track", """{"anonymousId":"a","event":"Looked"}""")).Status);
    }

    [Theory, InlineData(KeyScope.Read), InlineData(KeyScope.Admin)]
    public async Task A_key_of_the_api_does_not_open_the_intake(KeyScope scope)
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());

        Assert.Equal(401, (await installation.Client(await installation.KeyAsync(scope)).PostAsync("/v1/track", """{"userId":"a","event":"Bought"}""")).Status);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_any_more()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var admin = installation.Client();
        var made = (await admin.PostAsync("/api/v1/keys", """{"name":"Shop","scope":"read"}""")).Json;
        using var reader = installation.Client(made.GetProperty("key").GetString());
        Assert.Equal(200, (await reader.GetAsync("/api/v1/clock")).Status);

        Assert.Equal(200, (await admin.DeleteAsync($"/api/v1/keys/{made.GetProperty("id").GetString()}")).Status);

        Assert.Equal(401, (await reader.GetAsync("/api/v1/clock")).Status);
        var listed = (await admin.GetAsync("/api/v1/keys")).Json.GetProperty("items")[0];
        Assert.True(listed.TryGetProperty("revokedAt", out _));
        Assert.False(listed.TryGetProperty("key", out _));
    }

    [Fact]
    public async Task A_key_is_kept_as_a_hash_only()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);

        var secret = await installation.KeyAsync(KeyScope.Public);

        Assert.StartsWith("pk_", secret, StringComparison.Ordinal);
        var document = Assert.Single(await engine.DocumentsAsync("key", null, null, 10, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(secret[3..20], document.Id + System.Text.Encoding.UTF8.GetString(document.Json.Span), StringComparison.Ordinal);
        Assert.Equal(Secrets.Hash(secret), document.Id);
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());

        foreach (var path in new[] { "/healthz", "/api/v1/clock", "/api/v1/nothing", "/sign-in", "/v1/track", "/u/x" })
        {
            var answer = await installation.Client().GetAsync(path);
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Contains("frame-ancestors", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-inline", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.NotEmpty(answer.Header("Referrer-Policy"));
        }
    }
}
