using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

/// <summary>From a definition to a plan: ids become small integers, conditions become ready to be asked.</summary>
public static class JourneyCompiler
{
    /// <summary>The number of the semantics that new versions are published under (Semantics 13.2).</summary>
    public const int CurrentSemantics = 1;

    /// <summary>Compiles a definition of which <see cref="JourneyCheck"/> found no error.</summary>
    /// <param name="version">1 for the first version.</param>
    /// <param name="installationZone">What holds where the journey names no time zone.</param>
    /// <param name="semantics">The number that the version was published under.</param>
    /// <param name="people">What becomes of those inside; empty: all are kept in their versions.</param>
    /// <param name="publishedAt">From when its experiments run.</param>
    /// <param name="pinnedContents">The versions of the contents that it pins.</param>
    /// <exception cref="ArgumentException">The definition has errors that a check would have told.</exception>
    public static JourneyPlan Compile(JourneyDefinition definition, int version, DateTimeZone installationZone, int semantics = CurrentSemantics, ImmutableArray<PeopleRule> people = default, Instant publishedAt = default, IReadOnlyDictionary<string, int>? pinnedContents = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        var settings = definition.Settings ?? new();
        var aggregates = new Dictionary<AggregateId, AggregateDefinition>();
        var indexes = definition.Points.Keys.Select((id, index) => (id, index)).ToDictionary(point => point.id, point => point.index, StringComparer.Ordinal);

        var here = settings.TimeZone is { } zone ? Zone(zone) : installationZone;
        var stages = settings.StageProperty is null ? null : new StagePlan(definition, indexes);
        var points = definition.Points.Select((point, index) => point.Value.Compile(new(
            settings, point.Key, index, [.. point.Value.Exits().Select(exit => new PlanEdge(exit.Edge, Onward(exit.Target, index)))], here, Condition)));
        var starts = definition.Start.Select(start => start.Compile(new(settings, start.Id, -1, [], here, Condition), IndexOf(start.Next)));

        return new()
        {
            Id = new(definition.Id),
            Version = version,
            Semantics = semantics,
            PublishedAt = publishedAt,
            PinnedContents = pinnedContents?.ToImmutableDictionary(StringComparer.Ordinal) ?? ImmutableDictionary<string, int>.Empty,
            Definition = definition,
            Zone = here,
            Points = [.. points],
            Starts = [.. starts],
            Eligibility = Optional(settings.Eligibility),
            Exclusion = Optional(settings.Exclusions),
            Goal = Optional(settings.Goal),
            Exits = [.. (settings.Exits ?? []).Select(exit => new PlanExit(exit.Name, Condition(exit.When)))],
            ReEntry = new(settings.ReEntry?.Kind ?? ReEntry.Never, settings.ReEntry?.Interval),
            EventKey = settings.EventKey,
            Stages = stages,
            People = people.IsDefault ? [] : people,
            EntryRate = settings.EntryRate?.ToRate(),
            WhilePaused = settings.WhilePaused,
            StartsAt = settings.StartsAt,
            EndsAt = settings.EndsAt,
            // Last, when every condition has said what it needs. By id, so that equal definitions make equal plans.
            Aggregates = [.. aggregates.OrderBy(pair => pair.Key.Value).Select(pair => pair.Value)],
        };

        int IndexOf(string? target) =>
            target is null ? -1 : indexes.TryGetValue(target, out var index) ? index : throw new ArgumentException($"No point of '{definition.Id}' has the id '{target}'.", nameof(definition));

        // A line that ends in a stage leads nowhere: the contact rests there.
        int Onward(string? target, int from) => target is null && stages?.StageOf(from) is >= 0 and var stage ? PlanEdge.RestIn(stage) : IndexOf(target);

        CompiledCondition? Optional(Condition? condition) => condition is null ? null : Condition(condition);

        CompiledCondition Condition(Condition condition)
        {
            var compiled = ConditionCompiler.Compile(condition);
            foreach (var aggregate in compiled.Aggregates)
                aggregates[aggregate.Id] = aggregate;
            return compiled;
        }
    }

    static DateTimeZone Zone(string id) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? throw new ArgumentException($"'{id}' is no time zone.", nameof(id));
}
