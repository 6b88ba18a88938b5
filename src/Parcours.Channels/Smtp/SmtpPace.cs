namespace Parcours.Channels.Smtp;

/// <summary>Lets so many mails a second pass, over all threads. A tenth of a second's worth may pass at once.</summary>
sealed class SmtpPace
{
    readonly TimeProvider _time;
    readonly double _ticksAlone;
    readonly long _ticksAhead;
    readonly SmtpShare? _share;
    long _next;

    /// <param name="perSecond">Null: any number.</param>
    /// <param name="share">What of it is this process's; null: all.</param>
    public SmtpPace(double? perSecond, TimeProvider time, SmtpShare? share = null)
    {
        (_time, _share) = (time, share);
        if (perSecond is { } rate)
            (_ticksAlone, _ticksAhead) = (time.TimestampFrequency / rate, time.TimestampFrequency / 10);
        _next = time.GetTimestamp();
    }

    long TicksApart => Math.Max(1, (long)(_ticksAlone / (_share?.Part ?? 1)));

    /// <summary>Takes the next place if it has come; else says how long until then.</summary>
    public bool TryPass(out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (_ticksAlone == 0)
            return true;
        var apart = TicksApart;
        while (true)
        {
            var (next, now) = (Volatile.Read(ref _next), _time.GetTimestamp());
            // What was not used is lost, but for a little: no burst after a pause.
            var place = Math.Max(next, now - _ticksAhead);
            if (place > now)
            {
                wait = _time.GetElapsedTime(now, place);
                return false;
            }
            if (Interlocked.CompareExchange(ref _next, place + apart, next) == next)
                return true;
        }
    }

    /// <summary>The place was not used.</summary>
    public void GiveBack()
    {
        if (_ticksAlone > 0)
            Interlocked.Add(ref _next, -TicksApart);
    }
}
