using System.Text.Json;

namespace Parcours.Journeys.Plans;

/// <summary>What an action asks of whoever uses it.</summary>
/// <param name="Required">Without a default somebody must say it.</param>
/// <param name="Default">What holds where nothing is said; null: nothing does.</param>
public sealed record ActionInput(string Name, ActionInputType Type, bool Required, JsonElement? Default, IReadOnlyList<string> Choices);
