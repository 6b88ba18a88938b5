using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>What a burst answers to whoever sent its entry by way of another process: a document in the commit of the burst, read by who waits, and dropped soon after (Semantics 15.9).</summary>
sealed class Reply(long sequence)
{
    public const string DocumentKind = "reply";

    public string Id => IdOf(sequence);
    public Refusal? Refused { get; private set; }
    public List<Refusal> Parts { get; } = [];
    public EnrolmentId? Entered { get; set; }
    public bool LeftAsItWas { get; set; }

    /// <summary>Taken, and nothing more to say: that is told by the cursor alone.</summary>
    public bool IsPlain => Refused is null && Entered is null && Parts.Count == 0 && !LeftAsItWas;

    /// <summary>In the order of time.</summary>
    public static string IdOf(long sequence) => sequence.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    public void Refuse(Refusal refusal) => Refused = refusal;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(new ReplyDocument(Refused, Parts.Count == 0 ? null : Parts, Entered?.Value, LeftAsItWas ? true : null), ReplyJson.Default.ReplyDocument);

    public static ReplyDocument Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, ReplyJson.Default.ReplyDocument)!;
}

sealed record ReplyDocument(Refusal? Refused, IReadOnlyList<Refusal>? Parts, Guid? Entered, bool? LeftAsItWas = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReplyDocument))]
sealed partial class ReplyJson : JsonSerializerContext;
