using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parcours.Bench.Load;

/// <summary>One connection that posts bodies made before, one after the other, and reads what is answered. Blocking, and cheap.</summary>
sealed class HttpConnection : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _head;
    byte[] _answer = new byte[16 * 1024];
    int _length;

    /// <param name="authorization">Null: none.</param>
    public HttpConnection(int port, string path, string? authorization)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n{(authorization is null ? "" : $"Authorization: {authorization}\r\n")}");
    }

    /// <summary>The last header and the body: what <see cref="Post"/> takes.</summary>
    public static byte[] Request(ReadOnlySpan<byte> body) => [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"Content-Length: {body.Length}\r\n\r\n")), .. body];

    /// <returns>The body of the answer; good until the next call.</returns>
    /// <exception cref="IOException">It was refused, or the line broke.</exception>
    public ReadOnlySpan<byte> Post(byte[] request)
    {
        _socket.Send([new ArraySegment<byte>(_head), new ArraySegment<byte>(request)]);
        _length = 0;
        int headEnd;
        while ((headEnd = _answer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
            Receive();
        headEnd += 4;
        var range = BodyRange(headEnd);
        if (_answer[9] != '2')
            throw new IOException($"The answer was {Encoding.UTF8.GetString(_answer.AsSpan(0, _length))}");
        return _answer.AsSpan()[range];
    }

    Range BodyRange(int headEnd)
    {
        var head = _answer.AsSpan(0, headEnd);
        if (head.IndexOf("Content-Length: "u8) is >= 0 and var at && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _))
        {
            while (_length < headEnd + length)
                Receive();
            return headEnd..(headEnd + length);
        }

        if (head.IndexOf("Transfer-Encoding: chunked"u8) < 0)
            return headEnd..headEnd;
        while (!_answer.AsSpan(headEnd, _length - headEnd).EndsWith("0\r\n\r\n"u8))
            Receive();
        // Small answers come in one piece; who wants to read longer ones uses another client.
        var start = headEnd + _answer.AsSpan(headEnd, _length - headEnd).IndexOf("\r\n"u8) + 2;
        return start..(start + _answer.AsSpan(start, _length - start).IndexOf("\r\n0\r\n"u8));
    }

    void Receive()
    {
        if (_length == _answer.Length)
            Array.Resize(ref _answer, _answer.Length * 2);
        var count = _socket.Receive(_answer.AsSpan(_length));
        if (count == 0)
            throw new IOException("The other side closed the connection.");
        _length += count;
    }

    public void Dispose() => _socket.Dispose();
}
