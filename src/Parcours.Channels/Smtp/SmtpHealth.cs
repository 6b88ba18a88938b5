namespace Parcours.Channels.Smtp;

/// <summary>Whether the server can be reached. After a failure nobody tries again for a while; the while doubles.</summary>
sealed class SmtpHealth(TimeProvider time, Action<string>? report)
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(30);

    readonly Lock _lock = new();
    string? _why;
    TimeSpan _pause;
    long _failedAt;

    /// <summary>Null: it may be tried; else why not yet, and for how long.</summary>
    public (string Why, TimeSpan Wait)? Trouble
    {
        get
        {
            lock (_lock)
                return _why is { } why && _pause - time.GetElapsedTime(_failedAt) is var left && left > TimeSpan.Zero ? (why, left) : null;
        }
    }

    public void Failed(string why)
    {
        bool news;
        lock (_lock)
        {
            // Several lines fail at once: that is one failure.
            if (_why is null || time.GetElapsedTime(_failedAt) >= _pause)
                (_pause, _failedAt) = (_why is null ? First : TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, Longest.Ticks)), time.GetTimestamp());
            news = _why != why;
            _why = why;
        }
        if (news)
            report?.Invoke($"Mails wait: {why}");
    }

    public void Works()
    {
        bool news;
        lock (_lock)
        {
            news = _why is not null;
            _why = null;
        }
        if (news)
            report?.Invoke("The mail server takes mails again.");
    }
}
