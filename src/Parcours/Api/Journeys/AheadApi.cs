using NodaTime;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>What a draft would do with people as they are now, asked of some of them: bounded, however many there are.</summary>
static class AheadApi
{
    public static void Map(RouteGroupBuilder journeys)
    {
        journeys.MapGet("{id}/points/{point}/shares", SharesAsync).WithName("point-shares").WithSummary("How many of those who may enter now would go each way at a point of the draft that asks what a contact is (if, branch, switch). Asked of a thousand contacts at most, evenly over all, for two seconds at most.").Produces<SharesView>().Fails(404);
        journeys.MapGet("{id}/first-effects", FirstEffectsAsync).WithName("journey-first-effects").WithSummary("The first seven days of the draft, seen ahead: about two hundred of those who may enter now are sent through it, thirty a day, with nobody doing anything meanwhile. Nothing of it is kept, and nothing is sent.").Produces<FirstEffectsView>().Fails(404);
    }

    static async Task<IResult> SharesAsync(string id, string point, IEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        // As far as the draft can be read: it is being written.
        if (JourneyCheck.Check(journey.Definition, AnyReferences.Instance).Definition is not { } definition || !definition.Points.TryGetValue(point, out var asked))
            return new ProblemAnswer(Problems.NotFound($"point '{point}' in the draft of journey '{id}'"));
        var parts = ReviewApi.Eligible(definition);
        var total = await ContactSearchApi.TotalAsync(engine, cancellationToken);
        var shares = await WayShares.OfAsync(engine, time, asked, parts.Count == 0 ? null : new Condition.All(parts), total, cancellationToken);
        return Results.Ok(new SharesView(
            shares.Ways is { } ways ? [.. asked.Exits().Zip(ways, static (exit, contacts) => new WayView(exit.Edge, contacts))] : null, shares.Eligible, shares.Looked, shares.All, shares.AsOf.ToApi()));
    }

    static async Task<IResult> FirstEffectsAsync(string id, IEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var problems = await engine.Catalogue.CheckJourneyAsync(journey.Definition, cancellationToken);
        if (problems.Any(static problem => problem.Severity == Severity.Error) || JourneyCheck.Check(journey.Definition, AnyReferences.Instance).Definition is not { } definition)
            return Results.Ok(new FirstEffectsView([], 0, engine.Now.ToApi()));
        var effects = await FirstEffects.OfAsync(engine, time, definition, await ContactSearchApi.TotalAsync(engine, cancellationToken), cancellationToken);
        var today = effects.AsOf.InZone(effects.Zone).Date;
        return Results.Ok(new FirstEffectsView(
            [.. effects.Entered.Select((entered, day) => new EntryDayView(today.PlusDays(day).ToDateOnly(), entered,
                [.. effects.Times.Where(pair => pair.Key.Entered == day).OrderBy(pair => pair.Key.Day).ThenBy(pair => pair.Key.Point, StringComparer.Ordinal).Select(pair => new EffectView(pair.Key.Point, pair.Key.Day, pair.Value))]))],
            effects.Looked, effects.AsOf.ToApi()));
    }
}

/// <param name="Ways">By the point's lines, in their order. Null: it cannot be asked ahead, for it hangs on what brings a contact in or on what happens inside; or what is asked has errors.</param>
/// <param name="Eligible">How many of those looked at may enter now: the whole of which the ways are parts.</param>
/// <param name="Looked">How many contacts were looked at, evenly over all.</param>
/// <param name="All">Whether these are all that there are.</param>
sealed record SharesView(IReadOnlyList<WayView>? Ways, long Eligible, long Looked, bool All, DateTimeOffset AsOf);

/// <param name="Edge">The line's name, as counters call it: yes and no, a path's name, otherwise.</param>
sealed record WayView(string Edge, long Contacts);

/// <param name="Days">The first seven days, by those who come in on each; empty where the draft has errors.</param>
/// <param name="Looked">How many contacts were looked at to find so many who may enter.</param>
sealed record FirstEffectsView(IReadOnlyList<EntryDayView> Days, long Looked, DateTimeOffset AsOf);

/// <param name="Day">In the journey's zone.</param>
/// <param name="Entered">How many of the sample came in on this day.</param>
/// <param name="Effects">What became of them by the end of the seventh day.</param>
sealed record EntryDayView(DateOnly Day, int Entered, IReadOnlyList<EffectView> Effects);

/// <param name="Point">Where: a message would leave there, or another action was done; rules that were passed stand here too.</param>
/// <param name="Day">On which of the seven days: 0 is the first.</param>
/// <param name="Times">How often.</param>
sealed record EffectView(string Point, int Day, int Times);
