using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Parcours.Channels.Smtp;

/// <summary>One line to a mail server: bytes out, answers in. Blocking: it belongs to one thread, and only <see cref="Abort"/> may come from another.</summary>
/// <remarks>Never an asynchronous call on the socket: one would turn every later blocking call into a wait on a second thread.</remarks>
sealed class SmtpConnection : IDisposable
{
    /// <summary>RFC 5321 allows 512 octets a line; real servers write more.</summary>
    const int LineMax = 4_096, LinesMax = 200;

    readonly Socket _socket;
    readonly TimeProvider _time;
    readonly byte[] _in = new byte[2 * LineMax];
    SslStream? _tls;
    int _from, _to;
    int _receiveMilliseconds;

    SmtpConnection(Socket socket, TimeProvider time) => (_socket, _time) = (socket, time);

    public bool IsEncrypted => _tls is not null;

    public IPAddress? LocalAddress => (_socket.LocalEndPoint as IPEndPoint)?.Address;

    /// <param name="aborted">Gives a look-up of the name up, which has no limit of its own; a connection that is being made has one.</param>
    /// <exception cref="SmtpTrouble">Nobody answers there.</exception>
    public static SmtpConnection Open(SmtpSettings settings, TimeProvider time, CancellationToken aborted)
    {
        Exception? last = null;
        foreach (var address in Resolve(settings.Host, aborted))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                // A blocking connect has no limit of its own that could be set: closing the socket ends it.
                using (time.CreateTimer(static socket => ((Socket)socket!).Dispose(), socket, settings.Timeouts.Connect, Timeout.InfiniteTimeSpan))
                    socket.Connect(address, settings.Port);
                socket.SendTimeout = Milliseconds(settings.Timeouts.Command);
                return new SmtpConnection(socket, time);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                socket.Dispose();
                last = failure is ObjectDisposedException ? new SocketException((int)SocketError.TimedOut) : failure;
            }
        }
        throw new SmtpTrouble(SmtpStage.Connect, $"no connection to {settings}: {last?.Message ?? "the name has no address"}", last);
    }

    /// <exception cref="SmtpTrouble">The certificate will not do, or the server speaks no TLS.</exception>
    public void Encrypt(SmtpSettings settings, SmtpStage stage)
    {
        // Whoever slipped words in before the encryption began is not listened to (CVE-2011-0411).
        if (_from != _to)
            throw new SmtpTrouble(stage, "the server spoke before the encryption it had agreed to");
        SetReceiveTimeout(settings.Timeouts.Greeting);
        var stream = new SslStream(new NetworkStream(_socket, ownsSocket: false));
        try
        {
            stream.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = settings.Host,
#pragma warning disable CA5359 // Said by whoever runs it, and for a server on the same machine alone.
                RemoteCertificateValidationCallback = settings.AnyCertificate ? static (_, _, _, _) => true : null,
#pragma warning restore CA5359
                CertificateChainPolicy = settings.Authorities is { } authorities ? PolicyOf(authorities) : null,
            });
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or SocketException or ObjectDisposedException)
        {
            stream.Dispose();
            throw new SmtpTrouble(stage, $"no encrypted line to {settings}: {(failure.InnerException as SocketException ?? failure).Message}", failure);
        }
        _tls = stream;
    }

    /// <exception cref="SmtpTrouble">The line is broken, or the server does not read.</exception>
    public void Send(ReadOnlySpan<byte> bytes, SmtpStage stage)
    {
        try
        {
            if (_tls is { } tls)
                tls.Write(bytes);
            else
                for (; !bytes.IsEmpty; bytes = bytes[_socket.Send(bytes)..])
                {
                }
        }
        catch (Exception failure) when (failure is SocketException or IOException or ObjectDisposedException)
        {
            throw Broken(failure, stage, "sending");
        }
    }

    /// <summary>The next answer, all its lines.</summary>
    /// <param name="lines">Collects the words of each line; null: nobody wants them, but for a refusal's.</param>
    /// <exception cref="SmtpTrouble">Silence, a broken line, or words that are no answer.</exception>
    public SmtpReply Receive(SmtpStage stage, TimeSpan timeout, List<string>? lines = null)
    {
        SetReceiveTimeout(timeout);
        var begun = _time.GetTimestamp();
        string? text = null;
        for (var count = 0; count < LinesMax; count++)
        {
            var line = ReadLine(stage, timeout, begun);
            if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2]) || line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-'))
                throw new SmtpTrouble(stage, $"the server's answer to {stage.Words()} is no SMTP");
            var code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
            var words = line[Math.Min(4, line.Length)..];
            lines?.Add(SmtpReply.Printable(words));
            if (code >= 400)
                text ??= SmtpReply.Printable(words);
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, text ?? "");
        }
        throw new SmtpTrouble(stage, $"the server's answer to {stage.Words()} does not end");
    }

    /// <summary>The server has said something unasked, or has gone.</summary>
    public bool IsStale
    {
        get
        {
            try
            {
                return _from != _to || _socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }
    }

    /// <summary>From any thread: whoever waits on this line hears that it is broken.</summary>
    public void Abort() => _socket.Dispose();

    public void Dispose()
    {
        // Not the TLS stream's own farewell: it would write to a line that may be dead.
        _socket.Dispose();
        _tls?.Dispose();
    }

    static IPAddress[] Resolve(string host, CancellationToken aborted)
    {
        try
        {
            // It cannot be called off, only left to itself.
            return IPAddress.TryParse(host, out var address) ? [address] : Dns.GetHostAddressesAsync(host, CancellationToken.None).WaitAsync(aborted).GetAwaiter().GetResult();
        }
        catch (SocketException failure)
        {
            throw new SmtpTrouble(SmtpStage.Connect, $"no address of {host}: {failure.Message}", failure);
        }
        catch (OperationCanceledException given)
        {
            throw new SmtpTrouble(SmtpStage.Connect, $"no address of {host} before the end", given);
        }
    }

    static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <summary>Valid until the next call.</summary>
    ReadOnlySpan<byte> ReadLine(SmtpStage stage, TimeSpan timeout, long begun)
    {
        for (var searched = 0; ;)
        {
            var unread = _in.AsSpan(_from, _to - _from);
            if (unread[searched..].IndexOf((byte)'\n') is >= 0 and var end)
            {
                end += searched;
                _from += end + 1;
                return unread[..(end > 0 && unread[end - 1] == '\r' ? end - 1 : end)];
            }
            if (unread.Length > LineMax)
                throw new SmtpTrouble(stage, $"the server's answer to {stage.Words()} is a line without end");
            searched = unread.Length;
            if (_from > 0)
            {
                unread.CopyTo(_in);
                (_from, _to) = (0, unread.Length);
            }
            Fill(stage, timeout, begun);
            // The socket's limit is for each read; a server that drips its words out does not get more for it.
            if (_time.GetElapsedTime(begun) > timeout)
                throw Silent(stage, null);
        }
    }

    void Fill(SmtpStage stage, TimeSpan timeout, long begun)
    {
        int count;
        try
        {
            count = _tls is { } tls ? tls.Read(_in, _to, _in.Length - _to) : _socket.Receive(_in, _to, _in.Length - _to, SocketFlags.None);
        }
        catch (SocketException failure) when (IsSilence(failure.SocketErrorCode) && _tls is null && _time.GetElapsedTime(begun) <= timeout)
        {
            // The socket's own limit is a shorter one: that of an earlier answer.
            return;
        }
        catch (Exception failure) when (failure is SocketException or IOException or ObjectDisposedException)
        {
            throw Broken(failure, stage, "waiting for the answer to");
        }
        if (count == 0)
            throw new SmtpTrouble(stage, $"the server hung up at {stage.Words()}");
        _to += count;
    }

    static SmtpTrouble Broken(Exception failure, SmtpStage stage, string doing) =>
        (failure as SocketException ?? failure.InnerException as SocketException)?.SocketErrorCode is { } code && IsSilence(code)
            ? Silent(stage, failure)
            : new SmtpTrouble(stage, $"the line broke {doing} {stage.Words()}", failure);

    static bool IsSilence(SocketError code) => code is SocketError.TimedOut or SocketError.WouldBlock or SocketError.TryAgain;

    static SmtpTrouble Silent(SmtpStage stage, Exception? failure) => new(stage, $"the server was silent for too long at {stage.Words()}", failure);

    /// <summary>Two calls to the system a mail would only go to and fro between two limits; a longer one waits several times instead. An encrypted line does not outlive a read that gave up.</summary>
    void SetReceiveTimeout(TimeSpan timeout)
    {
        var milliseconds = Milliseconds(timeout);
        if (_receiveMilliseconds == milliseconds || _tls is null && _receiveMilliseconds > 0 && _receiveMilliseconds < milliseconds)
            return;
        try
        {
            _socket.ReceiveTimeout = _receiveMilliseconds = milliseconds;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The next read says so.
        }
    }

    static int Milliseconds(TimeSpan time) => (int)Math.Clamp(time.TotalMilliseconds, 1, int.MaxValue);
}
