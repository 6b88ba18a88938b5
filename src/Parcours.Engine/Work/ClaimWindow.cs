namespace Parcours.Engine.Work;

/// <summary>How many messages may be claimed and not settled: about what was settled in the last quarter of a second, so that a fast provider is kept busy and a crash leaves little in doubt (Semantics 10.8).</summary>
/// <param name="most">The setting; virtual time, where a claim and its settlement are one instant, has all of it.</param>
sealed class ClaimWindow(int most, TimeProvider time)
{
    const int Least = 32;
    static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(250);
    readonly bool _isVirtual = time is Time.VirtualClock;
    long _slotBegan = time.GetTimestamp();
    int _before, _now;

    public int Size
    {
        get
        {
            if (_isVirtual)
                return most;
            Turn();
            return Math.Min(most, Math.Max(Least, 2 * Math.Max(_before, _now)));
        }
    }

    /// <summary>The provider has said of one what becomes of it.</summary>
    public void Settled()
    {
        Turn();
        _now++;
    }

    void Turn()
    {
        var elapsed = time.GetElapsedTime(_slotBegan);
        if (elapsed >= Slot)
            (_before, _now, _slotBegan) = (elapsed >= 2 * Slot ? 0 : _now, 0, time.GetTimestamp());
    }
}
