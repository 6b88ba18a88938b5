namespace Parcours.Channels.Smtp;

/// <summary>Lets so many mails a second pass, over all threads. A tenth of a second's worth may pass at once.</summary>
sealed class SmtpPace
{
    readonly TimeProvider _time;
    readonly long _ticksApart, _ticksAhead;
    long _next;

    /// <param name="perSecond">Null: any number.</param>
    public SmtpPace(double? perSecond, TimeProvider time)
    {
        _time = time;
        if (perSecond is { } rate)
            (_ticksApart, _ticksAhead) = (Math.Max(1, (long)(time.TimestampFrequency / rate)), time.TimestampFrequency / 10);
        _next = time.GetTimestamp();
    }

    /// <summary>Takes the next place if it has come; else says how long until then.</summary>
    public bool TryPass(out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (_ticksApart == 0)
            return true;
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
            if (Interlocked.CompareExchange(ref _next, place + _ticksApart, next) == next)
                return true;
        }
    }

    /// <summary>The place was not used.</summary>
    public void GiveBack()
    {
        if (_ticksApart > 0)
            Interlocked.Add(ref _next, -_ticksApart);
    }
}
