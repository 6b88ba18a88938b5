using System.Globalization;
using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Publishing over people inside (Semantics 6.4).</summary>
sealed partial class CatalogueService
{
    public async ValueTask<JourneyVersion?> JourneyVersionAsync(JourneyId journey, int version, CancellationToken cancellationToken)
    {
        if (await _store.Queries.DocumentAsync(DocumentKinds.JourneyVersion, string.Create(CultureInfo.InvariantCulture, $"{journey}/{version}"), cancellationToken) is not { } document)
            return null;
        var record = JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.JourneyVersionRecord)!;
        return new(version, document.CreatedAt, new(record.By, record.Note, record.People ?? []), JsonSerializer.SerializeToUtf8Bytes(record.Definition));
    }

    /// <summary>A sweep tells everybody inside of the version; whoever is touched before is mapped then.</summary>
    async ValueTask StartMovingAsync(IStoreUnit unit, JourneyId journey, int version, Instant now, CancellationToken cancellationToken)
    {
        if (version > 1 && _state.Plans.TryGetValue((journey.Value, version), out var plan) && !plan.People.IsEmpty)
            await StartAsync(unit, new SweepJob(journey, SweepKind.Publish, _controlled, 0), now, cancellationToken);
    }

    ValueTask<bool> AreMovingAsync(JourneyId journey, CancellationToken cancellationToken) => AreToldAsync(journey, [SweepKind.Publish], cancellationToken);

    /// <summary>Every rule that names what there is not.</summary>
    List<Problem> PeopleProblems(string journey, JourneyPlan plan)
    {
        var problems = new List<Problem>();
        for (var index = 0; index < plan.People.Length; index++)
        {
            var rule = plan.People[index];
            if (rule.Version is { } version && (version < 1 || version >= plan.Version))
                problems.Add(CatalogueCheck.Error("publish.version", $"/people/{index}/version", $"There is no earlier version {version}; name one from 1 to {plan.Version - 1}, or leave it out for all."));
            else if (!HavePoint(journey, rule, plan.Version))
                problems.Add(CatalogueCheck.Error("publish.point", $"/people/{index}/point", $"No earlier version has the point '{rule.Point}'."));
            if (rule.Fate == PeopleFate.Move && plan.IndexOf(rule.To ?? rule.Point) < 0)
                problems.Add(CatalogueCheck.Error("publish.to", $"/people/{index}/to", $"The draft has no point '{rule.To ?? rule.Point}'; name the one where they go on."));
            if (rule.Fate != PeopleFate.Move && rule.To is not null)
                problems.Add(CatalogueCheck.Error("publish.to", $"/people/{index}/to", "Only those who are moved go to a point."));
        }

        return problems;
    }

    // An older version that is not in memory any more has nobody inside; its points are not asked for.
    bool HavePoint(string journey, PeopleRule rule, int before) =>
        Enumerable.Range(1, before - 1).Where(version => (rule.Version ?? version) == version).Any(version => !_state.Plans.TryGetValue((journey, version), out var plan) || plan.IndexOf(rule.Point) >= 0);
}
