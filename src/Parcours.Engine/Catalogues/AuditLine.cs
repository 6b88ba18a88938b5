using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Catalogues;

/// <summary>A line of the audit log: who changed what, and when.</summary>
/// <param name="By">A user's address, the name of a key, or one of the words here.</param>
/// <param name="Act">The operation's name, as in the API's document.</param>
/// <param name="Target">What it was done to: the parts of the address.</param>
/// <param name="Revision">Of the document, after it.</param>
/// <param name="Said">Of settings: what was ordered.</param>
public sealed record AuditLine(string By, string Act, string? Target, long? Revision = null, JsonElement? Said = null)
{
    /// <summary>How its documents are kept.</summary>
    public const string Kind = "audit";

    /// <summary>Done by nobody: its time had come, or the figures said so.</summary>
    public const string ByItself = "parcours";

    /// <summary>Done with a command beside the data.</summary>
    public const string ByCommand = "command line";

    static uint _written;

    /// <summary>Writes it in the unit of what it tells of, or after that.</summary>
    public async ValueTask WriteAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken) =>
        await unit.WriteDocumentAsync(Kind, IdOf(now), JsonSerializer.SerializeToUtf8Bytes(this, AuditJson.Default.AuditLine), 0, now, cancellationToken);

    public static AuditLine Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, AuditJson.Default.AuditLine)!;

    /// <summary>The newest is the first: ids fall with time, and within an instant with the order in which they were written. Those of two nodes differ by what they say.</summary>
    string IdOf(Instant now) =>
        string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - now.ToMicroseconds():D19}-{uint.MaxValue - Interlocked.Increment(ref _written):D10}-{Hashes.Guid($"audit\0{By}\0{Act}\0{Target}\0{Revision}"):N}");

    public static Instant TimeOf(string id) => Microseconds.ToInstant(long.MaxValue - long.Parse(id.AsSpan(0, 19), CultureInfo.InvariantCulture));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditLine))]
sealed partial class AuditJson : JsonSerializerContext;
