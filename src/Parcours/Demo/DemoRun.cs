using System.Diagnostics;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Intake;

namespace Parcours.Demo;

/// <summary>Takes the orders in, each at its own virtual minute, by the path that a shop's server would use.</summary>
sealed class DemoRun
{
    readonly List<IGrouping<Instant, Order>> _minutes;

    public DemoRun(IReadOnlyList<Order> orders)
    {
        var known = orders.Where(order => order.Customer is not null).ToList();
        _minutes = [.. known.GroupBy(order => order.At)];
        (Sent, LeftOut) = (known.Count, orders.Count - known.Count);
        Contacts = known.Select(order => order.Customer).Distinct().Count();
    }

    /// <summary>Orders and cancellations with a customer.</summary>
    public int Sent { get; }

    /// <summary>Those without one: nobody is there to travel.</summary>
    public int LeftOut { get; }

    public int Contacts { get; }

    /// <summary>A little before the first order, for the journeys must be live when it comes.</summary>
    public Instant Begins => _minutes[0].Key - Duration.FromHours(1);

    /// <summary>The minute of the last order.</summary>
    public Instant Ends => _minutes[^1].Key;

    /// <param name="day">Told now and then, at least once a day: what is written down by day is written then.</param>
    /// <param name="progress">Told how many orders are done.</param>
    /// <returns>How long the year took.</returns>
    public async Task<TimeSpan> RunAsync(IEngine engine, Func<CancellationToken, Task> day, Action<int> progress, CancellationToken cancellationToken)
    {
        await DemoCatalogue.PublishAsync(engine, cancellationToken);
        var feed = new ShopFeed();
        var watch = Stopwatch.StartNew();
        var done = 0;
        foreach (var minute in _minutes)
        {
            var orders = minute.ToList();
            await TakeInAsync(engine, feed.Write(orders, minute.Key), minute.Key, cancellationToken);
            await day(cancellationToken);
            progress(done += orders.Count);
        }
        await engine.SettleAsync(cancellationToken);
        return watch.Elapsed;
    }

    static async Task TakeInAsync(IEngine engine, byte[] batch, Instant now, CancellationToken cancellationToken)
    {
        if (IntakeParser.Parse(batch, IntakeRoute.Batch) is not IntakeReading.Accepted { Refusals: [] } read)
            throw new UnreachableException($"The intake refused a batch of the demo at {now}.");
        var results = await engine.SubmitAtAsync(now, [.. read.Items.Select(item => item.ToSubmission(SenderRights.Server))], cancellationToken);
        if (results.FirstOrDefault(result => result.Outcome != SubmissionOutcome.Accepted || result.Refusals.Length > 0) is { } refused)
            throw new UnreachableException($"The engine did not take an order at {now}: {refused.Outcome} {string.Join(", ", refused.Refusals)}");
    }
}
