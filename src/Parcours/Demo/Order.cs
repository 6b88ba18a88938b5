using NodaTime;

namespace Parcours.Demo;

/// <summary>One invoice of the web shop.</summary>
/// <param name="Customer">Its number; null where the shop did not know who bought.</param>
/// <param name="At">The invoice's minute.</param>
/// <param name="IsCancellation">Takes back what was bought: units and total are negative.</param>
/// <param name="Total">Pounds.</param>
sealed record Order(string Invoice, Instant At, string? Customer, string Country, bool IsCancellation, int Lines, int Units, decimal Total)
{
    public const string Completed = "Order Completed", Cancelled = "Order Cancelled", Currency = "GBP";

    public string EventName => IsCancellation ? Cancelled : Completed;

    /// <summary>What it adds to the number of orders: sums over both events are net of cancellations.</summary>
    public int Count => IsCancellation ? -1 : 1;
}
