using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Journeys.Points;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Journeys.Definitions;

/// <summary>A journey as an author writes it: the JSON document of docs/journeys.md, schema docs/journey.schema.json.</summary>
/// <remarks>Read and written by <see cref="JourneyJson"/>; judged by <see cref="JourneyCheck"/>, which alone makes sure that one can be compiled.</remarks>
[Description("A customer journey of Parcours: who enters it where, and the points that they travel through.")]
public sealed partial record JourneyDefinition
{
    /// <summary>The only format there is.</summary>
    public const int CurrentFormat = 1;

    [JsonPropertyName("$schema"), Description("Where the schema of this document is, for editors. Not read.")]
    public string? Schema { get; init; }

    [Description("The version of this format: 1.")]
    public required int Format { get; init; }

    [Description("The journey's key: lower-case letters, digits and hyphens, at most 64; fixed for its life.")]
    public required string Id { get; init; }

    [Description("What people call it.")]
    public required string Name { get; init; }

    [Description("What it is for.")]
    public string? Description { get; init; }

    [Description("Words to find it by.")]
    public IReadOnlyList<string>? Labels { get; init; }

    [Description("What holds for the whole journey.")]
    public JourneySettings? Settings { get; init; }

    [Description("What brings a contact in; where one stimulus meets several, the first counts.")]
    public required IReadOnlyList<StartingPoint> Start { get; init; }

    [Description("The journey points by their ids, in the author's order. A point keeps its id from version to version.")]
    public required OrderedDictionary<string, JourneyPoint> Points { get; init; }

    [Description("What the map keeps: line letters, names of branches, notes, positions. Any object; kept as it is.")]
    public JsonElement? Map { get; init; }
}
