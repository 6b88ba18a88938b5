using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Parcours.Bench.Mail;

/// <summary>An SMTP server on loopback that takes every message, stamps it, and looks whether it greets the contact to whom it is addressed.</summary>
/// <remarks>It shares the machine with what is measured: a blocking thread a connection, and no allocation a message.</remarks>
sealed class MailSink : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly Lock _lock = new();
    readonly List<Socket> _sockets = [];
    Mailbox _mailbox = new(0);
    volatile bool _closed;

    public MailSink()
    {
        _listener.Start(256);
        new Thread(Accept) { IsBackground = true, Name = "sink" }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Mailbox Mailbox => Volatile.Read(ref _mailbox);

    /// <summary>Forgets what came, and makes room for contacts below a number.</summary>
    public void Expect(long contacts) => Volatile.Write(ref _mailbox, new(contacts));

    void Accept()
    {
        try
        {
            while (!_closed)
            {
                var socket = _listener.AcceptSocket();
                socket.NoDelay = true;
                lock (_lock)
                    _sockets.Add(socket);
                new Thread(() => Serve(socket)) { IsBackground = true, Name = "sink connection" }.Start();
            }
        }
        catch (SocketException) when (_closed)
        {
            // That is how it ends.
        }
    }

    void Serve(Socket socket)
    {
        using (socket)
        {
            try
            {
                new SmtpDialogue(socket).Run((recipient, message) => Mailbox.Take(recipient, message, Stopwatch.GetTimestamp()));
            }
            catch (SocketException)
            {
                // Whoever sends has gone.
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }

    public void Dispose()
    {
        _closed = true;
        _listener.Stop();
        lock (_lock)
            _sockets.ForEach(socket => socket.Dispose());
    }
}
