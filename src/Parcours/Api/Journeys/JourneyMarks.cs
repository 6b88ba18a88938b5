using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Engine;

namespace Parcours.Api;

/// <summary>What people put on a journey from outside: it is no part of the draft, so that nobody who labels disturbs who edits.</summary>
sealed record JourneyMark(IReadOnlyList<string> Labels, string? UpdatedBy)
{
    public static JourneyMark None { get; } = new([], null);
}

/// <summary>Marks of journeys, kept as documents of kind <c>journey-mark</c> under the journey's id.</summary>
sealed class JourneyMarks(IEngine engine)
{
    const string Kind = "journey-mark";
    const int PageLength = 500;
    public const int LabelsMax = 20, LabelLengthMax = 40;

    public async ValueTask<JourneyMark> OfAsync(string journey, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(Kind, journey, cancellationToken) is { } document ? Read(document.Json) : JourneyMark.None;

    public async ValueTask<IReadOnlyDictionary<string, JourneyMark>> AllAsync(CancellationToken cancellationToken)
    {
        var marks = new Dictionary<string, JourneyMark>(StringComparer.Ordinal);
        for (string? after = null; ;)
        {
            var page = await engine.Queries.DocumentsAsync(Kind, null, after, PageLength, cancellationToken);
            foreach (var document in page)
                marks[document.Id] = Read(document.Json);
            if (page.Count < PageLength)
                return marks;
            after = page[^1].Id;
        }
    }

    public Task ChangeAsync(string journey, Func<JourneyMark, JourneyMark> change, CancellationToken cancellationToken) => engine.WriteAsync(async (unit, now) =>
    {
        var held = await unit.ReadDocumentAsync(Kind, journey, cancellationToken) is { } document ? Read(document.Json) : JourneyMark.None;
        if (change(held) is var changed && changed != held)
            await unit.WriteDocumentAsync(Kind, journey, JsonSerializer.SerializeToUtf8Bytes(changed, JourneyMarkJson.Default.JourneyMark), null, now, cancellationToken);
        return true;
    }, cancellationToken);

    public Task ForgetAsync(string journey, CancellationToken cancellationToken) => engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(Kind, journey, null, cancellationToken), cancellationToken);

    static JourneyMark Read(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, JourneyMarkJson.Default.JourneyMark) ?? JourneyMark.None;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JourneyMark))]
sealed partial class JourneyMarkJson : JsonSerializerContext;
