using System.Collections.Immutable;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Plans;

/// <summary>The stages of a journey that a property drives: which point each value stands for, and which stage each point belongs to (Semantics 3.9).</summary>
public sealed class StagePlan
{
    readonly ImmutableDictionary<Value, int> _points;
    readonly ImmutableArray<int> _stages;
    readonly ImmutableHashSet<int> _ends;
    readonly ImmutableDictionary<int, Value> _first;
    readonly int _empty;

    internal StagePlan(JourneyDefinition definition, IReadOnlyDictionary<string, int> indexes)
    {
        Property = definition.Settings!.StageProperty!;
        var points = ImmutableDictionary.CreateBuilder<Value, int>();
        _empty = -1;
        foreach (var (id, point) in definition.Points)
        {
            foreach (var value in (point is StagePoint stage ? stage.Values : (point as EndPoint)?.Values) ?? [])
                points[value] = indexes[id];
            if (point is StagePoint { TakesEmpty: true })
                _empty = indexes[id];
        }

        _first = definition.Points.Where(point => point.Value is StagePoint { Values.Count: > 0 }).ToImmutableDictionary(point => indexes[point.Key], point => ((StagePoint)point.Value).Values[0]);
        _points = points.ToImmutable();
        _ends = [.. definition.Points.Where(point => point.Value.IsEnd).Select(point => indexes[point.Key])];
        var regions = StageRegions.Of(definition);
        _stages = [.. definition.Points.Keys.Select(id => regions.TryGetValue(id, out var of) ? indexes[of[0]] : -1)];
    }

    /// <summary>The contact property whose value is the truth.</summary>
    public string Property { get; }

    /// <summary>The index of the stage or end that a value stands for; −1: none.</summary>
    public int Find(Value value) => value.IsNone ? _empty : _points.GetValueOrDefault(value, -1);

    /// <summary>The index of the stage that a point belongs to, a stage to itself; −1: to none.</summary>
    public int StageOf(int point) => point < 0 || point >= _stages.Length ? -1 : _stages[point];

    /// <summary>The value that is set where somebody comes into a stage by a line or by hand.</summary>
    public Value ValueOf(int stage) => _first[stage];

    public bool IsEnd(int point) => _ends.Contains(point);
}
