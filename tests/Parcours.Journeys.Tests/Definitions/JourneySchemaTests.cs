using System.Text.Json.Nodes;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>docs/journey.schema.json, which editors and other programs read.</summary>
public sealed class JourneySchemaTests
{
    /// <summary>To write the file anew: PARCOURS_WRITE_SCHEMA=1 dotnet test --project tests/Parcours.Journeys.Tests --filter-class "*JourneySchemaTests".</summary>
    [Fact]
    public void The_published_schema_is_that_of_the_types()
    {
        var file = Repository.PathOf("docs/journey.schema.json");
        if (Environment.GetEnvironmentVariable("PARCOURS_WRITE_SCHEMA") == "1")
            File.WriteAllText(file, JourneySchema.Write());

        Assert.Equal(JourneySchema.Write(), File.ReadAllText(file));
    }

    [Fact]
    public void Every_field_of_a_journey_has_a_description()
    {
        var bare = new List<string>();
        Look(JsonNode.Parse(JourneySchema.Write())!, "", bare);

        Assert.Empty(bare);
    }

    // Conditions have a document of their own; kind says itself, and so do the two typed forms of a value.
    static void Look(JsonNode node, string path, List<string> bare)
    {
        if (node is JsonArray items)
            for (var index = 0; index < items.Count; index++)
                Look(items[index]!, $"{path}/{index}", bare);
        if (node is not JsonObject schema)
            return;
        if (schema["properties"] is JsonObject properties)
            foreach (var (name, field) in properties)
                if (field is JsonObject && field["description"] is null && name is not ("kind" or "date" or "dateTime"))
                    bare.Add($"{path}/{name}");
        foreach (var (name, child) in schema)
            if (child is not null && name is not ("condition" or "window"))
                Look(child, $"{path}/{name}", bare);
    }
}
