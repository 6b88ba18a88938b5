using System.Text.Json;
using Parcours.Tests.HouseRules;

namespace Parcours.Tests.Api;

/// <summary>The OpenAPI document: complete, and the one that was approved.</summary>
public sealed class OpenApiTests
{
    static async Task<JsonElement> ReadAsync()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        return (await installation.Client(null).GetAsync("/openapi/v1.json")).Json;
    }

    static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    /// <summary>To approve a change: run the tests with PARCOURS_APPROVE=1 and read the difference.</summary>
    [Fact]
    public async Task The_document_is_the_one_that_was_approved()
    {
        var now = JsonSerializer.Serialize(await ReadAsync(), Indented) + "\n";
        var file = Repository.PathOf("docs/openapi.json");
        if (Environment.GetEnvironmentVariable("PARCOURS_APPROVE") == "1")
            await File.WriteAllTextAsync(file, now, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), now);
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Every_operation_says_what_it_does_what_it_answers_and_what_goes_wrong()
    {
        var operations = Operations(await ReadAsync()).ToList();
        Assert.True(operations.Count > 60, $"only {operations.Count} operations");

        Assert.All(operations, operation =>
        {
            Assert.True(operation.Operation.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 10, operation.Name);
            Assert.True(operation.Operation.TryGetProperty("operationId", out _), operation.Name);
            var responses = operation.Operation.GetProperty("responses").EnumerateObject().ToList();
            Assert.Contains(responses, response => response.Name[0] == '2' && (response.Name is "202" or "204" || response.Value.TryGetProperty("content", out _)));
            if (!operation.Name.EndsWith('z'))
                Assert.Contains(responses, response => response.Name == "401" && response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _));
            if (operation.Name.StartsWith("PUT", StringComparison.Ordinal) || operation.Name.StartsWith("PATCH", StringComparison.Ordinal))
                Assert.True(operation.Operation.TryGetProperty("requestBody", out _), operation.Name);
        });
        Assert.Equal(operations.Count, operations.Select(operation => operation.Operation.GetProperty("operationId").GetString()).Distinct().Count());
    }
}
