using NodaTime;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Contacts;

/// <summary>A marketing message that a frequency cap counts (Semantics 10.2).</summary>
/// <param name="At">When it was handed over; until then, when it was decided.</param>
/// <param name="Pending">It may still leave: it counts however long ago it was decided.</param>
public readonly record struct SentMark(MessageKey Key, string Channel, string Topic, Instant At, bool Pending);
