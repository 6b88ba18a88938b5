using NodaTime;
using Parcours.Channels.Mailing;
using Parcours.Channels.Mime;
using Parcours.Engine.Ports;

namespace Parcours.Channels.Smtp;

/// <summary>The e-mail channel that sends: composes late, writes MIME, and hands over to one mail server.</summary>
/// <param name="report">Hears when the server cannot be used and when it can again.</param>
public sealed class SmtpChannel(MailComposer composer, SmtpSettings settings, TimeProvider time, Action<string>? report = null) : ISelfSendingChannel, IDisposable
{
    readonly SemaphoreSlim _one = new(1);
    readonly SmtpShare _share = new(settings.Connections);
    SmtpPool? _pool;

    public string Name => "email";

    /// <summary>A mail server does not know what it has had before: what was in doubt is not sent twice (Semantics 10.8).</summary>
    public bool IsIdempotent => false;

    public void Start(IHandOver handOver) => _pool = new SmtpPool(
        settings, new SmtpChannelSource(composer, handOver, settings.DomainRates.Count > 0 ? new SmtpDomainPaces(settings.DomainRates, time, share: _share) : null), time, report, _share);

    public void ShareIs(int partitions) => _share.Is(partitions);

    public Task StopAsync() => _pool is { } pool ? Task.Run(pool.Dispose) : Task.CompletedTask;

    /// <summary>One message on a line of its own, which is closed after it: for an engine whose senders do not run.</summary>
    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var only = new One(message);
            var lane = new SmtpLane(settings, new SmtpChannelSource(composer, only), new SmtpPace(null, time), new SmtpHealth(time, report), time, CancellationToken.None);
            await using (cancellationToken.Register(lane.Abort))
                await Task.Run(lane.DeliverOne, CancellationToken.None);
            lane.Close();
            return only.Result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _pool?.Dispose();
        _one.Dispose();
    }

    sealed class One(OutgoingMessage message) : IHandOver
    {
        OutgoingMessage? _left = message;

        public SendResult Result { get; private set; } = new(SendOutcome.TryLater, "smtp: nothing was sent", Duration.Zero);

        public OutgoingMessage? Take(TimeSpan patience) => Interlocked.Exchange(ref _left, null);

        public void Settle(OutgoingMessage message, SendResult result) => Result = result;
    }
}
