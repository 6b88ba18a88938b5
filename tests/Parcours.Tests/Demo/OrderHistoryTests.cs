using System.Text.Json;
using Parcours.Demo;

namespace Parcours.Tests.Demo;

public sealed class OrderHistoryTests
{
    static readonly IReadOnlyList<Order> Orders = OrderHistory.Read();

    [Fact]
    public void The_year_of_the_shop_is_there_whole()
    {
        Assert.Equal(25_900, Orders.Count);
        Assert.Equal(3_710, Orders.Count(order => order.Customer is null));
        Assert.Equal(3_836, Orders.Count(order => order.IsCancellation));
        Assert.Equal(4_372, Orders.Select(order => order.Customer).OfType<string>().Distinct().Count());
        Assert.Equal(Orders, Orders.OrderBy(order => order.At));
    }

    /// Semantics 8.5
    [Theory]
    [InlineData("536365", "2010-12-01T08:26:00Z")] // Greenwich time
    [InlineData("581587", "2011-12-09T12:50:00Z")]
    [InlineData("562034", "2011-08-02T08:14:00Z")] // 09:14 summer time
    public void Times_are_London_wall_time(string invoice, string at) =>
        Assert.Equal(at, Assert.Single(Orders, order => order.Invoice == invoice).At.ToString());

    [Fact]
    public void A_cancellation_counts_minus_one_and_takes_its_total_back()
    {
        var cancellation = Orders.First(order => order is { IsCancellation: true, Customer: not null });

        using var sent = JsonDocument.Parse(new ShopFeed().Write([cancellation], cancellation.At));
        var call = sent.RootElement.GetProperty("batch")[1];

        Assert.Equal("Order Cancelled", call.GetProperty("event").GetString());
        Assert.Equal(-1, call.GetProperty("properties").GetProperty("count").GetInt32());
        Assert.True(call.GetProperty("properties").GetProperty("total").GetDecimal() < 0);
    }

    [Fact]
    public void A_customer_is_identified_at_the_first_order_and_again_only_after_moving()
    {
        var feed = new ShopFeed();
        var order = Orders.First(order => order.Customer is not null);

        Assert.Equal(["identify", "track"], Types(feed.Write([order], order.At)));
        Assert.Equal(["track", "identify", "track"], Types(feed.Write([order, order with { Country = "Elsewhere" }], order.At)));
    }

    [Fact]
    public void Every_order_with_a_customer_can_be_sent_to_an_address_where_nobody_is()
    {
        var feed = new ShopFeed();

        foreach (var order in Orders.Where(order => order.Customer is not null))
            Assert.NotEmpty(feed.Write([order], order.At));
        Assert.EndsWith("@example.org", ShopFeed.Email("12345"));
    }

    static List<string?> Types(byte[] batch)
    {
        using var sent = JsonDocument.Parse(batch);
        return [.. sent.RootElement.GetProperty("batch").EnumerateArray().Select(call => call.GetProperty("type").GetString())];
    }
}
