using NodaTime;
using Parcours.Demo;

namespace Parcours.Tests.Demo;

/// <summary>What the demo's journeys must come to, counted from the orders alone in plain loops, with nothing of the engine.</summary>
sealed class ShopTally
{
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    readonly Instant _end;

    public ShopTally(IReadOnlyList<Order> orders)
    {
        var known = orders.Where(order => order.Customer is not null).ToList();
        _end = known.Max(order => order.At);
        Orders = known.Count;
        foreach (var customer in known.GroupBy(order => order.Customer))
        {
            Contacts++;
            var bought = customer.Where(order => !order.IsCancellation).Select(order => order.At).ToList();
            if (bought.Count > 0)
                Welcome(bought);
            WinBack(bought);
            Vip(customer.ToList());
        }
    }

    public int Contacts { get; private set; }
    public int Orders { get; }
    public Journey Welcomes { get; } = new();
    public Journey WinBacks { get; } = new();
    public Journey Vips { get; } = new();
    public int VipsAtTheEnd { get; private set; }

    /// <summary>A journey's three figures; in progress is the rest.</summary>
    public sealed class Journey
    {
        public int Started { get; set; }
        public int Completed { get; set; }
        public int Successful { get; set; }
    }

    // A week, the next weekday at 09:30 in London, three weeks; a second order before that is the goal.
    void Welcome(List<Instant> bought)
    {
        Welcomes.Started++;
        var leaves = Next(bought[0] + Duration.FromDays(7), new LocalTime(9, 30), day => day is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)) + Duration.FromDays(21);
        // What happened at an instant counts before what falls due at it.
        if (bought.Count > 1 && bought[1] <= leaves)
        {
            Welcomes.Completed++;
            Welcomes.Successful++;
        }
        else if (leaves <= _end)
        {
            Welcomes.Completed++;
        }
    }

    // 90 days without an order start it; it ends with the next order, successful if the reminder went out before, or by itself 44 days after the reminder.
    void WinBack(List<Instant> bought)
    {
        for (var index = 0; index < bought.Count; index++)
        {
            var lapses = bought[index] + Duration.FromDays(90);
            Instant? next = index + 1 < bought.Count ? bought[index + 1] : null;
            if (lapses > _end || next <= lapses)
                continue;
            WinBacks.Started++;
            var reminder = Next(lapses, new LocalTime(10, 0), day => day is IsoDayOfWeek.Tuesday or IsoDayOfWeek.Wednesday or IsoDayOfWeek.Thursday);
            var lost = reminder + Duration.FromDays(44);
            if (next is { } order && order <= lost)
            {
                WinBacks.Completed++;
                // An order at the reminder's very minute comes before it.
                if (order > reminder)
                    WinBacks.Successful++;
            }
            else if (lost <= _end)
            {
                WinBacks.Completed++;
            }
        }
    }

    // Ten orders and 3,000 pounds net; a cancellation below that ends it, and so does a year.
    void Vip(List<Order> orders)
    {
        var (count, total, since) = (0, 0m, (Instant?)null);
        foreach (var order in orders)
        {
            count += order.IsCancellation ? -1 : 1;
            total += order.Total;
            var isVip = count >= 10 && total >= 3000;
            if (isVip && since is null)
            {
                since = order.At;
                Vips.Started++;
            }
            else if (!isVip && since is { } began)
            {
                since = null;
                Vips.Completed++;
                if (order.At > began + Duration.FromDays(365))
                    Vips.Successful++;
            }
        }

        if (since is { } still)
        {
            VipsAtTheEnd++;
            if (still + Duration.FromDays(365) <= _end)
            {
                Vips.Completed++;
                Vips.Successful++;
            }
        }
    }

    static Instant Next(Instant from, LocalTime time, Func<IsoDayOfWeek, bool> day)
    {
        for (var date = from.InZone(London).Date; ; date = date.PlusDays(1))
            if (day(date.DayOfWeek) && (date + time).InZoneLeniently(London).ToInstant() is var at && at >= from)
                return at;
    }
}
