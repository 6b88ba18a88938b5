using System.Text;
using Parcours.Intake;
using static Parcours.Tests.Intake.Readings;

namespace Parcours.Tests.Intake;

/// <summary>What is refused: items one by one, and requests as a whole.</summary>
public sealed class IntakeRefusalTests
{
    /// <summary>Semantics 15.9: a batch is judged item by item.</summary>
    [Fact]
    public void The_good_items_of_a_batch_are_taken_and_the_bad_ones_told_by_index()
    {
        var accepted = Accepted("""
            {"batch":[
              {"type":"track","userId":"u","event":"first","messageId":"m0"},
              {"type":"track","event":"nobody's","messageId":"m1"},
              {"type":"vanish","userId":"u","messageId":"m2"},
              "text",
              [1,[2]],
              {"type":"track","userId":"u","messageId":"m5"},
              {"type":"alias","userId":"u"},
              {"type":"group","userId":"u"},
              {"type":"track","userId":{"id":1},"event":"e"},
              {"type":"track","userId":"u","event":"e","properties":[1]},
              {"userId":"u","event":"no type"},
              {"type":"track","userId":"u","event":"last","messageId":"m11"}
            ]}
            """);

        Assert.Equal([0, 11], accepted.Items.Select(item => item.Index));
        Assert.Equal(
            [
                (1, "no_user_anon_id", "m1"), (2, "unknown_type", "m2"), (3, "not_an_object", null), (4, "not_an_object", null), (5, "no_event_name", "m5"),
                (6, "no_previous_id", null), (7, "no_group_id", null), (8, "bad_id", null), (9, "bad_field", null), (10, "unknown_type", null),
            ],
            accepted.Refusals.Select(refusal => (refusal.Index, refusal.Code, refusal.MessageId)));
        Assert.All(accepted.Refusals, refusal => Assert.EndsWith(".", refusal.Reason, StringComparison.Ordinal));
    }

    /// <summary>Semantics 16.1: 32 KB an event; a batch goes on without it.</summary>
    [Theory]
    [InlineData(32 * 1024, true)]
    [InlineData((32 * 1024) + 1, false)]
    public void An_item_may_have_32_KB_and_no_more(int bytes, bool taken)
    {
        const string Empty = """{"type":"track","userId":"u","event":"e","properties":{"a":""}}""";
        var item = Empty.Replace("\"a\":\"", "\"a\":\"" + new string('x', bytes - Empty.Length), StringComparison.Ordinal);

        var accepted = Accepted($$"""{"batch":[{{item}},{"type":"track","userId":"u","event":"other"}]}""");

        Assert.Equal(taken ? [0, 1] : [1], accepted.Items.Select(read => read.Index));
        Assert.Equal(taken ? [] : ["too_large"], accepted.Refusals.Select(refusal => refusal.Code));
    }

