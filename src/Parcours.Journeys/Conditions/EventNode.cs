using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Conditions;

/// <summary>Compares what a contact's events come to; reads the memory, never an event.</summary>
sealed class EventNode : LeafNode
{
    readonly Condition.Event _condition;
    readonly EventFunction _function;
    readonly EventAggregate _aggregate;
    readonly ValueTest _test;
    readonly long? _window;

    internal EventNode(Condition.Event condition)
    {
        _condition = condition;
        _function = condition.Function ?? EventFunction.Count;
        _test = condition.Is switch
        {
            Comparison.Did => new(Comparison.AtLeast, Value.Of(1m), null, null, true),
            Comparison.DidNot => new(Comparison.LessThan, Value.Of(1m), null, null, true),
            _ => new(condition.Is, condition.Value, condition.Values, condition.Duration, condition.IgnoreCase ?? true, ofEvent: true),
        };
        _window = condition.Window?.Last is { } last ? WindowAggregate.Microseconds(last) : null;
        _aggregate = AggregateOf(condition, _function);
    }

    static EventAggregate AggregateOf(Condition.Event condition, EventFunction function)
    {
        var (names, where, property, window) = (condition.Events, condition.Where, condition.PropertyName, condition.Window);
        if (window is { From: not null } or { To: not null })
            return new FoldedAggregate(names, where, property, function, window.From, window.To);
        if (function == EventFunction.Last)
            return new LatestAggregate(names, where, property, 1);
        if (window?.Last is not { } last)
            return new FoldedAggregate(names, where, property, function, null, null);
        if (function == EventFunction.Count && Needed(condition) is var k and <= LatestAggregate.Most)
            return new LatestAggregate(names, where, null, (int)k);
        return new WindowAggregate(names, where, property, last);
    }

    /// <summary>How far a count must reach for the comparison to be exact.</summary>
    static decimal Needed(Condition.Event condition) => Math.Max(1, condition.Is switch
    {
        Comparison.Did or Comparison.DidNot or Comparison.Known or Comparison.Unknown => 1,
        Comparison.AtLeast or Comparison.LessThan => Math.Ceiling(condition.Value!.Value.AsNumber),
        Comparison.In or Comparison.NotIn or Comparison.Between => Math.Floor(condition.Values!.Max(value => value.AsNumber)) + 1,
        _ => Math.Floor(condition.Value!.Value.AsNumber) + 1,
    });

    internal override bool Holds(in ConditionContext context) => _test.Holds(Actual(context), context.Now, context.Zone);

    Value Actual(in ConditionContext context) => _aggregate.Result(Memory(context), _function, _window, context.Now.ToMicroseconds());

    AggregateMemory? Memory(in ConditionContext context) => context.Contact.Memory.GetValueOrDefault(_aggregate.Id);

    internal override Truth Look(in ConditionContext context)
    {
        var actual = Actual(context);
        var flip = _test.NextFlip(actual, context.Now, context.Zone);
        var change = _aggregate.NextChange(Memory(context), _window, context.Now.ToMicroseconds());
        return new(_test.Holds(actual, context.Now, context.Zone), Earlier(flip, change is { } at ? Microseconds.ToInstant(at) : null));
    }

    internal override bool IsKept => true;

    private protected override string Found(in ConditionContext context)
    {
        var actual = Actual(context);
        // The memory reaches no further than the comparison needs: what is more is not known.
        var more = _aggregate is LatestAggregate latest && _function == EventFunction.Count && actual.AsNumber >= latest.K
            || _function == EventFunction.Distinct && actual.AsNumber >= Fold.Different.Most;
        return more ? $"{actual}+" : actual.ToString();
    }

    private protected override Explanation Told(bool holds, string found, Instant? flipsAt) => new("event", string.Join(", ", _condition.Events), Expected(), found, holds, flipsAt, []);

    string Expected()
    {
        var parts = new List<string>();
        if (_condition.Is is Comparison.Did or Comparison.DidNot)
            parts.Add(Named.Of(_condition.Is));
        else
            parts.AddRange([_condition.PropertyName is { } property ? $"{Named.Of(_function)}({property})" : Named.Of(_function), _test.ToString()]);
        if (_condition.Window is { } window)
            parts.Add(window.Last is { } last ? $"in {IsoDuration.Format(last)}" : $"from {window.From?.ToString() ?? ""} to {window.To?.ToString() ?? ""}");
        if (_condition.Where is { } where)
            parts.Add($"where {where.ToJson()}");
        return string.Join(' ', parts);
    }

    // An event of the future counts from its time on, so every condition on events may flip by time alone.
    internal override Dependencies Dependencies => Dependencies.None with { Events = [.. _condition.Events], Time = true };
    internal override ImmutableArray<AggregateDefinition> Aggregates => [_aggregate];
}
