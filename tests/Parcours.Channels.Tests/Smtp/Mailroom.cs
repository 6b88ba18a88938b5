using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>A sink, a bag and a pool between them, with limits short enough for a test.</summary>
sealed class Mailroom : IDisposable
{
    // Silence is told from slowness by these: long for a busy machine, short for a test that waits for them.
    static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);

    SmtpPool? _pool;

    public SmtpSink Sink { get; } = new();
    public PostBag Bag { get; } = new();
    public List<string> Reports { get; } = [];
    public SmtpSettings Settings { get; set; }

    public Mailroom(bool patient = true) => Settings = new SmtpSettings
    {
        Host = "localhost",
        Port = Sink.Port,
        Tls = SmtpTls.Never,
        Connections = 1,
        Timeouts = patient ? new SmtpTimeouts() : new SmtpTimeouts { Greeting = Silence, Command = Silence, Content = Silence, Stop = Silence },
    };

    public Task<SmtpVerdict> Post(string to = "ada@example.org")
    {
        _pool ??= new SmtpPool(Settings, Bag, TimeProvider.System, Report);
        return Bag.Post(to);
    }

    /// <summary>Ends the pool: what is on its way is finished or given up.</summary>
    public void Stop()
    {
        Bag.Close();
        _pool?.Dispose();
    }

    public void Dispose()
    {
        Stop();
        Sink.Dispose();
    }

    void Report(string sentence)
    {
        lock (Reports)
            Reports.Add(sentence);
    }
}
