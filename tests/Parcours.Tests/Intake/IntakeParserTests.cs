using Parcours.Intake;
using static Parcours.Tests.Intake.Readings;

namespace Parcours.Tests.Intake;

/// <summary>What is taken, and how it is read.</summary>
public sealed class IntakeParserTests
{
    [Theory]
    [InlineData("identify", IntakeRoute.Identify)]
    [InlineData("t", IntakeRoute.Track)]
    [InlineData("page", IntakeRoute.Page)]
    [InlineData("s", IntakeRoute.Screen)]
    [InlineData("g", IntakeRoute.Group)]
    [InlineData("alias", IntakeRoute.Alias)]
    [InlineData("b", IntakeRoute.Batch)]
    [InlineData("import", IntakeRoute.Batch)]
    [InlineData("m", IntakeRoute.Metrics)]
    public void A_path_says_what_its_body_holds(string name, IntakeRoute expected)
    {
        Assert.True(IntakeRoutes.TryParse(name, out var route));
        Assert.Equal(expected, route);
    }

    [Fact]
    public void Every_listed_path_is_known_and_no_other()
    {
        Assert.All(IntakeRoutes.Names, name => Assert.True(IntakeRoutes.TryParse(name, out _)));
        Assert.False(IntakeRoutes.TryParse("merge", out _));
        Assert.False(IntakeRoutes.TryParse("", out _));
    }

    [Fact]
    public void A_batch_of_the_Segment_library_for_Node_is_read_whole()
    {
        var accepted = Accepted("""
            {"batch":[
              {"timestamp":"2026-03-02T08:59:50.000Z","integrations":{},"type":"identify","userId":"u1","traits":{"email":"ada@example.org","age":36},"context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}},"_metadata":{"nodeVersion":"20.20.2","jsRuntime":"node"},"messageId":"node-next-1772441990000-5f1e1c2a"},
              {"timestamp":"2026-03-02T08:59:58.000Z","integrations":{},"userId":"u1","properties":{"total":12.50},"event":"Order Completed","type":"track","context":{"library":{}},"messageId":"node-next-1772441998000-77"}
            ],"writeKey":"wk","sentAt":"2026-03-02T08:59:59.000Z"}
            """);

        Assert.Equal("wk", accepted.WriteKey);
        Assert.Empty(accepted.Refusals);
        Assert.Equal([IntakeKind.Identify, IntakeKind.Track], accepted.Items.Select(item => item.Kind));
        Assert.Equal("""{"email":"ada@example.org","age":36}""", Text(accepted.Items[0].Traits));
        Assert.Equal("Order Completed", accepted.Items[1].EventName);
        Assert.Equal("""{"total":12.50}""", Text(accepted.Items[1].Properties));
        Assert.Equal("node-next-1772441998000-77", accepted.Items[1].MessageId);
        Assert.Equal([0, 1], accepted.Items.Select(item => item.Index));
    }

    [Fact]
    public void A_call_of_the_browser_library_is_read_from_its_short_path()
    {
        var item = Item("""
            {"timestamp":"2026-03-02T08:59:59.000Z","integrations":{"Segment.io":true},"anonymousId":"a-1","type":"page","properties":{"path":"/","title":"Home"},
             "name":"Home","category":null,"context":{"page":{"path":"/"},"locale":"fr-CH","timezone":"Europe/Zurich","ip":"192.0.2.1","userAgent":"x"},"messageId":"ajs-next-1","writeKey":"wk","userId":null,"sentAt":"2026-03-02T09:00:00.000Z","_metadata":{"bundled":[]}}
            """, IntakeRoute.Page);

        Assert.Equal(IntakeKind.Page, item.Kind);
        Assert.Equal(("a-1", null), (item.AnonymousId, item.UserId));
        Assert.Equal(("Home", null), (item.Name, item.Category));
        Assert.Equal(("fr-CH", "Europe/Zurich", "192.0.2.1"), (item.Locale, item.TimeZone, item.Ip));
        Assert.Equal((At("2026-03-02T08:59:59Z"), At("2026-03-02T09:00:00Z")), (item.Timestamp, item.SentAt));
    }

    [Fact]
    public void A_batch_of_the_RudderStack_library_counts_its_original_times()
    {
        var accepted = Accepted("""
            {"batch":[{"type":"identify","userId":"7","anonymousId":"a","context":{"library":{"name":"analytics-node"},"traits":{"plan":"gold"}},"traits":{"plan":"gold"},"channel":"server","_metadata":{"nodeVersion":"20"},
              "originalTimestamp":"2026-03-02T08:59:40.000Z","messageId":"m-1","sentAt":"2026-03-02T08:59:40.000Z"}],
             "timestamp":"2026-03-02T08:59:50.000Z","sentAt":"2026-03-02T08:59:50.000Z"}
            """);

        var item = Assert.Single(accepted.Items);
        Assert.Null(accepted.WriteKey);
        Assert.Equal("""{"plan":"gold"}""", Text(item.ContextTraits));
        // Ten seconds passed between the call and the sending: the batch says when it left, not the item.
        Assert.Equal((At("2026-03-02T08:59:40Z"), At("2026-03-02T08:59:50Z")), (item.Timestamp, item.SentAt));
    }

