using System.Buffers;
using System.Globalization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Tests.Conditions;

public sealed class AggregateTests
{
    static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    static CompiledCondition Compile(string json) => ConditionCompiler.Compile(Condition.FromJson(json));
    static AggregateDefinition Aggregate(string json) => Assert.Single(Compile(json).Aggregates);
    static ContactEvent Bought(int hours, string properties = "{}") =>
        new() { Name = "bought", OccurredAt = Start + Duration.FromHours(hours), ReceivedAt = Start + Duration.FromHours(hours), Properties = EventProperties.Parse(properties), Sequence = hours + 1 };

    static Contact With(AggregateDefinition aggregate, IEnumerable<ContactEvent> events)
    {
        var contact = new Contact(ContactId.Create(1, 0, 0), Start);
        foreach (var occurred in events)
            if (aggregate.Matches(occurred))
                contact.Memory[aggregate.Id] = aggregate.Add(contact.Memory.GetValueOrDefault(aggregate.Id), occurred, occurred.ReceivedAt);
        return contact;
    }

    static int Size(Contact contact)
    {
        var stored = new ArrayBufferWriter<byte>();
        foreach (var memory in contact.Memory.Values)
            memory.Write(stored);
        return stored.WrittenCount;
    }

    /// <summary>Semantics 2.1: <c>(now − W, now]</c>, so leaving flips at exactly occurredAt + W.</summary>
    [Fact]
    public void Nothing_bought_for_thirty_days_begins_thirty_days_after_the_last_purchase_to_the_microsecond()
    {
        var condition = Compile("""{"kind":"event","events":["bought"],"is":"didNot","window":{"last":"P30D"}}""");
        var contact = With(condition.Aggregates[0], [Bought(5)]);
        var flip = Start + Duration.FromHours(5) + Duration.FromDays(30);

        Assert.Equal(new Truth(false, flip), condition.Evaluate(new(contact, Start + Duration.FromHours(6))));
        Assert.False(condition.Holds(new(contact, flip - Duration.FromTicks(10))));
        Assert.Equal(new Truth(true, null), condition.Evaluate(new(contact, flip)));
    }

    /// <summary>Semantics 2.2: an event of the future counts from its time on.</summary>
    [Fact]
    public void An_event_of_the_coming_day_counts_when_its_time_comes()
    {
        var condition = Compile("""{"kind":"event","events":["bought"]}""");
        var contact = With(condition.Aggregates[0], [Bought(20) with { ReceivedAt = Start }]);

        Assert.Equal(new Truth(false, Start + Duration.FromHours(20)), condition.Evaluate(new(contact, Start)));
        Assert.True(condition.Holds(new(contact, Start + Duration.FromHours(20))));
    }

    /// <summary>Semantics 7.2: at least k within W keeps the k latest, ever keeps one summary.</summary>
    [Theory]
    [InlineData("""{"kind":"event","events":["bought"],"is":"atLeast","value":3,"window":{"last":"P900D"}}""", 25)]
    [InlineData("""{"kind":"event","events":["bought"],"is":"did","window":{"last":"P900D"}}""", 12)]
    [InlineData("""{"kind":"event","events":["bought"],"is":"atLeast","value":300}""", 8)]
    [InlineData("""{"kind":"event","events":["bought"],"function":"sum","property":"total","is":"atLeast","value":300}""", 12)]
    [InlineData("""{"kind":"event","events":["bought"],"function":"last","is":"withinLast","duration":"P3D"}""", 12)]
    public void A_memory_stays_small_however_much_happens(string json, int most)
    {
        var contact = With(Aggregate(json), Enumerable.Range(0, 2_000).Select(hour => Bought(hour, """{"total":1.5}""")));

        Assert.InRange(Size(contact), 2, most);
    }

    /// <summary>Semantics 7.2: exact in a rolling window whatever their number.</summary>
    [Fact]
    public void A_sum_over_five_thousand_events_in_a_window_is_exact()
    {
        var aggregate = Aggregate("""{"kind":"event","events":["bought"],"function":"sum","property":"total","is":"atLeast","value":1,"window":{"last":"P300D"}}""");
        var contact = With(aggregate, Enumerable.Range(0, 5_000).Select(hour => Bought(hour, """{"total":0.1}""")));
        var exact = Compile("""{"kind":"event","events":["bought"],"function":"sum","property":"total","is":"equals","value":500,"window":{"last":"P300D"}}""");

        Assert.True(exact.Holds(new(contact, Start + Duration.FromHours(4_999))));
    }

