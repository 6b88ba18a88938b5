using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Secrets of webhooks over the API: stored, never shown, refused with every reason; and the key that signs.</summary>
public sealed class WebhooksTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

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

    static string Journey(string secret) => """
        {"format":1,"id":"crm","name":"CRM","start":[{"kind":"hand","id":"in","next":"tell"}],
         "points":{"tell":{"kind":"webhook","url":"https://crm.example.org","headers":[{"name":"X-Key","secret":"SECRET"}]}}}
        """.Replace("SECRET", secret, StringComparison.Ordinal);

    [Fact]
    public async Task A_secret_is_stored_named_and_never_shown()
    {
        Assert.Equal(200, (await _api.PutAsync("/api/v1/secrets/crm", """{"value":"t0ken"}""")).Status);

        var listed = await _api.GetAsync("/api/v1/secrets");
        Assert.Equal("crm", listed.Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.DoesNotContain("t0ken", listed.Text, StringComparison.Ordinal);
        Assert.Equal(["secret.name", "secret.value"], (await _api.PutAsync("/api/v1/secrets/My%20Key", """{"value":""}""")).ErrorCodes);
        using var reader = _installation.Client(await _installation.KeyAsync(KeyScope.Read));
        Assert.Equal(403, (await reader.GetAsync("/api/v1/secrets")).Status);
        Assert.Equal(403, (await reader.GetAsync("/api/v1/webhooks/signing")).Status);
    }

    [Fact]
    public async Task A_journey_names_secrets_that_there_are_and_keeps_them_there()
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/crm", Journey("crm"))).Status);
        Assert.Contains("reference.secret", (await _api.PostAsync("/api/v1/journeys/crm/publish", "")).ErrorCodes);
        Assert.Equal(200, (await _api.PutAsync("/api/v1/secrets/crm", """{"value":"t0ken"}""")).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/crm/publish", "")).Status);

        Assert.Contains("secret.used", (await _api.DeleteAsync("/api/v1/secrets/crm")).ErrorCodes);
        Assert.Equal(404, (await _api.DeleteAsync("/api/v1/secrets/other")).Status);
    }

    [Fact]
    public async Task The_key_that_signs_is_made_shown_and_changed_with_the_one_before_beside_it()
    {
        var first = (await _api.GetAsync("/api/v1/webhooks/signing")).Json.GetProperty("secret").GetString()!;
        Assert.Equal(first, (await _api.GetAsync("/api/v1/webhooks/signing")).Json.GetProperty("secret").GetString());

        var changed = (await _api.PostAsync("/api/v1/webhooks/signing/rotate", "")).Json;

        Assert.StartsWith("whsec_", first, StringComparison.Ordinal);
        Assert.NotEqual(first, changed.GetProperty("secret").GetString());
        Assert.True(changed.TryGetProperty("previousUntil", out _));
        var secrets = new Parcours.Webhooks.StoredSecrets(_installation.Engine.Queries, Installation.Sealing);
        Assert.Equal([changed.GetProperty("secret").GetString()!, first], await secrets.SigningAsync(TestContext.Current.CancellationToken));
    }
}
