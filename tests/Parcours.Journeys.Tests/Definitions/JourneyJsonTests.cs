using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>JSON in and out without loss.</summary>
public sealed class JourneyJsonTests
{
    [Fact]
    public void A_definition_survives_json_and_back_and_its_text_does_too() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var definition = new DefinitionMaker(seed).Make();
            var text = JourneyJson.Write(definition);
            var again = JourneyJson.Read(text);
            // Lists and dictionaries of records compare by reference: the text is what is compared.
            return text.AsSpan().SequenceEqual(JourneyJson.Write(again))
                && definition.Points.Keys.SequenceEqual(again.Points.Keys)
                && text.AsSpan().SequenceEqual(JourneyJson.Write(JourneyJson.Read(JourneyJson.Write(definition, indented: true))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_check_finds_nothing_wrong_with_the_form_of_what_was_written() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
            JourneyCheck.Check(JourneyJson.Write(new DefinitionMaker(seed).Make()), AnyReferences.Instance).Definition is not null).QuickCheckThrowOnFailure();

    /// <summary>Wherever an unknown field is put, it is refused by its name and its place.</summary>
    [Fact]
    public void An_unknown_field_is_refused_by_name_wherever_it_stands() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var document = JsonNode.Parse(JourneyJson.Write(new DefinitionMaker(seed).Make()))!;
            var places = Objects(document, "").ToList();
            var (place, node) = places[seed % places.Count];
            node["unheardOf"] = 1;

            var problem = JourneyCheck.Check(Encoding.UTF8.GetBytes(document.ToJsonString()), AnyReferences.Instance).Problems.Where(problem => problem.Code == "field.unknown").ToList();
            return problem is [{ } only] && only.Path == $"{place}/unheardOf" && only.Arguments!["field"] == "unheardOf";
        }).QuickCheckThrowOnFailure();

    // Where any object may stand, and in a typed value, nothing is unknown; the points' object names points.
    static IEnumerable<(string Place, JsonObject Node)> Objects(JsonNode? node, string place)
    {
        if (node is JsonObject fields)
        {
            if (place != "/points")
                yield return (place, fields);
            foreach (var (name, child) in fields)
                if (place.Length > 0 || name != "map")
                    if (name is not ("properties" or "inputs" or "body" or "value" or "values" or "to" or "from"))
                        foreach (var found in Objects(child, $"{place}/{name}"))
                            yield return found;
        }
        if (node is JsonArray items)
            for (var index = 0; index < items.Count; index++)
                foreach (var found in Objects(items[index], $"{place}/{index}"))
                    yield return found;
    }

    [Fact]
    public void The_map_is_kept_as_it_is()
    {
        const string Map = """{"lines":{"a":"A"},"notes":[{"text":"é <b>","at":[1.50,-2e3]}],"branches":null}""";
        var read = JourneyJson.Read(Encoding.UTF8.GetBytes($$"""{"format":1,"id":"j","name":"J","start":[],"points":{},"map":{{Map}}}"""));

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Map).RootElement, JsonDocument.Parse(JourneyJson.Write(read)).RootElement.GetProperty("map")));
    }

    [Fact]
    public void A_sample_is_written_as_its_author_wrote_it()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples/journeys"), "*.json"))
        {
            var text = File.ReadAllBytes(file);
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, JsonDocument.Parse(JourneyJson.Write(JourneyJson.Read(text))).RootElement), file);
        }
    }
}
