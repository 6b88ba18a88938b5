using System.Buffers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Parcours.Demo;

/// <summary>Writes orders as a shop's server would send them: a batch of Segment's <c>track</c> calls with the buyer's traits.</summary>
static class OrderBatch
{
    /// <summary>The data has no addresses: this one is made up, in a domain where nobody receives mail.</summary>
    public static string Email(string customer) => $"customer-{customer}@example.org";

    /// <param name="orders">With a customer each.</param>
    /// <param name="sentAt">When the batch leaves the shop, by the shop's clock.</param>
    public static byte[] Write(IReadOnlyList<Order> orders, Instant sentAt)
    {
        var buffer = new ArrayBufferWriter<byte>(orders.Count * 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batch");
            foreach (var order in orders)
                Write(json, order);
            json.WriteEndArray();
            json.WriteString("sentAt", InstantPattern.ExtendedIso.Format(sentAt));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, Order order)
    {
        var customer = order.Customer ?? throw new ArgumentException("An order without a customer cannot be sent.", nameof(order));
        json.WriteStartObject();
        json.WriteString("type", "track");
        json.WriteString("messageId", $"online-retail-{order.Invoice}");
        json.WriteString("userId", customer);
        json.WriteString("event", order.EventName);
        json.WriteString("timestamp", InstantPattern.ExtendedIso.Format(order.At));
        json.WriteStartObject("properties");
        json.WriteString("invoice", order.Invoice);
        json.WriteNumber("total", order.Total);
        json.WriteNumber("count", order.Count);
        json.WriteNumber("lines", order.Lines);
        json.WriteNumber("units", order.Units);
        json.WriteString("currency", Order.Currency);
        json.WriteEndObject();
        json.WriteStartObject("context");
        json.WriteStartObject("traits");
        json.WriteString("email", Email(customer));
        json.WriteString("customer_id", customer);
        json.WriteString("country", order.Country);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
