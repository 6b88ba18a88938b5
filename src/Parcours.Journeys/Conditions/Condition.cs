namespace Parcours.Journeys.Conditions;

/// <summary>One node of a condition tree: used by segments, if/else, event filters, goals, exits, eligibility and search.</summary>
/// <remarks>The JSON form carries the discriminator <c>kind</c>. Durations are ISO 8601 (<c>P30D</c>, days of 24 h), instants ISO 8601 with offset, dates <c>yyyy-MM-dd</c>.</remarks>
public abstract partial record Condition;
