namespace Parcours.Journeys.Definitions;

/// <summary>A journey as an author writes it: the JSON document of docs/journeys.md, schema docs/journey.schema.json.</summary>
public sealed partial record JourneyDefinition;
