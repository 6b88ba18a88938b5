namespace Parcours.Channels.Smtp;

/// <summary>Sends what a source has, over several lines to one server, each with a blocking thread of its own.</summary>
/// <remarks>Threads, not tasks: measured, four to eight of them take less CPU a mail and a fraction of the wait (docs/architecture.md).</remarks>
public sealed class SmtpPool : IDisposable
{
    readonly SmtpSettings _settings;
    readonly CancellationTokenSource _stopping = new();
    readonly SmtpLane[] _lanes;
    readonly Thread[] _threads;

    /// <param name="report">Hears, in a sentence, when the server cannot be used and when it can again; no secret is in it.</param>
    public SmtpPool(SmtpSettings settings, ISmtpSource source, TimeProvider time, Action<string>? report = null)
        : this(settings, source, time, report, new SmtpShare(settings?.Connections ?? 1))
    {
    }

    /// <param name="share">What of rate and connections is this process's.</param>
    internal SmtpPool(SmtpSettings settings, ISmtpSource source, TimeProvider time, Action<string>? report, SmtpShare share)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        var (pace, health) = (new SmtpPace(settings.MessagesPerSecond, time, share), new SmtpHealth(time, report));
        _lanes = [.. Enumerable.Range(0, settings.Connections).Select(number => new SmtpLane(settings, source, pace, health, time, _stopping.Token) { HasPlace = () => number < share.Connections })];
        _threads = [.. _lanes.Select((lane, number) => new Thread(lane.Run) { IsBackground = true, Name = $"parcours smtp {number + 1}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>
    /// Ends the threads: they take nothing more, finish what they have begun, and after a moment are cut off. The source must answer <see cref="ISmtpSource.Take"/> at once by then.
    /// </summary>
    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
            return;
        _stopping.Cancel();
        // Together, not one after the other, they have that long.
        using (var cut = new Timer(_ => Array.ForEach(_lanes, lane => lane.Abort()), null, _settings.Timeouts.Stop, TimeSpan.FromMilliseconds(100)))
            foreach (var thread in _threads)
                thread.Join();
        _stopping.Dispose();
    }
}
