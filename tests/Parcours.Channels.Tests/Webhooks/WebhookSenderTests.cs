using System.Net;
using System.Text;
using NodaTime;
using Parcours.Channels.Webhooks;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Tests.Webhooks;

/// <summary>Semantics 5.4: webhooks against a receiver that misbehaves in every way.</summary>
public sealed class WebhookSenderTests
{
    static readonly Instant Monday9 = Instant.FromUtc(2026, 3, 2, 9, 0);
    static readonly MessageKey Key = new(new Guid("11112222-3333-4444-5555-666677778888"));

    sealed class Secrets : IWebhookSecrets
    {
        public List<string> Signing { get; } = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
        public ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken) => new(name == "crm" ? "t0ken" : null);
        public ValueTask<IReadOnlyList<string>> SigningAsync(CancellationToken cancellationToken) => new(Signing);
    }

    readonly Secrets _secrets = new();

    static OutgoingMessage Message(string url, bool wantsAnswer = true, string? body = """{"a":1}""", string? signWith = null, params WebHeader[] headers)
    {
        var contact = new Contact(ContactId.Create(1, Monday9.ToUnixTimeMilliseconds(), 0), Monday9);
        return new(
            new MessageRow(1, Key, contact.Id, null, new JourneyId("crm"), 1, "tell", 1, "webhook", "127.0.0.1", "", MessagePurpose.Transactional, $"POST {url}", Monday9, Monday9, Monday9 + Duration.FromDays(3),
                MessageStatus.Pending, null, Monday9, 1, null, null, default),
            contact, EventProperties.Empty, null, "CRM", Monday9)
        {
            Request = new(body is null ? "GET" : "POST", url, [.. headers], body is null ? default : Encoding.UTF8.GetBytes(body), signWith, wantsAnswer),
        };
    }

    async Task<SendResult> SendAsync(OutgoingMessage message, bool privateAddresses = true, TimeSpan? timeout = null)
    {
        using var sender = new WebhookSender(new() { PrivateAddresses = privateAddresses, Timeout = timeout ?? TimeSpan.FromSeconds(30) }, _secrets, TimeProvider.System);
        return await sender.SendAsync(message, TestContext.Current.CancellationToken);
    }

    async Task<SendResult> AnsweredAsync(string answer, bool wantsAnswer = true)
    {
        await using var receiver = new Receiver(answer);
        return await SendAsync(Message(receiver.Url, wantsAnswer));
    }

    static string Text(SendResult result) => Encoding.UTF8.GetString(result.Answer.Span);

    [Fact]
    public async Task A_request_carries_its_headers_its_secret_and_a_signature_that_the_receiver_can_check()
    {
        await using var receiver = new Receiver(Receiver.Json("""{"level":"gold"}"""));

        var result = await SendAsync(Message(receiver.Url, headers: [new("X-Kind", "café", null), new("Authorization", "Bearer ", "crm"), new("Content-Type", "application/vnd.crm+json", null)]));

        Assert.Equal((SendOutcome.Sent, """{"status":200,"body":{"level":"gold"}}"""), (result.Outcome, Text(result)));
        var asked = Assert.Single(receiver.Requests);
        Assert.Equal(("POST /hook HTTP/1.1", """{"a":1}""", "café", "Bearer t0ken", "application/vnd.crm+json"), (asked.Line, asked.Body, asked.Headers["X-Kind"], asked.Headers["Authorization"], asked.Headers["Content-Type"]));
        Assert.Equal(Key.ToString(), asked.Headers["webhook-id"]);
        Assert.Equal(StandardWebhooks.Sign(_secrets.Signing[0], Key.ToString(), long.Parse(asked.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(asked.Body)), asked.Headers["webhook-signature"]);
    }

    /// <summary>The example of the specification's own libraries.</summary>
    [Fact]
    public void A_signature_is_that_of_standard_webhooks() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        StandardWebhooks.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Fact]
    public async Task Both_keys_sign_for_a_while_after_a_change_and_a_named_one_signs_alone()
    {
        await using var receiver = new Receiver($"HTTP/1.1 204 No Content\r\n{Receiver.End}");
        _secrets.Signing.Add(StandardWebhooks.NewSecret());

        await SendAsync(Message(receiver.Url, wantsAnswer: false));
        await SendAsync(Message(receiver.Url, wantsAnswer: false, signWith: "crm"));

        Assert.Equal([2, 1], receiver.Requests.Select(asked => asked.Headers["webhook-signature"].Split(' ').Length));
        Assert.Equal(SendOutcome.Failed, (await SendAsync(Message(receiver.Url, signWith: "gone"))).Outcome);
        Assert.Equal("webhook: there is no stored secret 'gone'", (await SendAsync(Message(receiver.Url, headers: [new("X", "", "gone")]))).Why);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Theory]
    [InlineData(200, SendOutcome.Sent)]
    [InlineData(202, SendOutcome.Sent)]
    [InlineData(301, SendOutcome.Failed)]
    [InlineData(400, SendOutcome.Failed)]
    [InlineData(404, SendOutcome.Failed)]
    [InlineData(408, SendOutcome.TryLater)]
    [InlineData(410, SendOutcome.Failed)]
    [InlineData(425, SendOutcome.TryLater)]
    [InlineData(429, SendOutcome.TryLater)]
    [InlineData(500, SendOutcome.TryLater)]
    [InlineData(503, SendOutcome.TryLater)]
    public async Task What_may_heal_is_tried_again_and_what_will_not_has_failed(int status, SendOutcome outcome)
    {
        var result = await AnsweredAsync($"HTTP/1.1 {status} So\r\n{Receiver.End}");

        Assert.Equal((outcome, $$"""{"status":{{status}}}"""), (result.Outcome, Text(result)));
    }

    [Fact]
    public async Task A_receiver_says_how_long_it_wants_to_be_left_alone()
    {
        Assert.Equal(Duration.FromSeconds(120), (await AnsweredAsync($"HTTP/1.1 429 Slow\r\nRetry-After: 120\r\n{Receiver.End}")).RetryAfter);
        Assert.Equal(Duration.FromHours(24), (await AnsweredAsync($"HTTP/1.1 503 No\r\nRetry-After: 99999999\r\n{Receiver.End}")).RetryAfter);
        Assert.Null((await AnsweredAsync($"HTTP/1.1 503 No\r\nRetry-After: soon\r\n{Receiver.End}")).RetryAfter);
        Assert.Null((await AnsweredAsync($"HTTP/1.1 503 No\r\nRetry-After: Mon, 01 Jan 2001 00:00:00 GMT\r\n{Receiver.End}")).RetryAfter);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new Receiver(Receiver.Json("{}"));

        var result = await AnsweredAsync($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Url}\r\n{Receiver.End}");

        Assert.Equal(SendOutcome.Failed, result.Outcome);
        Assert.Empty(elsewhere.Requests);
        Assert.DoesNotContain("127.0.0.1", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_is_given_up()
    {
        Receiver? receiver = null;
        receiver = new Receiver((_, _) => receiver!.StallAsync());
        await using (receiver)
        {
            var result = await SendAsync(Message(receiver.Url), timeout: TimeSpan.FromMilliseconds(300));

            Assert.Equal((SendOutcome.TryLater, true), (result.Outcome, result.Why!.StartsWith("webhook: no answer within", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_receiver_that_hangs_up_is_tried_again()
    {
        Assert.Equal(SendOutcome.TryLater, (await AnsweredAsync("")).Outcome);
        Assert.Equal(SendOutcome.TryLater, (await AnsweredAsync("HTTP/1.1 2")).Outcome);
        Assert.Equal(SendOutcome.TryLater, (await AnsweredAsync("this is no HTTP\r\n\r\n")).Outcome);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again_where_somebody_wants_it()
    {
        const string Cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"level\":";

        Assert.Equal(SendOutcome.TryLater, (await AnsweredAsync(Cut)).Outcome);
        Assert.Equal(SendOutcome.Sent, (await AnsweredAsync(Cut, wantsAnswer: false)).Outcome);
    }

    [Fact]
    public async Task Of_a_huge_answer_its_status_is_kept()
    {
        var said = $"HTTP/1.1 200 OK\r\nContent-Length: {1_000_000_000}\r\nConnection: close\r\n\r\n{new string('x', 100_000)}";
        var unsaid = $"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{new string('x', WebhookSettings.AnswerBytesMax + 1)}";

        Assert.Equal((SendOutcome.Sent, """{"status":200}"""), ((await AnsweredAsync(said)).Outcome, Text(await AnsweredAsync(said))));
        Assert.Equal("""{"status":200}""", Text(await AnsweredAsync(unsaid)));
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_a_text() =>
        Assert.Equal("""{"status":200,"body":"it's \"fine\""}""", Text(await AnsweredAsync(Receiver.Json("it's \"fine\""))));

    [Fact]
    public async Task Nobody_listens_there()
    {
        string url;
        await using (var receiver = new Receiver(""))
            url = receiver.Url;

        Assert.Equal((SendOutcome.TryLater, "webhook: nobody listens there"), (await SendAsync(Message(url)) is var result ? (result.Outcome, result.Why) : default));
    }

    /// <summary>Whoever writes journeys does not reach into the network of the installation by them.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    [InlineData("2130706433")]
    public async Task What_lies_inside_is_not_asked(string host)
    {
        await using var receiver = new Receiver(Receiver.Json("{}"));

        var result = await SendAsync(Message(receiver.Url.Replace("127.0.0.1", host, StringComparison.Ordinal)), privateAddresses: false);

        Assert.Equal(SendOutcome.Failed, result.Outcome);
        Assert.Contains("webhook-private-addresses", result.Why, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2002:a00:1::", false)]
    public void Which_addresses_lie_outside(string address, bool isOuter) => Assert.Equal(isOuter, OuterAddresses.IsOuter(IPAddress.Parse(address)));

    [Fact]
    public async Task A_get_sends_no_body()
    {
        await using var receiver = new Receiver(Receiver.Json("[]"));

        await SendAsync(Message(receiver.Url, body: null));

        Assert.Equal(("GET /hook HTTP/1.1", ""), (receiver.Requests.Single().Line, receiver.Requests.Single().Body));
    }
}
