using System.Collections.Concurrent;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Definitions;

namespace Parcours.Api;

/// <summary>All journeys, read once for each state of the catalogue: lists, search and the summary look through them again and again.</summary>
/// <remarks>There are a thousand at most that are live (Semantics 16.4), and drafts and ended ones besides.</remarks>
sealed class JourneyShelf(IEngine engine)
{
    const int PageLength = 500;
    volatile Held? _held;
    readonly ConcurrentDictionary<string, (long Revision, IReadOnlyList<Use> Uses)> _uses = new(StringComparer.Ordinal);

    sealed record Held(long Revision, IReadOnlyList<JourneyDocument> Journeys);

    public async ValueTask<IReadOnlyList<JourneyDocument>> AllAsync(CancellationToken cancellationToken)
    {
        // Read before the journeys: should one change meanwhile, what is read is newer than its number says and is read again.
        var revision = engine.Current.Revision;
        if (_held is { } held && held.Revision == revision)
            return held.Journeys;
        var journeys = new List<JourneyDocument>();
        for (string? after = null; ; after = journeys[^1].Id.Value)
        {
            var page = await engine.Catalogue.JourneysAsync(after, PageLength, cancellationToken);
            journeys.AddRange(page);
            if (page.Count < PageLength)
                break;
        }

        _held = new(revision, journeys);
        return journeys;
    }

    /// <summary>What its draft names.</summary>
    public IReadOnlyList<Use> UsesOf(JourneyDocument journey)
    {
        if (_uses.TryGetValue(journey.Id.Value, out var held) && held.Revision == journey.Revision)
            return held.Uses;
        var uses = JourneyUses.Of(journey.Definition);
        _uses[journey.Id.Value] = (journey.Revision, uses);
        return uses;
    }
}
