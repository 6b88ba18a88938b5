using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>A path through an array is what all of its items have there. Semantics 7.11.</summary>
public sealed class ItemsOfArraysTests
{
    static readonly Instant Now = Instant.FromUtc(2026, 6, 15, 12, 0);

    const string Order = """
        {"total":70,"coupons":["SPRING","VIP"],
         "products":[{"product_id":"507f","price":19.5,"tags":["shoes","red"],"gift":true},{"product_id":505,"price":50,"maker":{"name":"Acme"}},{"price":null}],
         "boxes":[[{"weight":2}],[{"weight":3}]],"empty":[]}
        """;

    static bool Holds(string condition, string properties = Order) =>
        ConditionCompiler.Compile(Condition.FromJson(condition.Replace('\'', '"'))).Holds(new(
            new(ContactId.Create(1, 0, 0), Now), Now, new() { Name = "Order Completed", OccurredAt = Now, ReceivedAt = Now, Properties = EventProperties.Parse(properties) }));

    [Theory]
    [InlineData("total", "70")]
    [InlineData("coupons", "SPRING, VIP")]
    [InlineData("products.product_id", "507f, 505")]
    [InlineData("products.price", "19.5, 50")]
    [InlineData("products.tags", "shoes, red")]
    [InlineData("products.gift", "true")]
    [InlineData("products.maker.name", "Acme")]
    [InlineData("boxes.weight", "2, 3")]
    [InlineData("products.size", "")]
    [InlineData("empty.size", "")]
    [InlineData("total.size", "")]
    public void A_path_gives_what_the_items_have(string path, string value) => Assert.Equal(value, EventProperties.Parse(Order)[path].ToString());

    /// <summary>Semantics 7.11: one of them is enough; of what denies, none is.</summary>
    [Theory]
    [InlineData("'is':'equals','value':'507F'", true)]
    [InlineData("'is':'equals','value':'507F','ignoreCase':false", false)]
    [InlineData("'is':'equals','value':505", true)]
    [InlineData("'is':'equals','value':'nothing'", false)]
    [InlineData("'is':'notEquals','value':'507f'", false)]
    [InlineData("'is':'notEquals','value':'nothing'", true)]
    [InlineData("'is':'in','values':['1','505']", true)]
    [InlineData("'is':'notIn','values':['1','505']", false)]
    [InlineData("'is':'notIn','values':['1','2']", true)]
    [InlineData("'is':'contains','value':'507f'", true)]
    [InlineData("'is':'contains','value':'07'", false)]
    [InlineData("'is':'notContains','value':'507f'", false)]
    [InlineData("'is':'startsWith','value':'50'", true)]
    [InlineData("'is':'endsWith','value':'7f'", true)]
    [InlineData("'is':'equals','value':['505','507f']", true)]
    [InlineData("'is':'equals','value':['505']", false)]
    [InlineData("'is':'known'", true)]
    [InlineData("'is':'withinLast','duration':'P1D'", false)]
    public void A_text_is_looked_for_in_all_of_them(string comparison, bool holds) =>
        Assert.Equal(holds, Holds($"{{'kind':'field','name':'products.product_id',{comparison}}}"));

    [Theory]
    [InlineData("'is':'greaterThan','value':40", true)]
    [InlineData("'is':'greaterThan','value':50", false)]
    [InlineData("'is':'between','values':[10,20]", true)]
    [InlineData("'is':'equals','value':19.50", true)]
    [InlineData("'is':'unknown'", false)]
    public void Numbers_are_compared_as_numbers(string comparison, bool holds) =>
        Assert.Equal(holds, Holds($"{{'kind':'field','name':'products.price',{comparison}}}"));

    [Fact]
    public void What_is_no_array_is_compared_as_ever()
    {
        Assert.False(Holds("{'kind':'field','name':'total','is':'equals','value':'70'}"));
        Assert.True(Holds("{'kind':'field','name':'coupons','is':'equals','value':'vip'}"));
        Assert.True(Holds("{'kind':'field','name':'products.product_id','is':'unknown'}", "{\"products\":[]}"));
        Assert.True(Holds("{'kind':'field','name':'products.gift','is':'equals','value':true}"));
    }

    /// <summary>A property of a contact with several choices is no array: it is one of them only where that is asked for.</summary>
    [Fact]
    public void Choices_of_a_contact_are_compared_as_ever()
    {
        var contact = new Contact(ContactId.Create(1, 0, 0), Now);
        contact.Apply(new ContactEdit.SetProperty("likes", Value.Of(["tea", "jazz"])), Now, Origin.Live);

        Assert.False(ConditionCompiler.Compile(Condition.FromJson("""{"kind":"property","name":"likes","is":"equals","value":"tea"}""")).Holds(new(contact, Now)));
    }

    /// <summary>Two products in one order are no contradiction; two totals are.</summary>
    [Fact]
    public void Items_that_meet_two_comparisons_contradict_nothing()
    {
        const string Both = """{"kind":"all","of":[{"kind":"field","name":"NAME","is":"equals","value":A},{"kind":"field","name":"NAME","is":"equals","value":B}]}""";
        IEnumerable<string> Told(string name, string a, string b) => ConditionCompiler.Check(Condition.FromJson(Both.Replace("NAME", name).Replace("A}", a + "}").Replace("B}", b + "}")), "").Select(problem => problem.Code);

        Assert.Empty(Told("products.product_id", "\"1\"", "\"2\""));
        Assert.Empty(Told("coupons", "\"1\"", "\"2\""));
        Assert.Equal(["condition.contradiction"], Told("total", "1", "2"));
    }

    /// <summary>Semantics 7.1: what a contact has bought is remembered by the product.</summary>
    [Fact]
    public void A_count_of_events_goes_by_the_product()
    {
        var condition = ConditionCompiler.Compile(Condition.FromJson("""
            {"kind":"event","events":["Order Completed"],"is":"atLeast","value":1,"where":{"kind":"field","name":"products.product_id","is":"equals","value":"507f"}}
            """));
        var contact = new Contact(ContactId.Create(1, 0, 0), Now);
        var aggregate = condition.Aggregates.Single();
        ContactEvent Bought(string product) => new() { Name = "Order Completed", OccurredAt = Now, ReceivedAt = Now, Properties = EventProperties.Parse($"{{\"products\":[{{\"product_id\":\"x\"}},{{\"product_id\":\"{product}\"}}]}}") };

        Assert.False(aggregate.Matches(Bought("508")));
        Assert.True(aggregate.Matches(Bought("507f")));
        contact.Memory[aggregate.Id] = aggregate.Add(null, Bought("507f"), Now);
        Assert.True(condition.Holds(new(contact, Now)));
    }

    [Fact]
    public void An_order_with_a_product_starts_a_journey_and_texts_show_all()
    {
        const string Start = "{'kind':'event','id':'in','events':['Order Completed'],'where':{'kind':'field','name':'products.product_id','is':'equals','value':'507f'},'next':'p'}";
        var trip = Trip.Through("{'p':{'kind':'addNote','text':'Bought {{event.products.product_id}}'}}", Start)
            .Does("Order Completed", "{'products':[{'product_id':'1'}]}").Does("Order Completed", "{'products':[{'product_id':'1'},{'product_id':'507f'}]}");

        Assert.Equal("Bought 1, 507f", Assert.Single(trip.Recorded).Properties["text"].ToString());
    }
}
