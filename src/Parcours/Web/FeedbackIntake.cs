using System.Threading.Channels;
using NodaTime;
using Parcours.Channels.Links;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Web;

/// <summary>
/// Takes in what readers of mail do, beside the answers that they get: whoever follows a link gets where it leads, also when the engine is behind or the store is out of order.
/// Usually it is durable before the answer goes; in a jam it waits here, and is lost if the process dies meanwhile or more than <see cref="WaitingMax"/> wait.
/// </summary>
sealed partial class FeedbackIntake(IEngine engine, TimeProvider time, ILogger<FeedbackIntake> log) : BackgroundService
{
    public const int WaitingMax = 20_000;

    const int AtOnceMax = 500;

    /// <summary>How long an answer waits for it to be durable.</summary>
    static readonly TimeSpan AnswerWaits = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the engine is asked again before it is given up.</summary>
    static readonly TimeSpan GivesUpAfter = TimeSpan.FromMinutes(10);

    readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    readonly MessageRate _rate = new(time);

    /// <param name="Content">Of a click: the mark of the content that its link stands in.</param>
    sealed record Item(SubmissionBody.Feedback Feedback, uint? Content, TaskCompletionSource Done);

    /// <summary>Completes when it is durable, or after a moment all the same. Never fails.</summary>
    public async Task TakeAsync(SubmissionBody.Feedback feedback, uint? content)
    {
        if (!_rate.Allows(feedback.Message))
            return;
        var item = new Item(feedback, content, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_waiting.Writer.TryWrite(item))
        {
            Lost(log, 1, "more wait than can be kept");
            return;
        }

        await Task.WhenAny(item.Done.Task, Task.Delay(AnswerWaits, CancellationToken.None));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var items = new List<Item>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                items.Clear();
                while (items.Count < AtOnceMax && _waiting.Reader.TryRead(out var item))
                    items.Add(item);
                await SubmitAsync(items, stoppingToken);
                foreach (var item in items)
                    item.Done.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops: what waits has one more chance, while the engine still runs.
            items.Clear();
            while (_waiting.Reader.TryRead(out var item))
                items.Add(item);
            if (items.Count > 0)
                await TryLastAsync(items);
        }
    }

    async Task TryLastAsync(List<Item> items)
    {
        try
        {
            await engine.SubmitAsync([.. items.Select(item => new Submission { Body = item.Feedback, CreatesContact = false })], CancellationToken.None);
        }
        catch (Exception failure) when (failure is OverloadedException or StoreException or ObjectDisposedException)
        {
            Lost(log, items.Count, "the process stopped");
        }
    }

    async Task SubmitAsync(List<Item> items, CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var wait = Duration.FromSeconds(1);
            try
            {
                var submissions = new List<Submission>(items.Count);
                foreach (var item in items)
                    if (await BelongsAsync(item, stoppingToken))
                        submissions.Add(new Submission { Body = item.Feedback, CreatesContact = false });
                await engine.SubmitAsync(submissions, CancellationToken.None);
                return;
            }
            catch (OverloadedException busy)
            {
                wait = Duration.Min(busy.RetryAfter, Duration.FromSeconds(5));
            }
            catch (Exception failure) when (failure is StoreException or ObjectDisposedException)
            {
                wait = Duration.FromSeconds(5);
            }

            if (time.GetElapsedTime(started) > GivesUpAfter)
            {
                Lost(log, items.Count, "the engine took nothing for ten minutes");
                return;
            }

            await Task.Delay(wait.ToTimeSpan(), time, stoppingToken);
        }
    }

    /// <summary>A link's seal says which content it stands in: put behind the token of another mail it still leads where it did, and is nobody's click.</summary>
    async ValueTask<bool> BelongsAsync(Item item, CancellationToken cancellationToken) =>
        item.Content is not { } mark || (await engine.Queries.MessageAsync(item.Feedback.Message, cancellationToken) is { } row && LinkTarget.MarkOf(row.Content) == mark);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} opens and clicks were answered and not counted: {Why}.")]
    static partial void Lost(ILogger log, int count, string why);
}

/// <summary>How often one message may tell of itself in a minute: a reader opens a mail a few times, a flood is no reader. A fixed table, so that no flood fills the memory.</summary>
sealed class MessageRate(TimeProvider time)
{
    public const int AMinuteMax = 60;

    const int Slots = 1 << 16;

    readonly long[] _slots = new long[Slots];

    public bool Allows(MessageKey message)
    {
        var minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        ref var slot = ref _slots[(uint)message.Value.GetHashCode() % Slots];
        while (true)
        {
            // The minute and how many in it, in one number: two requests at once cannot see half of it.
            var seen = Volatile.Read(ref slot);
            var count = seen >> 16 == minute ? seen & 0xFFFF : 0;
            if (count >= AMinuteMax)
                return false;
            if (Interlocked.CompareExchange(ref slot, (minute << 16) | (count + 1), seen) == seen)
                return true;
        }
    }
}
