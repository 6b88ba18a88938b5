namespace Parcours.Channels.Smtp;

/// <summary>
/// Lets so many mails a second go to each recipient domain, over all threads. A mail whose domain is busy gets a time of its own and goes back to the outbox until then, so that it holds up
/// nobody; when it comes back it need not ask for another. Its time lies in the outbox, not here: however many wait, a domain costs one entry, and only while it is busy.
/// </summary>
/// <param name="rates">By domain, lower case; <c>*</c> for all others. A domain without a rate is not held back.</param>
/// <param name="busyMax">Domains kept at once; with more than that busy, a mail to a further one comes again in a second.</param>
/// <param name="share">What of the rates is this process's; null: all.</param>
sealed class SmtpDomainPaces(IReadOnlyDictionary<string, double> rates, TimeProvider time, int busyMax = 65_536, SmtpShare? share = null)
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    sealed class Pace
    {
        /// <summary>When the next may really go; keeps to the rate whatever comes back late and at once.</summary>
        public long NextSend;
        /// <summary>The first time that nobody was given yet.</summary>
        public long NextFree;
    }

    readonly Dictionary<string, Pace> _busy = new(StringComparer.Ordinal);
    readonly Lock _lock = new();

    public int Busy { get { lock (_lock) return _busy.Count; } }

    /// <param name="hasTime">It was given a time before, and that has come.</param>
    /// <param name="wait">Until its time, where it may not go now.</param>
    public bool TryPass(string address, bool hasTime, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        var domain = address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
        if ((rates.TryGetValue(domain, out var rate) ? rate : rates.GetValueOrDefault("*")) is not (> 0 and var perSecond))
            return true;
        var now = time.GetTimestamp();
        var apart = Math.Max(1, (long)(time.TimestampFrequency / (perSecond * (share?.Part ?? 1))));
        lock (_lock)
        {
            if (!_busy.TryGetValue(domain, out var pace))
            {
                if (_busy.Count >= busyMax)
                    DropIdle(now);
                if (_busy.Count >= busyMax)
                {
                    wait = Again;
                    return false;
                }
                _busy.Add(domain, pace = new() { NextSend = now, NextFree = now });
            }
            // What comes back a little early or late is not sent away for it, but the next counts from where this belongs.
            var slack = Math.Min(apart, time.TimestampFrequency);
            if (pace.NextSend - (hasTime ? slack : 0) <= now && (hasTime || pace.NextFree <= now))
            {
                pace.NextSend = Math.Max(pace.NextSend, now - slack) + apart;
                pace.NextFree = Math.Max(pace.NextFree, pace.NextSend);
                return true;
            }
            var at = Math.Max(Math.Max(pace.NextFree, pace.NextSend), now);
            pace.NextFree = at + apart;
            wait = time.GetElapsedTime(now, at);
            return false;
        }
    }

    void DropIdle(long now)
    {
        foreach (var (domain, pace) in _busy)
            if (pace.NextSend <= now && pace.NextFree <= now)
                _busy.Remove(domain);
    }
}
