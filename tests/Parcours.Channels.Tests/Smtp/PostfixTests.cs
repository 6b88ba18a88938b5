using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>Against Postfix's own sink, which is strict where ours is lenient.</summary>
public sealed class PostfixTests
{
    static readonly string? Program = new[] { "/usr/sbin/smtp-sink", "/usr/local/sbin/smtp-sink" }.FirstOrDefault(File.Exists);

    [Theory]
    [InlineData("", SmtpOutcome.Taken)]
    [InlineData("-p", SmtpOutcome.Taken)] // no PIPELINING
    [InlineData("-8", SmtpOutcome.Taken)] // no 8BITMIME
    [InlineData("-e", SmtpOutcome.Taken)] // HELO only
    [InlineData("-r rcpt", SmtpOutcome.Later)] // refuses for now
    [InlineData("-f rcpt -B 550_5.1.1_unknown", SmtpOutcome.Refused)] // refuses for good
    [InlineData("-f mail", SmtpOutcome.Later)]
    [InlineData("-r .", SmtpOutcome.Later)]
    [InlineData("-f .", SmtpOutcome.Refused)]
    [InlineData("-q rcpt", SmtpOutcome.Later)] // hangs up without an answer
    [InlineData("-q .", SmtpOutcome.InDoubt)]
    public async Task What_Postfix_does_with_mails_is_told_as_it_is(string option, SmtpOutcome outcome)
    {
        Assert.SkipUnless(Program is not null && Environment.IsPrivilegedProcess, "Postfix's smtp-sink is not installed (apt-get install postfix), or this is not root, whom it wants to be.");
        var port = FreePort();
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true };
        foreach (var word in (string[])["-u", "postfix", "-c", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('_', ' ')), $"127.0.0.1:{port}", "100"])
            start.ArgumentList.Add(word);
        using var sink = Process.Start(start)!;
        try
        {
            await ListensAsync(port);
            var bag = new PostBag { IsEightBit = true, Content = to => [.. System.Text.Encoding.UTF8.GetBytes($"Subject: {to}\r\n\r\n.\r\n..\r\ncaf\u00e9\r\n")] };
            using var pool = new SmtpPool(new SmtpSettings { Host = "127.0.0.1", Port = port, Tls = SmtpTls.Never, Connections = 4 }, bag, TimeProvider.System);

            var verdicts = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => bag.Post($"u{number}@example.org")));

            Assert.All(verdicts, verdict => Assert.Equal(outcome, verdict.Outcome));
            bag.Close();
        }
        finally
        {
            sink.Kill();
            await sink.WaitForExitAsync(CancellationToken.None);
        }
        // It counts sessions, farewells and mails, one line over the other.
        Assert.Contains(outcome == SmtpOutcome.Taken ? "mesg=200" : "mesg=0", await sink.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task ListensAsync(int port)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (tries < 500)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }
}
