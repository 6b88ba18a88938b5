using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parcours.Channels.Tests.Smtp;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>The real program and a mail server: either dies at every moment of their dialogue. What arrived and what is shown of it must agree.</summary>
public sealed partial class MailCrashTests(ITestOutputHelper output) : IDisposable
{
    const int AtOnce = 6;

    readonly string _data = Directory.CreateTempSubdirectory("parcours-mail-").FullName;
    readonly SmtpSink _sink = new();
    readonly List<string> _people = [];
    (string Intake, string Read) _keys;

    public void Dispose()
    {
        _sink.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// Semantics 5.4, 10.8
    [Fact]
    public async Task The_program_dies_at_each_moment_and_nobody_gets_news_twice_nor_no_receipt()
    {
        _keys = await MailJourneys.SetUpAsync(_data);
        (SinkMoment Moment, bool Taken)[] moments =
        [
            (SinkMoment.Greeting, false), (SinkMoment.Ehlo, false), (SinkMoment.Mail, false), (SinkMoment.Rcpt, false), (SinkMoment.Data, false),
            (SinkMoment.Content, false), (SinkMoment.Dot, false), (SinkMoment.Dot, true),
        ];

        foreach (var (moment, taken) in moments)
        {
            await using var program = await StartAsync();
            // What the last death left is dealt with before the next comes.
            await UntilSettledAsync(program);
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _sink.CutAll();
            _sink.Behaves = (at, _) =>
            {
                if (at != moment)
                    return new SinkAct.Well();
                reached.TrySetResult();
                return new SinkAct.Stalls(taken);
            };
            await SignUpAsync(program, AtOnce);
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            await program.KillAsync();
            _sink.Behaves = null;
            _sink.CutAll();
        }

        await using (var last = await StartAsync())
        {
            await UntilSettledAsync(last);
            Assert.Equal(0, await last.StopAsync());
        }
        var (inDoubt, receiptsTwice) = await HoldsAsync();
        output.WriteLine($"{_people.Count} people; {inDoubt} news in doubt, {receiptsTwice} receipts twice.");
        Assert.True(inDoubt >= moments.Length && receiptsTwice > 0, "The kills fell at harmless moments only.");
    }

    /// Semantics 10.7, 10.8
    [Fact]
    public async Task The_mail_server_dies_at_each_moment_and_what_it_does_not_have_arrives_later()
    {
        _keys = await MailJourneys.SetUpAsync(_data);
        var cuts = new Dictionary<SinkMoment, int>();
        _sink.Behaves = (at, _) =>
        {
            lock (cuts)
            {
                var count = cuts[at] = cuts.GetValueOrDefault(at) + 1;
                return count is 2 or 5 or 6 ? new SinkAct.Cuts(Taken: count == 5) : count == 8 ? new SinkAct.SaysAndCuts("421 4.3.2 closing\r\n") : new SinkAct.Well();
            }
        };

        await using (var program = await StartAsync())
        {
            await SignUpAsync(program, 40);
            await UntilSettledAsync(program);
            Assert.Equal(0, await program.StopAsync());
        }

        var (inDoubt, receiptsTwice) = await HoldsAsync();
        output.WriteLine($"{inDoubt} news in doubt, {receiptsTwice} receipts twice.");
        Assert.All(Enum.GetValues<SinkMoment>().Except([SinkMoment.StartTls, SinkMoment.Auth]), moment => Assert.True(cuts[moment] >= 5, $"{moment}: {cuts[moment]}"));
        // Of a mail that the server did not have whole, the program knows so.
        Assert.InRange(inDoubt, 1, 6);
    }

    async Task<ServingProgram> StartAsync() =>
        await ServingProgram.StartAsync(_data, ["--smtp-url", $"smtp://127.0.0.1:{_sink.Port}", "--mail-from", "Shop <shop@example.org>", "--log-level", "none"]);

    async Task SignUpAsync(ServingProgram program, int count)
    {
        var items = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var person = $"p{_people.Count}";
            _people.Add(person);
            items.Add($$"""{ "type": "identify", "userId": "{{person}}", "messageId": "{{person}}-i", "traits": { "email": "{{person}}@example.org" } }""");
            items.Add($$"""{ "type": "track", "userId": "{{person}}", "messageId": "{{person}}-t", "event": "signed_up" }""");
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new StringContent($$"""{ "batch": [{{string.Join(",", items)}}] }""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(_keys.Intake + ":"))) },
        };
        using var answer = await program.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>No message waits any more.</summary>
    async Task UntilSettledAsync(ServingProgram program)
    {
        program.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _keys.Read);
        for (var tries = 0; ; tries++)
        {
            using var page = JsonDocument.Parse(await program.Client.GetStringAsync("/api/v1/messages?limit=500", TestContext.Current.CancellationToken));
            var messages = page.RootElement.GetProperty("items").EnumerateArray().ToList();
            var waiting = messages.Where(message => message.GetProperty("status").GetString() == "pending").ToList();
            if (messages.Count == 2 * _people.Count && waiting.Count == 0)
                return;
            Assert.True(tries < 1_800 && !program.Process.HasExited, $"{waiting.Count} messages wait, such as {waiting.FirstOrDefault()}. {program.Said}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex("^Message-ID: (.*)\r$", RegexOptions.Multiline)]
    private static partial Regex MessageId();

    async Task<(int InDoubt, int ReceiptsTwice)> HoldsAsync()
    {
        await using var store = SqliteStore.Open(_data);
        var messages = await store.Queries.MessagesAsync(journey: null, contact: null, status: null, beforeNumber: null, limit: 10_000, CancellationToken.None);
        var arrived = _sink.Mails.ToLookup(mail => mail.To);
        int inDoubt = 0, twice = 0;
        foreach (var person in _people)
        {
            Assert.All(arrived[person + "@example.org"], mail => Assert.Contains($"Dear {person}http", mail.Text));
            var (news, newsMails) = Of(person, MailJourneys.News);
            var (receipt, receiptMails) = Of(person, MailJourneys.Receipt);

            // Marketing never twice; and where it is not known to have arrived, that is shown.
            Assert.InRange(newsMails.Count, 0, 1);
            Assert.True(news.Status == MessageStatus.Sent ? newsMails.Count == 1 : news.Status == MessageStatus.InDoubt, $"{person}: news {news.Status} ({news.Why}), {newsMails.Count} arrived.");
            // Transactional at least once, and whoever gets it twice gets the same mail.
            Assert.True(receipt.Status == MessageStatus.Sent && receiptMails.Count >= 1, $"{person}: receipt {receipt.Status} ({receipt.Why}), {receiptMails.Count} arrived.");
            Assert.Single(receiptMails.Select(mail => MessageId().Match(mail.Text).Groups[1].Value).Distinct());
            inDoubt += news.Status == MessageStatus.InDoubt ? 1 : 0;
            twice += receiptMails.Count > 1 ? 1 : 0;
        }
        return (inDoubt, twice);

        (MessageRow Row, List<SunkMail> Mails) Of(string person, JourneyId journey) => (
            Assert.Single(messages, message => message.Journey == journey && message.Address == person + "@example.org"),
            arrived[person + "@example.org"].Where(mail => mail.Text.Contains($"Subject: {journey} for {person}\r\n", StringComparison.Ordinal)).ToList());
    }
}
