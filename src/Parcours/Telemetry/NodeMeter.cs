using System.Diagnostics.Metrics;
using Parcours.Engine;

namespace Parcours.Telemetry;

/// <summary>Figures of this process that are looked at when somebody asks, and what the intake refused before the engine saw it.</summary>
public sealed class NodeMeter : IDisposable
{
    public const string Name = "Parcours";

    readonly Meter _meter = new(Name);
    readonly Counter<long> _refused;

    /// <param name="diskFree">What of the data's disk is free, 0 to 1; null: that is the database server's.</param>
    public NodeMeter(Func<IEngine> engine, Func<double>? diskFree, string version)
    {
        _meter.CreateObservableGauge("parcours.ready", () => engine().IsReady ? 1 : 0, null, "1: this node works on its part of the data and can serve; 0: it starts or cannot.");
        _meter.CreateObservableGauge("parcours.leads", () => engine().WorkedOnBy is null ? 1 : 0, null, "1: this node leads; 0: another does.");
        _meter.CreateObservableGauge("parcours.partitions.owned", () => engine().Partitions.Owned, "{partition}", "Partitions on which this node works; of all nodes together there are 64.");
        _meter.CreateObservableGauge("parcours.partitions.unowned", () => engine().Partitions.Unowned, "{partition}", "Partitions on which nobody works, as this node saw last.");
        _meter.CreateObservableGauge("parcours.intake.queue", () => engine().Figures.QueueLength, "{item}", "Submissions that wait for the worker.");
        _meter.CreateObservableGauge("parcours.build.info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", version)), null, "Always 1; the version is its label.");
        if (diskFree is not null)
            _meter.CreateObservableGauge("parcours.disk.free", diskFree, "1", "Free share of the disk of the data.");
        _refused = _meter.CreateCounter<long>("parcours.intake.refused", "{item}", "Items that the intake refused, by code.");
    }

    /// <param name="code">One of the intake's codes (docs/api.md).</param>
    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Dispose() => _meter.Dispose();
}
