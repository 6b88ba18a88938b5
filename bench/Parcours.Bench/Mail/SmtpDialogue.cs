using System.Net.Sockets;

namespace Parcours.Bench.Mail;

/// <summary>The receiving side of SMTP with PIPELINING and CHUNKING, as far as a sender on loopback needs it.</summary>
sealed class SmtpDialogue(Socket socket)
{
    public delegate void Take(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> message);

    readonly byte[] _answer = new byte[4096];
    readonly byte[] _recipient = new byte[512];
    byte[] _buffer = new byte[64 * 1024];
    int _from, _to, _answerLength, _recipientLength;
    /// <summary>Bytes of a chunk that is to come (RFC 3030); −1: none is.</summary>
    int _chunk = -1;
    bool _inData, _quit;

    /// <summary>Until the other side goes.</summary>
    public void Run(Take take)
    {
        Answer("220 sink ESMTP\r\n"u8);
        Flush();
        while (!_quit && Read())
        {
            while (!_quit && (_chunk >= 0 ? TakeChunk(take) : _inData ? TakeMessage(take) : TakeCommand()))
            {
            }
            Flush();
        }
    }

    bool Read()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }
        if (_to == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = socket.Receive(_buffer.AsSpan(_to));
        _to += count;
        return count > 0;
    }

    bool TakeCommand()
    {
        var rest = _buffer.AsSpan(_from, _to - _from);
        var end = rest.IndexOf("\r\n"u8);
        if (end < 0)
            return false;
        var line = rest[..end];
        _from += end + 2;
        switch (line.Length < 4 ? default : (char)(line[0] | 32))
        {
            case 'e':
                Answer("250-sink\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-SIZE 10485760\r\n250-ENHANCEDSTATUSCODES\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n"u8);
                break;
            case 'r' when (line[1] | 32) == 'c':
                var open = line.IndexOf((byte)'<') + 1;
                var address = line[open..line.IndexOf((byte)'>')];
                address.CopyTo(_recipient);
                _recipientLength = address.Length;
                Answer("250 2.1.5 ok\r\n"u8);
                break;
            case 'd':
                _inData = true;
                Answer("354 go on\r\n"u8);
                break;
            case 'b':
                // Each chunk is the last: senders that cut a mail into several are none of ours.
                _chunk = int.Parse(line[5..(5 + line[5..].IndexOf((byte)' '))], System.Globalization.CultureInfo.InvariantCulture);
                break;
            case 'q':
                Answer("221 2.0.0 bye\r\n"u8);
                _quit = true;
                break;
            default:
                Answer("250 2.0.0 ok\r\n"u8);
                break;
        }

        return true;
    }

    bool TakeMessage(Take take)
    {
        var rest = _buffer.AsSpan(_from, _to - _from);
        var end = rest.IndexOf("\r\n.\r\n"u8);
        if (end < 0)
            return false;
        take(_recipient.AsSpan(0, _recipientLength), rest[..end]);
        _from += end + 5;
        _inData = false;
        Answer("250 2.0.0 taken\r\n"u8);
        return true;
    }

    bool TakeChunk(Take take)
    {
        if (_to - _from < _chunk)
            return false;
        take(_recipient.AsSpan(0, _recipientLength), _buffer.AsSpan(_from, _chunk));
        _from += _chunk;
        _chunk = -1;
        Answer("250 2.0.0 taken\r\n"u8);
        return true;
    }

    void Answer(ReadOnlySpan<byte> text)
    {
        if (_answerLength + text.Length > _answer.Length)
            Flush();
        text.CopyTo(_answer.AsSpan(_answerLength));
        _answerLength += text.Length;
    }

    void Flush()
    {
        if (_answerLength > 0)
            socket.Send(_answer.AsSpan(0, _answerLength));
        _answerLength = 0;
    }
}
