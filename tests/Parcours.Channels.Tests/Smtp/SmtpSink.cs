using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>Moments at which a sink may misbehave; each is before it answers.</summary>
enum SinkMoment
{
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// <summary>It has answered 354 and reads the content.</summary>
    Content,
    /// <summary>It has the whole mail.</summary>
    Dot,
}

/// <summary>What a sink does at a moment.</summary>
abstract record SinkAct
{
    SinkAct() { }

    /// <summary>As it should.</summary>
    public sealed record Well : SinkAct;

    /// <summary>Answers this instead, line ends and all.</summary>
    public sealed record Says(string Answer) : SinkAct;

    /// <summary>Answers this and hangs up.</summary>
    public sealed record SaysAndCuts(string Answer) : SinkAct;

    /// <summary>Hangs up; at <see cref="SinkMoment.Dot"/> it has taken the mail or not.</summary>
    public sealed record Cuts(bool Taken = false) : SinkAct;

    /// <summary>Says nothing any more, and keeps the line.</summary>
    public sealed record Stalls(bool Taken = false) : SinkAct;
}

/// <summary>A mail as it came: its envelope, the parameters of MAIL, and its bytes with the dots undone.</summary>
sealed record SunkMail(string From, string To, string Parameters, byte[] Bytes, bool Encrypted)
{
    public string Text => Encoding.UTF8.GetString(Bytes);
}

