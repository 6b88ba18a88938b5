using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Conditions;

/// <summary>What a condition is evaluated over.</summary>
/// <param name="Contact">The contact as it stands in the burst.</param>
/// <param name="Now">The partition's clock; nothing else is a clock here.</param>
/// <param name="Event">The event that a filter looks at, or that started the enrolment; null elsewhere.</param>
/// <param name="Enrolment">The enrolment whose messages are asked about; null outside a journey.</param>
/// <param name="Zone">For calendar days: the journey's zone, else the installation's.</param>
public readonly record struct ConditionContext(Contact Contact, Instant Now, ContactEvent? Event = null, Enrolment? Enrolment = null, DateTimeZone? Zone = null);

/// <summary>The answer of a condition now, and when it changes by itself.</summary>
/// <param name="FlipsAt">The earliest instant at which the answer may differ with nothing else happening; between now and then it does not. Null: never.</param>
public readonly record struct Truth(bool Holds, Instant? FlipsAt);

/// <summary>Which changes can alter a condition's answer (or are heard by a point); everything else need not ask it.</summary>
/// <param name="Time">Whether the answer can flip by time alone.</param>
public sealed record Dependencies(
    ImmutableHashSet<string> Events,
    ImmutableHashSet<string> Properties,
    ImmutableHashSet<string> Tags,
    ImmutableHashSet<string> Lists,
    ImmutableHashSet<string> Segments,
    bool Consent = false,
    bool Messages = false,
    bool Time = false)
{
    /// <summary>Journeys whose end is heard.</summary>
    public ImmutableHashSet<string> Journeys { get; init; } = [];

    /// <summary>Journeys in which it matters where contacts stand.</summary>
    public ImmutableHashSet<string> Positions { get; init; } = [];

    public static Dependencies None { get; } = new([], [], [], [], []);
    public Dependencies Union(Dependencies other) => new(
        Events.Union(other.Events), Properties.Union(other.Properties), Tags.Union(other.Tags), Lists.Union(other.Lists), Segments.Union(other.Segments),
        Consent || other.Consent, Messages || other.Messages, Time || other.Time)
    {
        Journeys = Journeys.Union(other.Journeys),
        Positions = Positions.Union(other.Positions),
    };
}

/// <summary>A condition ready to be asked: no look-up by name of a definition, no allocation in <see cref="Holds"/>.</summary>
/// <remarks>Made by <c>ConditionCompiler</c>; immutable and thread-safe.</remarks>
public abstract class CompiledCondition
{
    public abstract Dependencies Dependencies { get; }

    /// <summary>The aggregates whose memory the contact must keep for this condition, those of nested conditions included.</summary>
    public abstract ImmutableArray<AggregateDefinition> Aggregates { get; }

    public abstract bool Holds(in ConditionContext context);

    /// <summary>The answer and when it flips by itself. A segment named inside is read as stored and never flips here (Semantics 7.5).</summary>
    public abstract Truth Evaluate(in ConditionContext context);

    /// <summary>The tree as it was evaluated, with the values that decided (Semantics 11.3).</summary>
    public abstract Explanation Explain(in ConditionContext context);

    /// <summary>One bit a leaf in definition order (first leaf = lowest bit, at most 64 leaves) for the history row (Semantics 11.3).</summary>
    public abstract ulong LeafBits(in ConditionContext context);

    /// <summary>The short values that decided, leaf by leaf, for the history row beside the bits; null: the bits say all.</summary>
    public abstract string? LeafValues(in ConditionContext context);

    /// <summary>The tree as it was when <paramref name="bits"/> and <paramref name="values"/> were recorded.</summary>
    public abstract Explanation Recall(ulong bits, string? values);
}

/// <summary>One node of an explained condition.</summary>
/// <param name="Kind">The condition's <c>kind</c>.</param>
/// <param name="Subject">What was looked at: a property's, tag's, event's name; empty for all/any/not.</param>
/// <param name="Expected">The comparison as the definition has it, in a form independent of language, e.g. <c>greaterThan 100</c>.</param>
/// <param name="Actual">The values found.</param>
public sealed record Explanation(string Kind, string Subject, string Expected, string Actual, bool Holds, Instant? FlipsAt, ImmutableArray<Explanation> Parts);
