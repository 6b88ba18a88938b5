using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>One stimulus for one contact, with all that the machine may know of when and whence.</summary>
/// <param name="Now">The partition's clock (Semantics 1.3).</param>
/// <param name="OccurredAt">The sender's time, corrected; equals <paramref name="Now"/> where nobody gave one. Clamped already (Semantics 2.2).</param>
/// <param name="Sequence">The entry's number, or for timers and send results the number of the item; rises within the partition.</param>
/// <param name="StartsAllowed">False for imports that did not ask to start journeys; starting points then take nothing (Semantics 2.6).</param>
/// <param name="ContactIsNew">The contact has no stored row yet: it is counted, and enters the segments of which somebody unknown is a member.</param>
public sealed record BurstInput(Stimulus Stimulus, Origin Origin, Instant Now, Instant OccurredAt, long Sequence, bool StartsAllowed = true, bool ContactIsNew = false);
