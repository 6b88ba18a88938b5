using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.Definitions;

/// <summary>All that a journey or a segment names: what must stay as long as it is live, and what its page lists as used.</summary>
/// <remarks>The check itself notes them (<see cref="CheckContext.Uses(UsedKind, string)"/>): what is asked for is what is used, so a new kind of point says it in one place.</remarks>
public static class JourneyUses
{
    /// <returns>In the order of the definition's parts; each thing once for each place.</returns>
    public static IReadOnlyList<Use> Of(JourneyDefinition definition) => JourneyCheck.Uses(definition);

    /// <param name="json">A draft: of one that cannot be read as a whole, what its readable parts name.</param>
    /// <inheritdoc cref="Of(JourneyDefinition)"/>
    public static IReadOnlyList<Use> Of(ReadOnlyMemory<byte> json) => JourneyCheck.Check(json, AnyReferences.Instance).Uses;

    /// <summary>What a segment's condition names.</summary>
    public static IReadOnlyList<Use> Of(Condition condition) => SegmentCheck.Uses(condition);
}
