using System.Collections.Immutable;

namespace Parcours.Journeys.Plans;

/// <summary>Users who look after something together.</summary>
/// <param name="Members">E-mail addresses, in the order in which their turns come; each once.</param>
public sealed record Team(string Name, ImmutableArray<string> Members);
