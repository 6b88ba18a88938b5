using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
namespace Parcours.Bench.Engine;
sealed class AllocTick : EventListener
{
    public readonly ConcurrentDictionary<string, long> Bytes = new();
    protected override void OnEventSourceCreated(EventSource source) { if (source.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(source, EventLevel.Verbose, (EventKeywords)1); }
    protected override void OnEventWritten(EventWrittenEventArgs e)
    {
        if (e.EventName is null || !e.EventName.StartsWith("GCAllocationTick", StringComparison.Ordinal)) return;
        var type = (string)e.Payload![5]!; var amount = Convert.ToInt64(e.Payload[3], System.Globalization.CultureInfo.InvariantCulture);
        Bytes.AddOrUpdate(type, amount, (_, had) => had + amount);
    }
    public void Print(double n) { foreach (var (t, b) in Bytes.OrderByDescending(p => p.Value).Take(70)) Console.WriteLine($"{b / n,9:N1} {t}"); }
}
