using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parcours.Bench.Contenders;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Limits;

/// <summary>Kestrel that parses batches and drops them, in a process of its own.</summary>
sealed class KestrelLimit : IContender
{
    /// <summary>The word by which this program becomes the server.</summary>
    public const string Name = "kestrel-limit";

    readonly Process _process = Self.Start(Name, "21799");

    string IContender.Name => "Kestrel";
    public int Port => 21_799;
    public string Path => "/v1/batch";
    public IReadOnlyList<string> Authorizations => [];
    public int[] Processes => [_process.Id];
    public byte[] Body(People people, string @event, IEnumerable<long> numbers) => ParcoursServer.BodyOf(people, @event, numbers);
    public bool TookAll(ReadOnlySpan<byte> answer) => answer.SequenceEqual("{\"success\":true}"u8);
    public Task<long> FinishedAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                await client.GetStringAsync($"http://127.0.0.1:{Port}/", cancellationToken);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static async Task<int> ServeAsync(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
        var app = builder.Build();
        app.MapGet("/", () => "ready");
        app.MapPost("/v1/batch", async (HttpContext context) =>
        {
            var said = await JsonSerializer.DeserializeAsync(context.Request.Body, BatchJson.Default.Sent, context.RequestAborted);
            context.Response.StatusCode = said!.Batch.All(item => item.UserId.Length > 0 && item.Event.Length > 0) ? 200 : 400;
            context.Response.ContentLength = 16;
            await context.Response.Body.WriteAsync("{\"success\":true}"u8.ToArray(), context.RequestAborted);
        });
        await app.RunAsync();
        return 0;
    }

    internal sealed record Sent(List<Item> Batch);
    internal sealed record Item(string Type, string MessageId, string UserId, string Event, Context Context);
    internal sealed record Context(JsonElement Traits);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KestrelLimit.Sent))]
sealed partial class BatchJson : JsonSerializerContext;