/// <summary>A mail server in the test's own process: it keeps what it is sent, and misbehaves as it is told.</summary>
sealed class SmtpSink : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    readonly ConcurrentBag<TcpClient> _lines = [];
    int _connections;

    public SmtpSink()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What it tells after EHLO; null: it knows HELO only.</summary>
    public string[]? Offers { get; set; } = ["PIPELINING", "SIZE 10240000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];

    /// <summary>What it does, by the moment and the line that was said; at <see cref="SinkMoment.Dot"/> by the recipient.</summary>
    public Func<SinkMoment, string, SinkAct>? Behaves { get; set; }

    /// <summary>Answers one byte at a time.</summary>
    public bool Drips { get; set; }

    public X509Certificate2? Certificate { get; set; }
    public bool ImplicitTls { get; set; }
    public (string User, string Password)? Login { get; set; }

    public ConcurrentQueue<SunkMail> Mails { get; } = new();

    /// <summary>Every line that was said to it, content left out.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    public int Connections => _connections;

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        foreach (var line in _lines)
            line.Dispose();
    }

    /// <summary>Hangs up on everybody; who comes then is welcome.</summary>
    public void CutAll()
    {
        foreach (var line in _lines)
            line.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var line = await _listener.AcceptTcpClientAsync(_over.Token);
                line.NoDelay = true;
                Interlocked.Increment(ref _connections);
                _lines.Add(line);
                _ = new Line(this, line).ServeAsync();
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It is over.
        }
    }

    SinkAct At(SinkMoment moment, string said) => Behaves?.Invoke(moment, said) ?? new SinkAct.Well();

    sealed class Line(SmtpSink sink, TcpClient client)
    {
        readonly List<byte> _unread = [];
        Stream _stream = client.GetStream();
        string _from = "", _parameters = "";
        string? _to;
        bool _mailed;
        bool _encrypted;

        public async Task ServeAsync()
        {
            using (client)
                try
                {
                    if (sink.ImplicitTls)
                        await EncryptAsync();
                    if (!await AnswerAsync(SinkMoment.Greeting, "", "220 sink ready\r\n"))
                        return;
                    while (await ReadLineAsync() is { } said && await HearAsync(said))
                    {
                    }
                }
                catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException or SocketException or System.Security.Authentication.AuthenticationException)
                {
                    // The other end went, or it is over.
                }
        }

        async Task<bool> HearAsync(string said)
        {
            sink.Heard.Enqueue(said);
            switch (said.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO" when sink.Offers is { } offers:
                    string[] lines = ["sink", .. offers];
                    return await AnswerAsync(SinkMoment.Ehlo, said, string.Concat(lines.Select((line, index) => $"250{(index == lines.Length - 1 ? ' ' : '-')}{line}\r\n")));
                case "EHLO":
                    return await AnswerAsync(SinkMoment.Ehlo, said, "500 what?\r\n");
                case "HELO":
                    return await AnswerAsync(SinkMoment.Ehlo, said, "250 sink\r\n");
                case "STARTTLS":
                    if (!await AnswerAsync(SinkMoment.StartTls, said, "220 go\r\n"))
                        return false;
                    await EncryptAsync();
                    return true;
                case "AUTH":
                    return await AuthAsync(said);
                case "RSET":
                    (_to, _mailed) = (null, false);
                    return await SayAsync("250 2.0.0 reset\r\n");
                case "MAIL":
                    if (_mailed)
                        return await SayAsync("503 5.5.1 one at a time\r\n");
                    (_from, _parameters, _to) = (Path(said), said[(said.IndexOf('>') + 1)..].Trim(), null);
                    return await AnswerAsync(SinkMoment.Mail, said, "250 2.1.0 ok\r\n", () => _mailed = true);
                case "RCPT" when !_mailed:
                    return await SayAsync("503 5.5.1 from whom?\r\n");
                case "RCPT":
                    return await AnswerAsync(SinkMoment.Rcpt, said, "250 2.1.5 ok\r\n", () => _to = Path(said));
                case "DATA" when _to is null:
                    return await SayAsync("554 5.5.1 no valid recipients\r\n");
                case "DATA":
                    var go = false;
                    return await AnswerAsync(SinkMoment.Data, said, "354 go\r\n", () => go = true) && (!go || await ContentAsync());
                case "BDAT":
                    return await ChunkAsync(int.Parse(said.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
                case "QUIT":
                    await SayAsync("221 bye\r\n");
                    return false;
                default:
                    return await SayAsync("502 5.5.2 what?\r\n");
            }
        }

        async Task<bool> AuthAsync(string said)
        {
            var words = said.Split(' ');
            string user, password;
            if (words[1].Equals("PLAIN", StringComparison.OrdinalIgnoreCase))
            {
                var parts = Encoding.UTF8.GetString(Convert.FromBase64String(words[2])).Split('\0');
                (user, password) = (parts[1], parts[2]);
            }
            else
            {
                await SayAsync("334 VXNlcm5hbWU6\r\n");
                user = Encoding.UTF8.GetString(Convert.FromBase64String(await ReadLineAsync() ?? ""));
                await SayAsync("334 UGFzc3dvcmQ6\r\n");
                password = Encoding.UTF8.GetString(Convert.FromBase64String(await ReadLineAsync() ?? ""));
            }
            return await AnswerAsync(SinkMoment.Auth, said, sink.Login == (user, password) ? "235 2.7.0 welcome\r\n" : "535 5.7.8 wrong\r\n");
        }

        async Task<bool> ContentAsync()
        {
            if (!await AnswerAsync(SinkMoment.Content, _to!, ""))
                return false;
            var bytes = new List<byte>();
            _mailed = false;
            while (await ReadRawLineAsync() is { } line)
            {
                if (line is [(byte)'.', (byte)'\r', (byte)'\n'])
                {
                    var mail = new SunkMail(_from, _to!, _parameters, [.. bytes], _encrypted);
                    return await AnswerAsync(SinkMoment.Dot, mail.To, "250 2.0.0 taken\r\n", () => sink.Mails.Enqueue(mail));
                }
                bytes.AddRange(line is [(byte)'.', .. var rest] ? rest : line);
            }
            return false;
        }

        /// <summary>A chunk is read to its end whatever was said before it (RFC 3030 section 2).</summary>
        async Task<bool> ChunkAsync(int length)
        {
            var buffer = new byte[16 * 1024];
            while (_unread.Count < length)
            {
                var count = await _stream.ReadAsync(buffer, sink._over.Token);
                if (count == 0)
                    return false;
                _unread.AddRange(buffer.AsSpan(0, count));
            }

            var bytes = _unread[..length].ToArray();
            _unread.RemoveRange(0, length);
            if (_to is null)
                return await SayAsync("503 5.5.1 no valid recipients\r\n");
            var mail = new SunkMail(_from, _to, _parameters, bytes, _encrypted);
            // A refused mail leaves the transaction as it was.
            return await AnswerAsync(SinkMoment.Dot, mail.To, "250 2.0.0 taken\r\n", () =>
            {
                sink.Mails.Enqueue(mail);
                (_to, _mailed) = (null, false);
            });
        }

        /// <returns>False: the line is at its end.</returns>
        async Task<bool> AnswerAsync(SinkMoment moment, string said, string answer, Action? done = null)
        {
            switch (sink.At(moment, said))
            {
                case SinkAct.Says says:
                    if (says.Answer.StartsWith('2'))
                        done?.Invoke();
                    return await SayAsync(says.Answer);
                case SinkAct.SaysAndCuts last:
                    if (last.Answer.StartsWith('2'))
                        done?.Invoke();
                    await SayAsync(last.Answer);
                    return false;
                case SinkAct.Cuts cuts:
                    if (cuts.Taken)
                        done?.Invoke();
                    return false;
                case SinkAct.Stalls stalls:
                    if (stalls.Taken)
                        done?.Invoke();
                    await Task.Delay(Timeout.Infinite, sink._over.Token);
                    return false;
                default:
                    done?.Invoke();
                    return await SayAsync(answer);
            }
        }

        async Task<bool> SayAsync(string answer)
        {
            var bytes = Encoding.UTF8.GetBytes(answer);
            if (!sink.Drips)
                await _stream.WriteAsync(bytes, sink._over.Token);
            else
                for (var index = 0; index < bytes.Length; index++)
                    await _stream.WriteAsync(bytes.AsMemory(index, 1), sink._over.Token);
            return true;
        }

        async Task EncryptAsync()
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, sink._over.Token);
            _encrypted = true;
        }

        async Task<string?> ReadLineAsync() => await ReadRawLineAsync() is { } line ? Encoding.UTF8.GetString(line).TrimEnd('\r', '\n') : null;

        async Task<byte[]?> ReadRawLineAsync()
        {
            var buffer = new byte[16 * 1024];
            for (var searched = 0; ;)
            {
                var end = _unread.IndexOf((byte)'\n', searched);
                if (end >= 0)
                {
                    var line = _unread[..(end + 1)].ToArray();
                    _unread.RemoveRange(0, end + 1);
                    return line;
                }
                searched = _unread.Count;
                var count = await _stream.ReadAsync(buffer, sink._over.Token);
                if (count == 0)
                    return null;
                _unread.AddRange(buffer.AsSpan(0, count));
            }
        }

        static string Path(string said) => said[(said.IndexOf('<') + 1)..said.IndexOf('>')];
    }
}
