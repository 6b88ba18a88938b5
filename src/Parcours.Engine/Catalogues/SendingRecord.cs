using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Catalogues;

/// <summary>Whether anything leaves: kept as one document of kind <see cref="DocumentKinds.Sending"/>, and in force by a control entry as all that is defined (Semantics 6.2, 12.3).</summary>
/// <param name="Held">Messages are decided and wait; nothing is handed to a provider.</param>
/// <param name="Why">One of the words here.</param>
/// <param name="Since">When it came to be so: microseconds.</param>
public sealed record SendingRecord(bool Held, string Why, long Since)
{
    public const string DocumentId = "state";

    /// <summary>A backup was restored: what was sent since it was made is not known.</summary>
    public const string Restored = "restored";

    /// <summary>Somebody said so.</summary>
    public const string Ordered = "ordered";

    /// <summary>The time since which it is so.</summary>
    public Instant At => Microseconds.ToInstant(Since);

    public static SendingRecord HeldSince(Instant at, string why) => new(true, why, at.ToMicroseconds());

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CatalogueJson.Default.SendingRecord);

    public static SendingRecord Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, CatalogueJson.Default.SendingRecord)!;
}