    /// <summary>Semantics 16.1: 32 deep; a batch goes on without it.</summary>
    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(10_000, false)]
    public void An_item_may_nest_32_deep_and_no_deeper(int depth, bool taken)
    {
        // The item is 1, its properties 2, each array one more.
        var arrays = depth - 2;
        var item = """{"type":"track","userId":"u","event":"e","properties":{"a":[]}}"""
            .Replace("[]", new string('[', arrays) + new string(']', arrays), StringComparison.Ordinal);

        var accepted = Accepted($$"""{"batch":[{"type":"track","userId":"u","event":"other"},{{item}}]}""");

        Assert.Equal(taken ? [0, 1] : [0], accepted.Items.Select(read => read.Index));
        Assert.Equal(taken ? [] : ["too_deep"], accepted.Refusals.Select(refusal => refusal.Code));
    }

    /// <summary>Semantics 16.1: 500 keys.</summary>
    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void An_item_may_have_500_fields_and_no_more(int keys, bool taken)
    {
        // Four at the top, the others inside.
        var properties = string.Join(',', Enumerable.Range(0, keys - 4).Select(number => $"\"k{number}\":{{}}"));

        var accepted = Accepted("""{"batch":[{"type":"track","userId":"u","event":"e","properties":{}}]}""".Replace("{}", "{" + properties + "}", StringComparison.Ordinal));

        Assert.Equal(taken ? 1 : 0, accepted.Items.Count);
        Assert.Equal(taken ? [] : ["too_many_keys"], accepted.Refusals.Select(refusal => refusal.Code));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_message_id_may_have_100_characters_and_no_more(int length, bool taken)
    {
        var accepted = Accepted($$"""{"batch":[{"type":"track","userId":"u","event":"e","messageId":"{{new string('m', length)}}"}]}""");

        Assert.Equal(taken ? 1 : 0, accepted.Items.Count);
        Assert.Equal(taken ? [] : ["too_long"], accepted.Refusals.Select(refusal => refusal.Code));
    }

    /// <summary>Semantics 16.1: a batch over its own limits is refused as a whole.</summary>
    [Theory]
    [InlineData(2_500, true)]
    [InlineData(2_501, false)]
    public void A_batch_may_have_2500_items_and_no_more(int items, bool taken)
    {
        var body = $$"""{"batch":[{{string.Join(',', Enumerable.Repeat("{}", items))}}]}""";

        if (taken)
            Assert.Equal(items, Accepted(body).Refusals.Count);
        else
            Assert.Equal((400, "too_many_items"), (Refused(body).Status, Refused(body).Code));
    }

    /// <summary>Semantics 16.1: 500 KB a batch.</summary>
    [Theory]
    [InlineData(500 * 1024, true)]
    [InlineData((500 * 1024) + 1, false)]
    public void A_batch_may_have_500_KB_and_no_more(int bytes, bool taken)
    {
        var body = """{"batch":[]}""".PadRight(bytes);

        if (taken)
            Assert.Empty(Accepted(body).Items);
        else
            Assert.Equal((400, "too_large"), (Refused(body).Status, Refused(body).Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"batch\":[")]
    [InlineData("{\"batch\":[]} x")]
    [InlineData("{\"batch\":[]}{}")]
    [InlineData("{'batch':[]}")]
    [InlineData("batch=%7B%7D")]
    public void A_body_that_is_no_JSON_object_is_refused_as_a_whole(string body) =>
        Assert.Equal((400, "malformed_json"), (Refused(body).Status, Refused(body).Code));

    [Fact]
    public void The_place_of_a_fault_in_the_JSON_is_told() =>
        Assert.Equal("The body is not JSON: line 2, byte 12 of the line.", Refused("{\n \"batch\": [,]}").Reason);

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var reading = IntakeParser.Parse([.. "{\"batch\":[\""u8, 0xFF, .. "\"]}"u8], IntakeRoute.Batch);

        Assert.Equal("malformed_json", Assert.IsType<IntakeReading.Refused>(reading).Refusal.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"batch\":null}")]
    [InlineData("{\"batch\":{}}")]
    [InlineData("{\"userId\":\"u\",\"event\":\"sent to the wrong path\"}")]
    public void A_batch_without_items_to_read_says_so(string body) => Assert.Equal("no_batch", Refused(body).Code);

    [Fact]
    public void An_empty_batch_is_nothing_to_complain_about() => Assert.Empty(Accepted("""{"batch":[]}""").Refusals);

    [Fact]
    public void A_single_call_is_refused_by_the_same_rules_and_as_a_whole() =>
        Assert.Equal(new IntakeRefusal(400, "no_user_anon_id", "The item has neither userId nor anonymousId."), Refused("""{"event":"e","messageId":"m"}""", IntakeRoute.Track));

    [Fact]
    public void A_body_of_brackets_costs_no_stack()
    {
        var body = Encoding.UTF8.GetString(Enumerable.Repeat((byte)'[', 400_000).ToArray());

        Assert.Equal("malformed_json", Refused("{\"batch\":" + body).Code);
    }
}
