using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>What is known where a condition stands; null: not checked.</summary>
public sealed record ConditionScope
{
    /// <summary>Nothing is known, everything is allowed.</summary>
    public static ConditionScope Open { get; } = new();

    /// <summary>Whether there is an event to look at: in filters of starting points and in journeys.</summary>
    public bool HasEvent { get; init; } = true;
    /// <summary>Whether there is a journey whose messages can be asked about.</summary>
    public bool HasMessages { get; init; } = true;
    /// <summary>The ids of the points that send messages.</summary>
    public IReadOnlySet<string>? MessagePoints { get; init; }
    /// <summary>The properties of contacts that the installation knows, and their types.</summary>
    public IReadOnlyDictionary<string, ValueKind>? PropertyTypes { get; init; }
    public IReadOnlySet<string>? Segments { get; init; }
    public IReadOnlySet<string>? Topics { get; init; }
}
