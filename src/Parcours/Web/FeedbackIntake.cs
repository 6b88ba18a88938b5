using System.Threading.Channels;
using NodaTime;
using Parcours.Channels.Links;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;

namespace Parcours.Web;

/// <summary>
/// Takes in what readers of mail do, beside the answers that they get: whoever follows a link gets where it leads, also when the engine is behind or the store is out of order.
/// Usually it is durable before the answer goes; in a jam it waits here, and is lost if the process dies meanwhile or more than <see cref="WaitingMax"/> wait.
/// </summary>
sealed partial class FeedbackIntake(IEngine engine, TimeProvider time, MessageRate rate, ILogger<FeedbackIntake> log) : BackgroundService
{
    public const int WaitingMax = 20_000;

    const int AtOnceMax = 500;

    /// <summary>How long an answer waits for it to be durable.</summary>
    static readonly TimeSpan AnswerWaits = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the engine is asked again before it is given up.</summary>
    static readonly TimeSpan GivesUpAfter = TimeSpan.FromMinutes(10);

    readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    /// <param name="Content">Of a click: the mark of the content that its link stands in.</param>
    sealed record Item(SubmissionBody.Feedback Feedback, uint? Content, TaskCompletionSource Done);

    /// <summary>Completes when it is durable, or after a moment all the same. Never fails.</summary>
    public async Task TakeAsync(SubmissionBody.Feedback feedback, uint? content)
    {
        if (!rate.Allows(feedback.Message))
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
                while (items.Count < AtOnceMax && _waiting.Reader.TryRead(out var item))
                    items.Add(item);
                await SubmitAsync(items, stoppingToken);
                foreach (var item in items)
                    item.Done.TrySetResult();
                items.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops: what is in hand and what waits has one more chance, while the engine still runs.
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
            await engine.SubmitAsync(await SubmissionsAsync(items, CancellationToken.None), CancellationToken.None);
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
                await engine.SubmitAsync(await SubmissionsAsync(items, stoppingToken), CancellationToken.None);
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

    async Task<List<Submission>> SubmissionsAsync(List<Item> items, CancellationToken cancellationToken)
    {
        var submissions = new List<Submission>(items.Count);
        foreach (var item in items)
            if (await BelongsAsync(item, cancellationToken))
                submissions.Add(new Submission { Body = item.Feedback, CreatesContact = false });
        return submissions;
    }

    /// <summary>A link's seal says which content it stands in: put behind the token of another mail it still leads where it did, and is nobody's click.</summary>
    async ValueTask<bool> BelongsAsync(Item item, CancellationToken cancellationToken) =>
        item.Content is not { } mark || (await engine.Queries.MessageAsync(item.Feedback.Message, cancellationToken) is { } row && LinkTarget.MarkOf(row.Content) == mark);

    [LoggerMessage(11, LogLevel.Warning, "{Count} opens and clicks were answered and not counted: {Why}.")]
    static partial void Lost(ILogger log, int count, string why);
}
