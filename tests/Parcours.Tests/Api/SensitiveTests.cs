using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Parcours.Engine.Ports;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Who only reads sees that a sensitive property has a value, not which; logs see neither.</summary>
public sealed class SensitiveTests
{
    const string Mask = "•••";

    /// <summary>Semantics 11.4: for keys that only read, values of sensitive properties are masked wherever a contact is shown.</summary>
    [Theory]
    [InlineData(KeyScope.Read, true)]
    [InlineData(KeyScope.Admin, false)]
    public async Task A_key_that_only_reads_sees_the_mask(KeyScope scope, bool masked)
    {
        using var folder = new Folder();
        await using var installation = await RealEngine.InstallAsync(folder.Path);
        using var admin = installation.Client();
        foreach (var name in new[] { "iban", "email", "phone" })
            Assert.Equal(201, (await admin.PutAsync($"/api/v1/properties/{name}", """{"type":"text","sensitive":true}""")).Status);
        Assert.True((await admin.GetAsync("/api/v1/properties/iban")).Json.GetProperty("value").GetProperty("sensitive").GetBoolean());
        var path = (await admin.PostAsync("/api/v1/contacts", """{"userId":"u1","email":"ada@example.org","phone":"+41791234567","properties":{"iban":"CH93-0076","town":"Bern","email":"ada@example.org"}}""")).Header("Location");
        Assert.Equal(200, (await admin.PatchAsync(path, """{"properties":{"iban":"CH93-0099"}}""")).Status);
        using var reader = installation.Client(await installation.KeyAsync(scope));

        string[] sensitive = ["CH93-0076", "CH93-0099", "ada@example.org", "+41791234567"];
        var list = await reader.GetAsync("/api/v1/contacts");
        var found = await reader.GetAsync("/api/v1/contacts?userId=u1");
        var one = await reader.GetAsync(path);
        var timeline = await reader.GetAsync($"{path}/events");

        foreach (var contact in new[] { list.Json.GetProperty("items")[0], found.Json.GetProperty("items")[0], one.Json })
        {
            Assert.Equal(masked ? Mask : "CH93-0099", contact.GetProperty("properties").GetProperty("iban").GetString());
            Assert.Equal("Bern", contact.GetProperty("properties").GetProperty("town").GetString());
            Assert.Equal(masked ? Mask : "ada@example.org", Identity(contact, "email"));
            Assert.Equal(masked ? Mask : "+41791234567", Identity(contact, "phone"));
            Assert.Equal("u1", Identity(contact, "userId"));
        }

        var changes = timeline.Json.GetProperty("items").EnumerateArray().SelectMany(line => line.TryGetProperty("changes", out var all) && all.ValueKind == JsonValueKind.Array ? all.EnumerateArray().ToArray() : [])
            .Where(change => change.GetProperty("name").GetString() == "iban").ToList();
        Assert.Equal(masked ? (Mask, Mask) : ("CH93-0076", "CH93-0099"), (changes[0].GetProperty("before").GetString(), changes[0].GetProperty("after").GetString()));
        // Nothing was there before the first: that is no value to hide.
        Assert.False(changes[1].TryGetProperty("before", out var before) && before.ValueKind != JsonValueKind.Null);
        if (masked)
            Assert.All([list, found, one, timeline], answer => Assert.All(sensitive, value => Assert.DoesNotContain(value, answer.Text, StringComparison.Ordinal)));
    }

    static string? Identity(JsonElement contact, string kind) =>
        contact.GetProperty("identities").EnumerateArray().Single(identity => identity.GetProperty("kind").GetString() == kind).GetProperty("value").GetString();

    /// <summary>Semantics 11.4: what is logged of a request that fails names neither the contact nor a value.</summary>
    [Fact]
    public async Task The_log_of_a_failing_request_has_no_identity_and_no_value()
    {
        var engine = new FakeEngine();
        await using var installation = await Installation.StartAsync(engine);
        using var intake = installation.Client(await installation.KeyAsync(KeyScope.Intake));
        engine.Fails = new StoreException(StoreFailure.DiskFull, "The disk is full.");
        using var log = new OperatorLog();
        installation.Get<ILoggerFactory>().AddProvider(log);
        using var client = installation.Client();

        var answers = new[]
        {
            await client.PostAsync("/api/v1/contacts?email=ada@example.org", """{"userId":"user-77","email":"ada@example.org","properties":{"iban":"CH93-0076"}}"""),
            await intake.PostAsync("/v1/identify", """{"userId":"user-77","traits":{"email":"ada@example.org","iban":"CH93-0076"}}"""),
        };

        Assert.All(answers, answer => Assert.True(answer.Status >= 500, answer.Text));
        Assert.NotEmpty(log.Lines);
        foreach (var value in new[] { "ada@", "user-77", "CH93-0076" })
            Assert.DoesNotContain(log.Lines, line => line.Contains(value, StringComparison.Ordinal));
    }

    /// <summary>Keeps what an operator sees with the log at its default level, exceptions too.</summary>
    sealed class OperatorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
