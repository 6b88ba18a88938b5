using System.Buffers;
using Parcours.Channels.Mime;

namespace Parcours.Channels.Smtp;

/// <summary>A mail in a sender's hands: its envelope, and its bytes once they are written. Each sender has two and uses them again and again.</summary>
public sealed class SmtpMail
{
    const int KeptMax = 1 << 20;

    /// <summary>Whatever the source wants to know it by.</summary>
    public object? Tag { get; set; }

    /// <summary>The envelope's sender; ASCII, unless <see cref="NeedsUtf8"/>.</summary>
    public string From { get; set; } = "";

    public string To { get; set; } = "";

    /// <summary>An address is not ASCII.</summary>
    public bool NeedsUtf8 { get; set; }

    /// <summary>The content has octets over 127.</summary>
    public bool IsEightBit { get; set; }

    /// <summary>Header and body with CRLF line ends, the last line's too.</summary>
    public ArrayBufferWriter<byte> Content { get; private set; } = new(4096);

    /// <summary>For sources that make MIME: it belongs to the thread that sends this.</summary>
    public MimeWriter Writer { get; } = new();

    internal void Clear()
    {
        (Tag, From, To, NeedsUtf8, IsEightBit) = (null, "", "", false, false);
        if (Content.Capacity > KeptMax)
            Content = new(4096);
        else
            Content.ResetWrittenCount();
    }
}
