using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Work;

/// <summary>Work over many contacts that goes on after a restart where it stood: kept as a document with its cursor.</summary>
abstract class Job
{
    public const string DocumentKind = "job";

    public const char PartitionMark = '@';

    /// <summary>What it does and to what; of its parts, where it is cut into partitions, all have the same.</summary>
    public abstract string Name { get; }
    public string Id => IdOf(Name, Partitions);
    /// <summary>Whose contacts it goes through: all, or one partition's where processes share them.</summary>
    public PartitionSet Partitions { get; init; } = PartitionSet.All;
    public bool IsDone { get; protected set; }
    /// <summary>False while it waits for a reader.</summary>
    public virtual bool IsReady => !IsDone;
    public abstract JobDocument Document { get; }
    /// <summary>False for what simply begins anew after a restart.</summary>
    public virtual bool IsKept => true;

    public static string IdOf(string name, PartitionSet partitions) => partitions.IsAll ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{PartitionMark}{partitions.First().Index:00}");

    public static PartitionSet PartitionsOf(string id) =>
        id.LastIndexOf(PartitionMark) is > 0 and var mark && byte.TryParse(id.AsSpan(mark + 1), CultureInfo.InvariantCulture, out var index) && index < Partition.Count ? PartitionSet.Of(new(index)) : PartitionSet.All;

    public static JobDocument Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, JobJson.Default.JobDocument)!;

    public byte[] ToJson() => Document.ToJson();

    /// <summary>Does a bounded piece within the turn's transaction and moves its cursor.</summary>
    public abstract ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken);
}

/// <param name="Kind"><c>end</c>, <c>resume</c>, <c>publish</c>, <c>retime</c>, <c>gather</c>, <c>decide</c>, <c>arm</c>, <c>occurrence</c>, <c>forget</c> or <c>discard</c>.</param>
/// <param name="Target">The journey or segment; of <c>forget</c> with the kind before it.</param>
/// <param name="After">The number of the last contact done.</param>
/// <param name="Group">For gathering: which group of partitions.</param>
/// <param name="UpTo">For gathering: events up to this sequence; of what everybody inside is told: the sequence of the order.</param>
/// <param name="Aggregates">For gathering: canonical conditions whose aggregates are new, by the condition's JSON.</param>
/// <param name="Since">For arming, occurrences and discarding: microseconds.</param>
sealed record JobDocument(string Kind, string Target, long After, int Group = 0, long UpTo = 0, IReadOnlyList<string>? Aggregates = null, long Since = 0)
{
    /// <summary>Of an occurrence, the starting points.</summary>
    public IReadOnlyList<string>? Starts { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, JobJson.Default.JobDocument);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(JobDocument))]
sealed partial class JobJson : JsonSerializerContext;
