using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine.Ports;

namespace Parcours.Engine.Work;

/// <summary>Work over many contacts that goes on after a restart where it stood: kept as a document with its cursor.</summary>
abstract class Job
{
    public const string DocumentKind = "job";

    public abstract string Id { get; }
    public bool IsDone { get; protected set; }
    /// <summary>False while it waits for a reader.</summary>
    public virtual bool IsReady => !IsDone;
    public abstract JobDocument Document { get; }
    /// <summary>False for what simply begins anew after a restart.</summary>
    public virtual bool IsKept => true;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(Document, JobJson.Default.JobDocument);

    /// <summary>Does a bounded piece within the turn's transaction and moves its cursor.</summary>
    public abstract ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken);
}

/// <param name="Kind"><c>end</c>, <c>resume</c>, <c>retime</c>, <c>gather</c> or <c>decide</c>.</param>
/// <param name="Target">The journey or segment.</param>
/// <param name="After">The number of the last contact done.</param>
/// <param name="Group">For gathering: which group of partitions.</param>
/// <param name="UpTo">For gathering: events up to this sequence.</param>
/// <param name="Aggregates">For gathering: canonical conditions whose aggregates are new, by the condition's JSON.</param>
sealed record JobDocument(string Kind, string Target, long After, int Group = 0, long UpTo = 0, IReadOnlyList<string>? Aggregates = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(JobDocument))]
sealed partial class JobJson : JsonSerializerContext;
