using System.Globalization;
using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>What may vary while a version runs (Semantics 6.3): the shares of its splits, and its entry rate.</summary>
/// <remarks>Kept in a document of its own, as the winners of experiments: the journey's would have another revision, and whoever edits it would be told of somebody else's edit.</remarks>
sealed partial class CatalogueService
{
    /// <summary>How many changes are listed; what holds stays whatever their number.</summary>
    const int DialChangesMost = 500;

    public async ValueTask<IReadOnlyList<DialChange>> DialChangesAsync(JourneyId journey, CancellationToken cancellationToken) =>
        _engine.Catalogue.Journeys.FirstOrDefault(one => one.Id == journey)?.Versions.GetValueOrDefault(1) is { } first
            && await _store.Queries.DocumentAsync(DocumentKinds.JourneyDials, journey.Value, cancellationToken) is { } document
            // Those of a deleted journey are none of one that has its id now.
            ? [.. JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.DialsRecord)!.Changes.Reverse().Select(DialChange.Of).Where(change => change.At >= first.PublishedAt)]
            : [];

    public Task<CatalogueAnswer> SetSharesAsync(JourneyId journey, string point, IReadOnlyList<PathShare> paths, string? by, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (Running(journey) is not var (live, plan))
                return Refuse("dial.not-live", "Only what runs can be set anew: the draft says what the next version begins with.");
            if (plan.IndexOf(point) is not (>= 0 and var index) || plan.Points[index].Split is not { } split)
                return Refuse("dial.no-split", $"The live version has no split at a point '{point}'.", new Dictionary<string, string> { ["point"] = point });
            if (!paths.Select(path => path.Name).Order(StringComparer.Ordinal).SequenceEqual(split.Paths.Select(path => path.Name).Order(StringComparer.Ordinal)))
                return Refuse("dial.paths", $"Name each path of the split once: {string.Join(", ", split.Paths.Select(path => path.Name))}.", new Dictionary<string, string> { ["paths"] = string.Join(", ", split.Paths.Select(path => path.Name)) });
            if (paths.FirstOrDefault(path => path.Share is < 0 or > 100) is { Name: not null } wrong)
                return Refuse(ProblemCodes.SplitShare, "A share is a percentage from 0 to 100.", new Dictionary<string, string> { ["share"] = wrong.Share.ToString(CultureInfo.InvariantCulture) });
            if (paths.Sum(path => path.Share) is var sum && sum != 100)
                return Refuse(ProblemCodes.SplitSum, $"The shares make {sum.ToString(CultureInfo.InvariantCulture)}; change them so that they make 100.", new Dictionary<string, string> { ["sum"] = sum.ToString(CultureInfo.InvariantCulture) });
            var ordered = split.Paths.Select(path => paths.First(one => one.Name == path.Name)).ToList();
            if ((live.Dials.SharesAt(point, split.Fingerprint)?.Paths ?? split.Paths).SequenceEqual(ordered))
                return new CatalogueAnswer.Done(held.Document, null, []);
            return await WhileUpgradingAsync(cancellation) is { } upgrading
                ? upgrading
                : await WriteDialAsync(live, new(now.ToMicroseconds(), by, plan.Version, point, split.Fingerprint, ordered), now, cancellation);
        }, cancellationToken);

    public Task<CatalogueAnswer> SetEntryRateAsync(JourneyId journey, EntryRateSetting? rate, string? by, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (!_state.Journeys.TryGetValue(journey.Value, out var held))
                return new CatalogueAnswer.NotFound();
            if (Running(journey) is not var (live, plan))
                return Refuse("dial.not-live", "Only what runs can be set anew: the draft says what the next version begins with.");
            if (rate is { Most: < 1 or > EntryRate.MostMax })
                return Refuse(ProblemCodes.EntryRate, "Say how many may enter: a whole number from 1 to 1,000,000.", new Dictionary<string, string> { ["most"] = rate.Most.ToString(CultureInfo.InvariantCulture) });
            if (live.EntryRate == rate?.ToRate())
                return new CatalogueAnswer.Done(held.Document, null, []);
            return await WhileUpgradingAsync(cancellation) is { } upgrading
                ? upgrading
                : await WriteDialAsync(live, new(now.ToMicroseconds(), by, plan.Version, null, OfRate: EntryRateSetting.Of(plan.EntryRate), Rate: rate), now, cancellation);
        }, cancellationToken);

    (LiveJourney Journey, JourneyPlan Plan)? Running(JourneyId journey) =>
        _engine.Catalogue.Journeys.FirstOrDefault(one => one.Id == journey) is { Status: JourneyStatus.Live or JourneyStatus.Paused } live && live.Versions.TryGetValue(live.Newest, out var plan) ? (live, plan) : null;

    ValueTask<CatalogueAnswer> WriteDialAsync(LiveJourney journey, DialRecord change, Instant now, CancellationToken cancellationToken)
    {
        List<DialRecord> changes = [.. _state.ChangesOf(journey.Id.Value, journey.Versions), change];
        for (var index = 0; changes.Count > DialChangesMost && index < changes.Count;)
            if (changes.FindLastIndex(other => other.Point == changes[index].Point) == index)
                index++;
            else
                changes.RemoveAt(index);
        return ChangeAsync("dial", DocumentKinds.JourneyDials, journey.Id.Value, JsonSerializer.SerializeToUtf8Bytes(new DialsRecord(changes), CatalogueJson.Default.DialsRecord), null, now, null, null, [], cancellationToken);
    }
}