    [Fact]
    public void An_item_without_a_time_has_none_to_correct()
    {
        var item = Item("""{"userId":"u","event":"e","sentAt":"2020-01-01T00:00:00Z"}""");

        Assert.Null(item.Timestamp);
        Assert.False(item.TimeUnreadable);
    }

    [Theory]
    [InlineData("\"the day before yesterday\"")]
    [InlineData("\"2026-02-30T00:00:00Z\"")]
    [InlineData("true")]
    [InlineData("{\"seconds\":1}")]
    [InlineData("1e400")]
    public void A_time_that_nobody_can_read_refuses_nothing_and_is_counted(string timestamp)
    {
        var accepted = Accepted($$"""{"batch":[{"type":"track","userId":"u","event":"e","timestamp":{{timestamp}}},{"type":"track","userId":"u","event":"e"}]}""");

        Assert.Equal(1, accepted.UnreadableTimes);
        Assert.All(accepted.Items, item => Assert.Null(item.Timestamp));
    }

    [Fact]
    public void A_number_as_a_time_is_an_epoch() =>
        Assert.Equal(At("2026-03-02T08:59:58.123Z"), Item("""{"userId":"u","event":"e","timestamp":1772441998123}""").Timestamp);

    /// <summary>Semantics 4.3: a number becomes its text, and text stays exactly as it is.</summary>
    [Fact]
    public void Ids_are_texts_or_numbers()
    {
        var item = Item("""{"userId":12345678901234567890,"anonymousId":" A-1 ","messageId":7,"event":"e"}""");

        Assert.Equal(("12345678901234567890", " A-1 ", "7"), (item.UserId, item.AnonymousId, item.MessageId));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public void An_empty_id_is_none(string id) =>
        Assert.Null(Item($$"""{"userId":{{id}},"anonymousId":"a","event":"e"}""").UserId);

    [Fact]
    public void What_a_batch_says_for_all_holds_where_an_item_says_nothing_itself()
    {
        var accepted = Accepted("""
            {"batch":[{"type":"track","userId":"u","event":"e"},{"type":"track","userId":"u","event":"e","context":{"locale":"it-IT"}}],
             "context":{"locale":"en-GB","timezone":"Europe/London","traits":{"plan":"gold"}},"sentAt":"2026-03-02T09:00:00Z"}
            """);

        Assert.Equal(["en-GB", "it-IT"], accepted.Items.Select(item => item.Locale));
        Assert.All(accepted.Items, item => Assert.Equal("Europe/London", item.TimeZone));
        Assert.All(accepted.Items, item => Assert.Equal("""{"plan":"gold"}""", Text(item.ContextTraits)));
    }

    [Fact]
    public void Unknown_fields_are_passed_over_and_those_of_properties_are_kept_as_they_were_sent()
    {
        var item = Item("""{"userId":"u","event":"e","novel":[{"deep":[1,2]}],"properties":{"novel":{"a":[1,2.50,null]}, "é":"\u00e9"}}""");

        Assert.Equal("""{"novel":{"a":[1,2.50,null]}, "é":"\u00e9"}""", Text(item.Properties));
    }

    [Fact]
    public void The_last_of_two_fields_of_one_name_counts() =>
        Assert.Equal("b", Item("""{"userId":"a","userId":"b","event":"e"}""").UserId);

    [Fact]
    public void A_mark_before_the_text_is_passed_over() =>
        Assert.Equal("u", Item("\uFEFF" + """{"userId":"u","event":"e"}""").UserId);

    [Fact]
    public void Half_an_emoji_becomes_the_replacement_character_and_a_whole_one_stays()
    {
        var item = Item("""{"userId":"u","event":"\ud83d\ude00 \ud83d","properties":{"text":"a\\ud83d \udE00","ok":"\ud83d\ude00"}}""");

        Assert.Equal("\U0001F600 \uFFFD", item.EventName);
        Assert.Equal("""{"text":"a\\ud83d \ufffd","ok":"\ud83d\ude00"}""", Text(item.Properties));
    }

    [Fact]
    public void A_browsers_figures_about_itself_are_taken_and_not_kept()
    {
        var accepted = Accepted("""{"series":[{"type":"Counter","metric":"x","value":1,"tags":{}}]}""", IntakeRoute.Metrics);

        Assert.Empty(accepted.Items);
        Assert.Empty(accepted.Refusals);
    }

    [Fact]
    public void An_accepted_item_holds_nothing_of_the_buffer_it_was_read_from()
    {
        var buffer = """{"userId":"u","event":"e","properties":{"a":1}}"""u8.ToArray();
        var accepted = (IntakeReading.Accepted)IntakeParser.Parse(buffer, IntakeRoute.Track);

        buffer.AsSpan().Clear();

        Assert.Equal("""{"a":1}""", Text(accepted.Items[0].Properties));
    }
}
