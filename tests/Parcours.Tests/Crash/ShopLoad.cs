using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parcours.Tests.Crash;

/// <summary>Customers who sign up and buy, sent by several senders at once; and the tally of what was answered, kept outside the program.</summary>
/// <remarks>A request that nobody answered is sent again, under the same message ids, until somebody does: each time to the next address.</remarks>
sealed class ShopLoad(IReadOnlyList<string> urls, string key, int seed) : IDisposable
{
    const int Senders = 6, SignUps = 4, Purchases = 12;
    static readonly TimeSpan RetryEach = TimeSpan.FromMilliseconds(20);

    readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };
    readonly CancellationTokenSource _enough = new();
    readonly ConcurrentDictionary<string, int> _purchases = new();
    readonly List<Task> _senders = [];
    int _unanswered, _answered, _sentAgain, _duplicates;

    /// <summary>Purchases by customer: of each, every message id once. All customers are keys.</summary>
    public IReadOnlyDictionary<string, int> Tally => _purchases;

    /// <summary>Requests on their way at this moment.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Requests answered so far.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Requests sent again because nobody answered.</summary>
    public int SentAgain => _sentAgain;

    /// <summary>Requests sent again although they were answered: the program must know them.</summary>
    public int SentTwice => _duplicates;

    /// <summary>What was said the last time a request was turned away.</summary>
    public string? Refusal { get; private set; }

    public void Begin() => _senders.AddRange(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(sender))));

    /// <summary>Why a sender gave up: it was answered something that no sender should be.</summary>
    public Exception? GaveUp => _senders.Find(sender => sender.IsFaulted)?.Exception?.InnerException;

    /// <summary>No new request; completes when all are answered.</summary>
    public async Task EndAsync()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_senders);
    }

    async Task SendAsync(int sender)
    {
        var random = new Random(seed * 100 + sender);
        var mine = new List<string>();
        for (var round = 0; !_enough.IsCancellationRequested; round++)
        {
            var bought = new List<string>();
            var batch = Batch(sender, round, random, mine, bought);
            await UntilAnsweredAsync(batch, sender + round);
            foreach (var customer in bought)
                _purchases.AddOrUpdate(customer, 1, (_, count) => count + 1);
            if (random.Next(20) == 0)
            {
                await UntilAnsweredAsync(batch, sender + round + 1);
                Interlocked.Increment(ref _duplicates);
            }
        }
    }

    byte[] Batch(int sender, int round, Random random, List<string> mine, List<string> bought)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batch");
            for (var index = 0; index < SignUps; index++)
            {
                var customer = $"customer-{sender}-{round}-{index}";
                mine.Add(customer);
                _purchases.TryAdd(customer, 0);
                Call(json, "identify", customer, $"{customer}-identify", null);
                Call(json, "track", customer, $"{customer}-signed-up", "signed_up");
            }
            for (var index = 0; index < Purchases; index++)
            {
                // The latest customers buy: their journeys are under way.
                var customer = mine[^random.Next(1, Math.Min(mine.Count, 60) + 1)];
                bought.Add(customer);
                Call(json, "track", customer, $"{sender}-{round}-bought-{index}", "bought");
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    static void Call(Utf8JsonWriter json, string type, string customer, string messageId, string? name)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("userId", customer);
        json.WriteString("messageId", messageId);
        if (name is not null)
            json.WriteString("event", name);
        else
        {
            json.WriteStartObject("traits");
            json.WriteString("email", $"{customer}@example.org");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    async Task UntilAnsweredAsync(byte[] batch, int turn)
    {
        for (var first = true; ; first = false)
        {
            if (!first)
                Interlocked.Increment(ref _sentAgain);
            if (await TryAsync(batch, urls[turn++ % urls.Count]))
                return;
            await Task.Delay(RetryEach);
        }
    }

    async Task<bool> TryAsync(byte[] batch, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "/v1/batch") { Content = new ByteArrayContent(batch) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
        Interlocked.Increment(ref _unanswered);
        try
        {
            using var answer = await _client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.OK)
                return Interlocked.Increment(ref _answered) > 0;
            var said = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway))
                throw new InvalidOperationException($"The intake answered {answer.StatusCode}: {said}");
            Refusal = said;
            return false;
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _unanswered);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _enough.Dispose();
    }
}