    /// <summary>Semantics 7.2.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(""","window":{"last":"P1000D"}""")]
    public void Distinct_says_ten_thousand_or_more(string window)
    {
        var many = Compile($$"""{"kind":"event","events":["bought"],"function":"distinct","property":"sku","is":"atLeast","value":10000{{window}}}""");
        // Made of parts, which is quicker than one by one.
        var parts = Enumerable.Range(0, 33).Select(part => With(many.Aggregates[0], Enumerable.Range(part * 303, 303).Select(hour => Bought(hour, $$"""{"sku":"s{{hour}}"}"""))).Memory.Values.Single());
        var contact = new Contact(ContactId.Create(1, 0, 0), Start);
        contact.Memory[many.Aggregates[0].Id] = parts.Aggregate((one, other) => one.Merge(other));
        var now = Start + Duration.FromHours(12_000);
        Assert.Equal("9999", many.Explain(new(contact, now)).Actual);
        Assert.False(many.Holds(new(contact, now)));

        var aggregate = many.Aggregates[0];
        var one = contact.Memory[aggregate.Id];
        for (var index = 0; index < 5; index++)
            one = aggregate.Add(one, Bought(11_000 + index, $$"""{"sku":"more{{index}}"}"""), now);
        contact.Memory[aggregate.Id] = one;
        Assert.Equal("10000+", many.Explain(new(contact, now)).Actual);
        Assert.True(many.Holds(new(contact, now)));
    }

    /// <summary>Semantics 7.1: sums are decimal.</summary>
    [Fact]
    public void Tenths_add_up_whatever_their_order()
    {
        var aggregate = Aggregate("""{"kind":"event","events":["bought"],"function":"sum","property":"total","is":"equals","value":0}""");
        var values = new[] { "0.1", "0.2", "0.3", "-0.6", "1e10", "-10000000000" };
        AggregateMemory? there = null, back = null;
        foreach (var value in values)
            there = aggregate.Add(there, Bought(1, $$"""{"total":{{value}}}"""), Start + Duration.FromDays(1));
        foreach (var value in values.Reverse())
            back = aggregate.Add(back, Bought(1, $$"""{"total":{{value}}}"""), Start + Duration.FromDays(1));

        Assert.Equal(there, back);
        var contact = new Contact(ContactId.Create(1, 0, 0), Start);
        contact.Memory[aggregate.Id] = there!;
        Assert.True(Compile("""{"kind":"event","events":["bought"],"function":"sum","property":"total","is":"equals","value":0}""").Holds(new(contact, Start + Duration.FromDays(1))));
    }

    [Fact]
    public void A_sum_beyond_all_decimals_stays_at_the_largest_and_throws_nothing()
    {
        var condition = Compile("""{"kind":"event","events":["bought"],"function":"sum","property":"total","is":"greaterThan","value":1}""");
        var contact = With(condition.Aggregates[0], Enumerable.Range(0, 3).Select(hour => Bought(hour, """{"total":79000000000000000000000000000}""")));

        Assert.True(condition.Holds(new(contact, Start + Duration.FromDays(1))));
    }

    /// <summary>Semantics 7.3: equal aggregates are one.</summary>
    [Theory]
    [InlineData("""{"kind":"event","events":["a","b"]}""", """{"kind":"event","events":["b","a","b"],"is":"atLeast","value":7}""")]
    [InlineData("""{"kind":"event","events":["a"],"where":{"kind":"field","name":"f","is":"equals","value":1.0}}""", """{"kind":"event","events":["a"],"where":{"kind":"all","of":[{"is":"equals","kind":"field","value":1.00,"name":"f","ignoreCase":true}]}}""")]
    [InlineData("""{"kind":"event","events":["a"],"is":"atLeast","value":3,"window":{"last":"P30D"}}""", """{"kind":"event","events":["a"],"is":"lessThan","value":3,"window":{"last":"P90D"}}""")]
    [InlineData("""{"kind":"event","events":["a"],"window":{"last":"P30D"}}""", """{"kind":"event","events":["a"],"function":"last","is":"withinLast","duration":"P1D"}""")]
    [InlineData("""{"kind":"event","events":["a"],"function":"sum","property":"p","is":"atLeast","value":3,"window":{"last":"P1D"}}""", """{"kind":"event","events":["a"],"function":"max","property":"p","is":"atLeast","value":3,"window":{"last":"PT24H"}}""")]
    public void What_asks_for_the_same_memory_shares_it(string one, string other)
    {
        Assert.Equal(Aggregate(one).Canonical, Aggregate(other).Canonical);
        Assert.Equal(Aggregate(one).Id, Aggregate(other).Id);
    }

