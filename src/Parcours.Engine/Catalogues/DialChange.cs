using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Something of a journey that was set while it ran: the shares of a split, or the entry rate (Semantics 6.3).</summary>
/// <param name="By">Null: nobody is on record.</param>
/// <param name="Version">The newest when it was set.</param>
/// <param name="Point">The split; null: it is the entry rate.</param>
/// <param name="Paths">Of a split, empty else.</param>
/// <param name="Rate">The entry rate; null there: as many as come.</param>
public sealed record DialChange(Instant At, string? By, int Version, string? Point, ImmutableArray<PathShare> Paths, EntryRateSetting? Rate)
{
    internal static DialChange Of(DialRecord record) => new(Microseconds.ToInstant(record.At), record.By, record.Version, record.Point, [.. record.Paths ?? []], record.Rate);
}
