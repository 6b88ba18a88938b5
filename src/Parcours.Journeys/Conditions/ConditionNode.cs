using System.Collections.Immutable;
using NodaTime;

namespace Parcours.Journeys.Conditions;

/// <summary>One compiled node of a condition.</summary>
abstract class ConditionNode
{
    /// <summary>The answer.</summary>
    /// <remarks>Hot path: bench/StepBench. No allocation.</remarks>
    internal abstract bool Holds(in ConditionContext context);

    /// <summary>The answer, and an instant before which it does not change by itself; it need not change there.</summary>
    internal abstract Truth Look(in ConditionContext context);

    internal abstract Explanation Explain(in ConditionContext context);

    /// <summary>As it was when its leaves were recorded.</summary>
    internal abstract Explanation Recall(LeafRecord record);

    /// <summary>The leaves in definition order; a leaf itself.</summary>
    internal virtual IEnumerable<ConditionNode> Leaves => [this];
    internal abstract Dependencies Dependencies { get; }
    internal virtual ImmutableArray<AggregateDefinition> Aggregates => [];

    // Enough to see through what real conditions pile up; a timer that fires early re-arms (Semantics 7.6).
    const int Looks = 64;

    /// <summary>The answer and when it flips: asks again at each instant at which something changes, until the answer differs.</summary>
    internal Truth Evaluate(in ConditionContext context)
    {
        var now = Look(context);
        var next = now.FlipsAt;
        for (var look = 0; look < Looks && next is { } at; look++)
        {
            var then = Look(context with { Now = at });
            if (then.Holds != now.Holds)
                return now with { FlipsAt = at };
            next = then.FlipsAt;
        }
        return now with { FlipsAt = next };
    }

    private protected static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other ?? one : one;
}

sealed class AllNode(ImmutableArray<ConditionNode> of) : ConditionNode
{
    internal override bool Holds(in ConditionContext context)
    {
        foreach (var part in of)
            if (!part.Holds(context))
                return false;
        return true;
    }

    internal override Truth Look(in ConditionContext context) => Groups.Look(of, whenAll: true, context);
    internal override Explanation Explain(in ConditionContext context) => Groups.Explain(this, "all", of, context);
    internal override Explanation Recall(LeafRecord record) => Groups.Recall("all", of, record, static parts => parts.All(part => part.Holds));
    internal override IEnumerable<ConditionNode> Leaves => of.SelectMany(part => part.Leaves);
    internal override Dependencies Dependencies => Groups.Dependencies(of);
    internal override ImmutableArray<AggregateDefinition> Aggregates => [.. of.SelectMany(part => part.Aggregates)];
}

sealed class AnyNode(ImmutableArray<ConditionNode> of) : ConditionNode
{
    internal override bool Holds(in ConditionContext context)
    {
        foreach (var part in of)
            if (part.Holds(context))
                return true;
        return false;
    }

    internal override Truth Look(in ConditionContext context) => Groups.Look(of, whenAll: false, context);
    internal override Explanation Explain(in ConditionContext context) => Groups.Explain(this, "any", of, context);
    internal override Explanation Recall(LeafRecord record) => Groups.Recall("any", of, record, static parts => parts.Any(part => part.Holds));
    internal override IEnumerable<ConditionNode> Leaves => of.SelectMany(part => part.Leaves);
    internal override Dependencies Dependencies => Groups.Dependencies(of);
    internal override ImmutableArray<AggregateDefinition> Aggregates => [.. of.SelectMany(part => part.Aggregates)];
}

sealed class NotNode(ConditionNode of) : ConditionNode
{
    internal override bool Holds(in ConditionContext context) => !of.Holds(context);

    internal override Truth Look(in ConditionContext context)
    {
        var inner = of.Look(context);
        return inner with { Holds = !inner.Holds };
    }

    internal override Explanation Explain(in ConditionContext context) => Groups.Explain(this, "not", [of], context);
    internal override Explanation Recall(LeafRecord record) => Groups.Recall("not", [of], record, static parts => !parts[0].Holds);
    internal override IEnumerable<ConditionNode> Leaves => of.Leaves;
    internal override Dependencies Dependencies => of.Dependencies;
    internal override ImmutableArray<AggregateDefinition> Aggregates => of.Aggregates;
}

static class Groups
{
    /// <summary>All of several, or (<paramref name="whenAll"/> false) any of them, which is its mirror image.</summary>
    internal static Truth Look(ImmutableArray<ConditionNode> of, bool whenAll, in ConditionContext context)
    {
        Instant? first = null;
        // Those that decide alone: of an all that is false the false ones, of an any that is true the true ones. All of them must turn before the answer can.
        var (deciding, last, stuck) = (false, Instant.MinValue, false);
        foreach (var part in of)
        {
            var truth = part.Look(context);
            if (truth.Holds == whenAll)
            {
                first = first is null || truth.FlipsAt < first ? truth.FlipsAt ?? first : first;
                continue;
            }
            deciding = true;
            stuck |= truth.FlipsAt is null;
            last = truth.FlipsAt is { } at && at > last ? at : last;
        }
        return deciding ? new(!whenAll, stuck ? null : last) : new(whenAll, first);
    }

    internal static Explanation Explain(ConditionNode group, string kind, ImmutableArray<ConditionNode> of, in ConditionContext context)
    {
        var parts = ImmutableArray.CreateBuilder<Explanation>(of.Length);
        foreach (var part in of)
            parts.Add(part.Explain(context));
        var truth = group.Evaluate(context);
        return new(kind, "", "", "", truth.Holds, truth.FlipsAt, parts.MoveToImmutable());
    }

    internal static Explanation Recall(string kind, ImmutableArray<ConditionNode> of, LeafRecord record, Func<ImmutableArray<Explanation>, bool> holds)
    {
        var parts = ImmutableArray.CreateBuilder<Explanation>(of.Length);
        foreach (var part in of)
            parts.Add(part.Recall(record));
        var all = parts.MoveToImmutable();
        return new(kind, "", "", "", holds(all), null, all);
    }

    internal static Dependencies Dependencies(ImmutableArray<ConditionNode> of) => of.Aggregate(Conditions.Dependencies.None, (sum, part) => sum.Union(part.Dependencies));
}