    [Theory]
    [InlineData("""{"kind":"event","events":["a"]}""", """{"kind":"event","events":["b"]}""")]
    [InlineData("""{"kind":"event","events":["a"]}""", """{"kind":"event","events":["a"],"window":{"from":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"kind":"event","events":["a"],"is":"atLeast","value":3,"window":{"last":"P30D"}}""", """{"kind":"event","events":["a"],"is":"atLeast","value":4,"window":{"last":"P30D"}}""")]
    [InlineData("""{"kind":"event","events":["a"],"where":{"kind":"field","name":"f","is":"known"}}""", """{"kind":"event","events":["a"],"where":{"kind":"field","name":"f","is":"unknown"}}""")]
    public void What_asks_for_another_memory_keeps_its_own(string one, string other) => Assert.NotEqual(Aggregate(one).Id, Aggregate(other).Id);

    // Stored: whoever changes what makes up an id orphans every contact's memory.
    [Theory]
    [InlineData("""{"kind":"event","events":["a"]}""", """{"events":["a"],"keep":"count /"}""")]
    [InlineData("""{"kind":"event","events":["b","a"],"is":"atLeast","value":3,"window":{"last":"P30D"}}""", """{"events":["a","b"],"keep":"latest 3"}""")]
    [InlineData("""{"kind":"event","events":["a"],"function":"sum","property":"p","is":"atLeast","value":3,"window":{"last":"P1D"}}""", """{"events":["a"],"property":"p","keep":"last 86400000000us"}""")]
    [InlineData("""{"kind":"event","events":["a"],"function":"max","property":"p","is":"atLeast","value":3,"window":{"to":"2026-01-01T00:00:00+01:00"}}""", """{"events":["a"],"property":"p","keep":"max /2025-12-31T23:00:00Z"}""")]
    public void The_canonical_text_is_fixed(string json, string canonical) => Assert.Equal(canonical, Aggregate(json).Canonical);

    /// <summary>Semantics 7.3: a contact without a match stores nothing.</summary>
    [Theory]
    [InlineData("""{"kind":"event","events":["visited"]}""")]
    [InlineData("""{"kind":"event","events":["bought"],"where":{"kind":"field","name":"sku","is":"equals","value":"b"}}""")]
    [InlineData("""{"kind":"event","events":["bought"],"window":{"to":"2025-01-01T00:00:00Z"}}""")]
    [InlineData("""{"kind":"event","events":["bought"],"function":"sum","property":"sku","is":"atLeast","value":3}""")]
    public void An_event_that_does_not_count_leaves_no_memory(string json) => Assert.Empty(With(Aggregate(json), [Bought(1, """{"sku":"a"}""")]).Memory);

    [Fact]
    public void A_memory_of_another_version_is_refused()
    {
        var aggregate = Aggregate("""{"kind":"event","events":["a"]}""");

        Assert.Throws<UnknownFormException>(() => aggregate.Read([2, 0, 0]));
        Assert.Throws<InvalidDataException>(() => aggregate.Read([]));
    }

    [Fact]
    public void The_culture_of_the_machine_changes_no_id()
    {
        var before = CultureInfo.CurrentCulture;
        const string Json = """{"kind":"event","events":["a"],"function":"max","property":"p","is":"atLeast","value":3.5,"window":{"to":"2026-01-01T00:00:00Z"},"where":{"kind":"field","name":"f","is":"equals","value":1.5}}""";
        var id = Aggregate(Json).Id;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Assert.Equal(id, Aggregate(Json).Id);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
