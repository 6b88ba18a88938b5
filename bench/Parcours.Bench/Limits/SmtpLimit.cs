using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parcours.Bench.Mail;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Limits;

/// <summary>A bare sender with PIPELINING (RFC 2920): the end of one message and the beginning of the next are one write. In a process of its own, to the sink of this run.</summary>
static class SmtpLimit
{
    /// <summary>The word by which this program becomes the sender.</summary>
    public const string Name = "smtp-limit";

    static readonly string Filler = string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do.\r\n", 15));

    /// <returns>Messages a second, and CPU microseconds of the sender a message.</returns>
    public static async Task<(double PerSecond, double CpuMicroseconds)> RunAsync(MailSink sink, int messages, int connections, CancellationToken cancellationToken)
    {
        sink.Expect(messages);
        using var process = Self.Start(Name, Text(sink.Port), Text(messages), Text(connections));
        var said = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split(' ');
        await process.WaitForExitAsync(cancellationToken);
        return sink.Mailbox.Count == messages && sink.Mailbox.Wrong == 0
            ? (messages / double.Parse(said[0], CultureInfo.InvariantCulture), double.Parse(said[1], CultureInfo.InvariantCulture) * 1e6 / messages)
            : throw new InvalidOperationException($"{messages} messages were sent, {sink.Mailbox.Count} came.");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static int Send(string port, string messages, string connections)
    {
        var (count, lines) = (int.Parse(messages, CultureInfo.InvariantCulture), int.Parse(connections, CultureInfo.InvariantCulture));
        var began = Stopwatch.GetTimestamp();
        var taken = -1;
        var threads = Enumerable.Range(0, lines).Select(_ => new Thread(() => SendAll(int.Parse(port, CultureInfo.InvariantCulture), () => Interlocked.Increment(ref taken) is var next && next < count ? next : -1))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.Write(FormattableString.Invariant($"{Stopwatch.GetElapsedTime(began).TotalSeconds} {Environment.CpuUsage.TotalTime.TotalSeconds}"));
        return 0;
    }

    static void SendAll(int port, Func<int> next)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        var replies = new Replies(socket);
        replies.Expect(220);
        socket.Send("EHLO bench\r\n"u8);
        replies.Expect(250);
        var number = next();
        if (number >= 0)
            socket.Send(Encoding.ASCII.GetBytes(Envelope(number)));
        while (number >= 0)
        {
            replies.Expect(250);
            replies.Expect(250);
            replies.Expect(354);
            var following = next();
            socket.Send(Encoding.ASCII.GetBytes(Message(number) + (following >= 0 ? Envelope(following) : "")));
            replies.Expect(250);
            number = following;
        }
    }

    static string Envelope(int number) => FormattableString.Invariant($"MAIL FROM:<news@example.test>\r\nRCPT TO:<u{number}@example.test>\r\nDATA\r\n");

    static string Message(int number) => string.Create(CultureInfo.InvariantCulture, $"From: news@example.test\r\nTo: {People.AddressOf(number)}\r\nDate: Mon, 05 Jan 2026 00:00:00 +0000\r\nMessage-ID: <{number}.1@example.test>\r\nSubject: Welcome First{number}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nHello First{number} from City{number % 100},\r\n\r\nyour plan is pro.\r\n{Filler}\r\n.\r\n");

    sealed class Replies(Socket socket)
    {
        readonly byte[] _buffer = new byte[8192];
        int _from, _to;

        /// <summary>Reads one reply, all its lines.</summary>
        public void Expect(int code)
        {
            while (true)
            {
                var rest = _buffer.AsSpan(_from, _to - _from);
                var end = rest.IndexOf((byte)'\n');
                if (end < 0)
                {
                    rest.CopyTo(_buffer);
                    (_from, _to) = (0, rest.Length);
                    var count = socket.Receive(_buffer.AsSpan(_to));
                    _to += count > 0 ? count : throw new IOException("The sink went away.");
                    continue;
                }

                _from += end + 1;
                if (rest[3] == '-')
                    continue;
                if ((rest[0] - '0') * 100 + (rest[1] - '0') * 10 + rest[2] - '0' != code)
                    throw new IOException($"The sink said {Encoding.ASCII.GetString(rest[..end])}");
                return;
            }
        }
    }
}
