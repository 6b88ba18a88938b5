using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Parcours.Demo;

/// <summary>The order history that the program carries: samples/online-retail, whose notice says where it is from.</summary>
static class OrderHistory
{
    const string File = "online-retail/invoices.csv.gz";
    static readonly LocalDateTimePattern WallTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    // Semantics 8.5: in a gap the first instant after it, in an overlap the earlier.
    static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>All orders, in order of time; within a minute as the shop numbered them.</summary>
    public static IReadOnlyList<Order> Read()
    {
        using var unpacked = new GZipStream(Samples.Open(File), CompressionMode.Decompress);
        using var csv = new CsvReader(new StreamReader(unpacked), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var orders = new List<Order>();
        while (csv.Read())
            orders.Add(Row(csv));
        return orders;
    }

    static Order Row(CsvReader csv)
    {
        var invoice = csv.GetField("invoice_no") ?? "";
        return new Order(
            invoice,
            WallTime.Parse(csv.GetField("invoice_date") ?? "").Value.InZone(London, Resolver).ToInstant(),
            csv.GetField("customer_id") is { Length: > 0 } customer ? customer : null,
            csv.GetField("country") ?? "",
            invoice.StartsWith('C'),
            csv.GetField<int>("lines"),
            csv.GetField<int>("units"),
            csv.GetField<decimal>("total_gbp"));
    }
}
