using System.Diagnostics;

namespace Parcours.Bench.Machine;

/// <summary>How much of the machine others use while something is measured.</summary>
sealed class OtherWork
{
    readonly int[] _ours;
    readonly double _busy = Proc.Busy(), _own;
    readonly long _began = Stopwatch.GetTimestamp();

    /// <param name="ours">Process trees whose work is the measurement's own.</param>
    public OtherWork(params int[] ours) => (_ours, _own) = (ours, Proc.Cpu(ours));

    /// <summary>Cores that others kept busy since, on average.</summary>
    public double Cores()
    {
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        return Math.Max(0, (Proc.Busy() - _busy - (Proc.Cpu(_ours) - _own)) / seconds);
    }
}
