using System.Collections.Concurrent;
using System.Text;
using NodaTime;
using Parcours.Channels.Webhooks;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Tests.Webhooks;

/// <summary>Many webhooks at once: a receiver that stands still holds up no other.</summary>
public sealed class WebhookChannelTests
{
    static readonly Instant Monday9 = Instant.FromUtc(2026, 3, 2, 9, 0);

    sealed class NoSecrets : IWebhookSecrets
    {
        public ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken) => default;
        public ValueTask<IReadOnlyList<string>> SigningAsync(CancellationToken cancellationToken) => new(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]);
    }

    sealed class Queue(IEnumerable<OutgoingMessage> messages, int awaited) : IHandOver
    {
        readonly ConcurrentQueue<OutgoingMessage> _messages = new(messages);
        readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public ConcurrentDictionary<long, SendResult> Settled { get; } = new();
        public Task EnoughAsync => _enough.Task;
        public OutgoingMessage? Take(TimeSpan patience) => _messages.TryDequeue(out var message) ? message : null;

        public void Settle(OutgoingMessage message, SendResult result)
        {
            Settled[message.Row.Number] = result;
            if (Settled.Count >= awaited)
                _enough.TrySetResult();
        }
    }

    static OutgoingMessage Message(long number, string url, string host)
    {
        var contact = new Contact(ContactId.Create(1, Monday9.ToUnixTimeMilliseconds(), 0), Monday9);
        return new(
            new MessageRow(number, new(Guid.NewGuid()), contact.Id, null, new JourneyId("crm"), 1, "tell", 1, "webhook", host, "", MessagePurpose.Transactional, null, Monday9, Monday9, Monday9 + Duration.FromDays(3),
                MessageStatus.Pending, null, Monday9, 1, null, null, default),
            contact, EventProperties.Empty, null, "CRM", Monday9)
        {
            Request = new("POST", url, [], Encoding.UTF8.GetBytes("{}"), null, false),
        };
    }

    [Fact]
    public async Task A_receiver_that_stands_still_holds_up_no_other_and_a_stop_gives_it_up()
    {
        Receiver? stalls = null;
        stalls = new Receiver((_, _) => stalls!.StallAsync());
        await using var still = stalls;
        await using var good = new Receiver($"HTTP/1.1 204 No Content\r\n{Receiver.End}");
        var many = WebhookSettings.AtOnceToHost + 10;
        var queue = new Queue([.. Enumerable.Range(0, many).Select(n => Message(n, stalls.Url, "still")), Message(1_000, good.Url, "good")], awaited: 11);
        using var channel = new WebhookChannel(new() { PrivateAddresses = true, Timeout = TimeSpan.FromMinutes(5) }, new NoSecrets(), TimeProvider.System);

        channel.Start(queue);
        await queue.EnoughAsync.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(SendOutcome.Sent, queue.Settled[1_000].Outcome);
        // Too many for one receiver go back, and count as no try.
        Assert.All(queue.Settled.Where(settled => settled.Key < many), settled => Assert.Equal((SendOutcome.TryLater, Duration.FromSeconds(1)), (settled.Value.Outcome, settled.Value.RetryAfter)));
        Assert.Equal(10, queue.Settled.Count(settled => settled.Key < many));

        await channel.StopAsync();
        // The loop stops it, and so does the engine's end: the second time must not wait for places that the first has taken.
        await channel.StopAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        // What was on its way is settled by nobody: at the next start it is sent again under its key (Semantics 10.8).
        Assert.Equal(11, queue.Settled.Count);
    }
}
