using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Tests.Texts;

/// <summary>JSON whose texts hold fields, as webhooks send it.</summary>
public sealed class FieldJsonTests
{
    static string Fill(string template, string data, params (string Name, Value Value)[] properties)
    {
        var ada = new Contact(ContactId.Create(1, Trip.Monday9am.ToUnixTimeMilliseconds(), 0), Trip.Monday9am);
        foreach (var (name, value) in properties)
            ada.Properties[name] = new(value, Trip.Monday9am);
        using var json = JsonDocument.Parse(template.Replace('\'', '"'));
        var read = FieldJson.TryParse(json.RootElement, out _);
        return Encoding.UTF8.GetString(read!.Fill(new(ada, EventProperties.Parse(data), "Welcome")).Span);
    }

    [Theory]
    [InlineData("{'a':1,'b':[true,null,'x']}", """{"a":1,"b":[true,null,"x"]}""")]
    [InlineData("{'points':'{{contact.points}}','vip':'{{contact.vip}}','tags':'{{contact.teas}}'}", """{"points":12.5,"vip":true,"tags":["green","black"]}""")]
    [InlineData("{'none':'{{contact.gone}}','some':'{{default contact.gone \\\"x\\\"}}'}", """{"none":null,"some":"x"}""")]
    [InlineData("{'text':'{{contact.points}} points of {{journey.name}}'}", """{"text":"12.5 points of Welcome"}""")]
    [InlineData("['{{event.total}}']", """[900]""")]
    [InlineData("'{{contact.points}}'", "12.5")]
    public void A_text_that_is_one_field_becomes_its_value_with_its_type(string template, string filled) =>
        Assert.Equal(filled, Fill(template, """{"total":900}""", ("points", Value.Of(12.5m)), ("vip", Value.Of(true)), ("teas", Value.Of(["green", "black"]))));

    [Fact]
    public void Whatever_a_property_holds_the_result_is_json_of_the_author_s_shape() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        var filled = Fill("{'a':'{{contact.x}}','b':'<{{contact.x}}>'}", "{}", ("x", Value.Of(text.Get)));

        using var json = JsonDocument.Parse(filled);
        return json.RootElement.EnumerateObject().Select(field => field.Name).SequenceEqual(["a", "b"]);
    }).QuickCheckThrowOnFailure();
}
