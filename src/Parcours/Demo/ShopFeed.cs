using System.Buffers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Parcours.Demo;

/// <summary>Writes orders as a shop's server would send them: batches of Segment's calls, <c>identify</c> for a customer who is new or has moved, <c>track</c> for each order.</summary>
sealed class ShopFeed
{
    readonly Dictionary<string, string> _countries = [];

    /// <summary>The data has no addresses: this one is made up, in a domain where nobody receives mail.</summary>
    public static string Email(string customer) => $"customer-{customer}@example.org";

    /// <param name="orders">With a customer each, in order of time.</param>
    /// <param name="sentAt">When the batch leaves the shop, by the shop's clock.</param>
    public byte[] Write(IReadOnlyList<Order> orders, Instant sentAt)
    {
        var buffer = new ArrayBufferWriter<byte>(orders.Count * 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batch");
            foreach (var order in orders)
                Write(json, order, order.Customer ?? throw new ArgumentException("An order without a customer cannot be sent.", nameof(orders)));
            json.WriteEndArray();
            json.WriteString("sentAt", InstantPattern.ExtendedIso.Format(sentAt));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    void Write(Utf8JsonWriter json, Order order, string customer)
    {
        if (_countries.GetValueOrDefault(customer) != order.Country)
        {
            _countries[customer] = order.Country;
            WriteHead(json, "identify", $"online-retail-{customer}-{order.Invoice}", order, customer);
            json.WriteStartObject("traits");
            json.WriteString("email", Email(customer));
            json.WriteString("customer_id", customer);
            json.WriteString("country", order.Country);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        WriteHead(json, "track", $"online-retail-{order.Invoice}", order, customer);
        json.WriteString("event", order.EventName);
        json.WriteStartObject("properties");
        json.WriteString("invoice", order.Invoice);
        json.WriteNumber("total", order.Total);
        json.WriteNumber("count", order.Count);
        json.WriteNumber("lines", order.Lines);
        json.WriteNumber("units", order.Units);
        json.WriteString("currency", Order.Currency);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteHead(Utf8JsonWriter json, string type, string messageId, Order order, string customer)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("messageId", messageId);
        json.WriteString("userId", customer);
        json.WriteString("timestamp", InstantPattern.ExtendedIso.Format(order.At));
    }
}
