namespace Parcours.Bench.Machine;

/// <summary>CPU and memory of process trees from now on.</summary>
sealed class Watch : IDisposable
{
    readonly int[] _roots;
    readonly double _cpu;
    readonly Timer _timer;
    readonly Lock _lock = new();
    double _peak;

    public Watch(int[] roots)
    {
        (_roots, _cpu) = (roots, Proc.Cpu(roots));
        // Walking the page tables of some hundred MiB takes about a millisecond.
        _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    /// <summary>Seconds, user and system.</summary>
    public double Cpu() => Proc.Cpu(_roots) - _cpu;

    /// <summary>The highest sum of proportional set sizes.</summary>
    public double PeakMiB()
    {
        Sample();
        return _peak;
    }

    void Sample()
    {
        lock (_lock)
            _peak = Math.Max(_peak, Proc.PssMiB(_roots));
    }

    public void Dispose() => _timer.Dispose();
}
