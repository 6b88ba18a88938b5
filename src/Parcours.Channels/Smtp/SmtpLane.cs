using System.Buffers;
using System.Text;

namespace Parcours.Channels.Smtp;

/// <summary>One thread's work: takes mails and says them to the server on a line of its own, which it opens, keeps and closes.</summary>
/// <remarks>
/// Hot path: bench/. With PIPELINING a mail costs one write and one answer's wait: the content of one mail, its final dot and the envelope of the next go out together
/// (RFC 2920 section 3.1), so that a busy line is never idle. Until the final dot is sent nothing was handed over, and the mail can be tried again on another line.
/// </remarks>
sealed partial class SmtpLane(SmtpSettings settings, ISmtpSource source, SmtpPace pace, SmtpHealth health, TimeProvider time, CancellationToken stopping)
{
    /// <summary>Of a long mail all but so much is written first: only while the last piece is on its way is it unknown whether the server has it all.</summary>
    const int LastPiece = 16 * 1024;

    // A line that another process has from now on is given up within this.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    // Behind a slow server a mail is not taken before its turn has come: it would wait in the line's hands.
    static readonly TimeSpan TakesAheadUnder = TimeSpan.FromMilliseconds(250);

    readonly ArrayBufferWriter<byte> _out = new(8192);
    SmtpMail _current = new(), _next = new();
    volatile SmtpSession? _session;
    long _usedAt;
    /// <summary>The whole of the current mail may have reached the server.</summary>
    bool _handed;
    /// <summary>The server has answered to the current mail's envelope.</summary>
    bool _heard;
    /// <summary>The line had been in use before the current mail.</summary>
    bool _reused;
    /// <summary>The envelope of the next mail is on its way already.</summary>
    bool _hasNext;
    bool _answersQuickly;

    /// <summary>Whether this line is one of those that this process may have (Semantics 10.7).</summary>
    public Func<bool> HasPlace { get; init; } = static () => true;

    /// <summary>Until it is told to stop; what was begun by then is finished.</summary>
    public void Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!HasPlace())
            {
                Close();
                Rest(Patience);
                continue;
            }
            // Without a line it takes nothing: a mail taken only to be put back costs two writes, and keeps it from a line that works.
            if (_session is null && health.Trouble is { } trouble)
            {
                Rest(trouble.Wait);
                continue;
            }
            if (!pace.TryPass(out var wait))
            {
                Rest(wait);
                continue;
            }
            _current.Clear();
            if (source.Take(_current, Patience))
                Deliver();
            else
            {
                pace.GiveBack();
                CloseIfIdle();
            }
        }
        Close();
    }

    void Rest(TimeSpan wait) => stopping.WaitHandle.WaitOne(wait < Patience ? wait : Patience);

    /// <summary>One mail, on the line that is open or on a new one.</summary>
    public void DeliverOne()
    {
        _current.Clear();
        if (source.Take(_current, TimeSpan.Zero))
            Deliver();
    }

    /// <summary>Breaks the line under whoever waits on it.</summary>
    public void Abort() => _session?.Abort();

    public void Close()
    {
        _session?.Quit();
        _session = null;
    }

    void Deliver()
    {
        var triedOnOldLine = false;
        while (true)
        {
            if (Connect() is { } noWay)
            {
                source.Settle(_current, noWay);
                return;
            }
            if (!IsReady(_current))
                return;
            if (_reused && UsesChunks(_session!))
            {
                TalkInChunks(_session!);
                return;
            }
            (_heard, _handed, _hasNext) = (false, false, false);
            try
            {
                if (!Talk())
                    return;
                triedOnOldLine = false;
            }
            catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
            {
                Drop();
                var trouble = failure as SmtpTrouble ?? new SmtpTrouble(SmtpStage.Content, failure.Message, failure);
                if (!_handed && !_heard && _reused && !triedOnOldLine && !stopping.IsCancellationRequested)
                {
                    // A line that was idle had died unnoticed. That is no failure of the server.
                    triedOnOldLine = true;
                    continue;
                }
                source.Settle(_current, SmtpVerdict.Of(trouble, _handed));
                if (!_hasNext)
                    return;
                // Its envelope died with the line; it begins anew on the next one.
                (_current, _next) = (_next, _current);
                triedOnOldLine = true;
            }
        }
    }

    SmtpVerdict? Connect()
    {
        if (_session is { } open)
        {
            if (time.GetElapsedTime(_usedAt) < TimeSpan.FromSeconds(1) || !open.Line.IsStale)
            {
                _reused = true;
                return null;
            }
            Drop();
        }
        _reused = false;
        if (NoLine() is { } known)
            return known;
        try
        {
            SmtpSession.Open(settings, time, begun => _session = begun);
            health.Works();
            return null;
        }
        catch (SmtpTrouble trouble)
        {
            _session = null;
            health.Failed(trouble.Message);
            return NoLine() ?? SmtpVerdict.Of(trouble, handed: false) with { RetryAfter = TimeSpan.Zero };
        }
    }

    // The mail has done nothing wrong: it comes back when a line may be tried again.
    SmtpVerdict? NoLine() => health.Trouble is { } trouble ? new SmtpVerdict(SmtpOutcome.Later, "smtp: " + trouble.Why, RetryAfter: trouble.Wait) : null;

    /// <summary>The mail is written, and the server can take such a one; false: it has been settled.</summary>
    bool IsReady(SmtpMail mail)
    {
        var offer = _session!.Offer;
        mail.Content.ResetWrittenCount();
        if (!source.Compose(mail, offer))
            return false;
        if (mail.NeedsUtf8 && !offer.Utf8)
            source.Settle(mail, new SmtpVerdict(SmtpOutcome.Refused, "smtp: 5.6.7 the server takes no addresses that are not ASCII", 0, "5.6.7"));
        else if (offer.SizeMax > 0 && mail.Content.WrittenCount > offer.SizeMax)
            source.Settle(mail, new SmtpVerdict(SmtpOutcome.Refused, $"smtp: 5.3.4 the mail has {mail.Content.WrittenCount} bytes, the server takes {offer.SizeMax}", 0, "5.3.4"));
        else
            return true;
        return false;
    }

    /// <summary>The dialogue about the current mail and those that follow it at once.</summary>
    /// <returns>True: the current mail needs a new line.</returns>
    bool Talk()
    {
        var session = _session!;
        var onItsWay = false;
        while (true)
        {
            if (Envelope(session, onItsWay) is { } refused)
            {
                source.Settle(_current, refused);
                if (refused.Code == SmtpReply.Closing)
                    Drop();
                return false;
            }

            // What comes next goes in chunks where the server takes them.
            _hasNext = !session.Offer.Chunking && TakesAhead(session) && Take(_next);
            SendContent(session);
            var asked = time.GetTimestamp();
            var reply = session.Line.Receive(SmtpStage.Content, settings.Timeouts.Content);
            if (reply.Code is >= 300 and < 400)
                throw new SmtpTrouble(SmtpStage.Content, $"the server answers {reply.Code} to a whole mail");
            _usedAt = time.GetTimestamp();
            _answersQuickly = time.GetElapsedTime(asked, _usedAt) < TakesAheadUnder;
            _handed = false;
            session.Messages++;
            source.Settle(_current, reply.IsGood ? SmtpVerdict.Taken(reply.Code) : SmtpVerdict.Of(reply, SmtpStage.Content));
            if (reply.Code == SmtpReply.Closing)
                Drop();
            else if (session.Messages >= settings.MessagesPerConnection)
                Close();
            if (!_hasNext)
                return false;
            (_current, _next) = (_next, _current);
            (_hasNext, _heard, _reused, onItsWay) = (false, false, true, true);
            if (_session is null)
                return true;
        }
    }

    bool TakesAhead(SmtpSession session) =>
        session.Offer.Pipelining && _answersQuickly && HasPlace() && !stopping.IsCancellationRequested && session.Messages + 1 < settings.MessagesPerConnection;

    /// <summary>The next mail that waits, written; false: none does, or its turn has not come.</summary>
    bool Take(SmtpMail mail)
    {
        while (pace.TryPass(out _))
        {
            mail.Clear();
            if (!source.Take(mail, TimeSpan.Zero))
            {
                pace.GiveBack();
                return false;
            }
            if (IsReady(mail))
                return true;
        }
        return false;
    }

    /// <summary>MAIL, RCPT and DATA; null: the server waits for the content.</summary>
    SmtpVerdict? Envelope(SmtpSession session, bool onItsWay)
    {
        _out.ResetWrittenCount();
        if (session.Offer.Pipelining)
        {
            if (!onItsWay)
            {
                WriteMail(session, _current);
                WriteRecipient(_current);
                _out.Write("DATA\r\n"u8);
                session.Line.Send(_out.WrittenSpan, SmtpStage.Mail);
            }
            return HearEnvelope(session);
        }

        if (session.NeedsReset)
        {
            _out.Write("RSET\r\n"u8);
            Ask(session, SmtpStage.Reset);
            session.NeedsReset = false;
        }
        WriteMail(session, _current);
        var mail = Ask(session, SmtpStage.Mail);
        if (!mail.IsGood)
            return Refusal(session, mail, SmtpStage.Mail);
        WriteRecipient(_current);
        var recipient = Ask(session, SmtpStage.Recipient);
        session.NeedsReset = !recipient.IsGood;
        if (!recipient.IsGood)
            return Refusal(session, recipient, SmtpStage.Recipient);
        _out.Write("DATA\r\n"u8);
        var data = Ask(session, SmtpStage.Data);
        session.NeedsReset = data.Code != 354;
        return data.Code == 354 ? null : Refusal(session, data, SmtpStage.Data);
    }

    SmtpVerdict? HearEnvelope(SmtpSession session)
    {
        if (session.NeedsReset)
            Hear(session, SmtpStage.Reset);
        session.NeedsReset = false;
        var mail = Hear(session, SmtpStage.Mail);
        if (mail.Code == SmtpReply.Closing)
            return SmtpVerdict.Of(mail, SmtpStage.Mail);
        var recipient = Hear(session, SmtpStage.Recipient);
        if (recipient.Code == SmtpReply.Closing)
            return SmtpVerdict.Of(recipient, SmtpStage.Recipient);
        var data = Hear(session, SmtpStage.Data);
        if (mail.IsGood && recipient.IsGood && data.Code == 354)
            return null;
        session.NeedsReset = mail.IsGood;
        if (data.Code == 354)
        {
            // To an empty mail with a recipient it would not go nowhere: this server has lost its way.
            if (recipient.IsGood)
                throw new SmtpTrouble(SmtpStage.Mail, $"{settings} answers {mail} to {SmtpStage.Mail.Words()} and asks for the content all the same");
            // It waits for content although nobody may have it: an empty one, which goes nowhere (RFC 2920 section 3.1).
            session.Line.Send(".\r\n"u8, SmtpStage.Data);
            session.Line.Receive(SmtpStage.Content, settings.Timeouts.Content);
        }
        return !mail.IsGood ? Refusal(session, mail, SmtpStage.Mail)
            : !recipient.IsGood ? Refusal(session, recipient, SmtpStage.Recipient)
            : Refusal(session, data, SmtpStage.Data);
    }

    SmtpReply Ask(SmtpSession session, SmtpStage stage)
    {
        session.Line.Send(_out.WrittenSpan, stage);
        _out.ResetWrittenCount();
        return Hear(session, stage);
    }

    SmtpReply Hear(SmtpSession session, SmtpStage stage)
    {
        var reply = session.Line.Receive(stage, settings.Timeouts.Command);
        if (reply.Code == SmtpReply.Closing && _reused && !_heard)
            throw new SmtpTrouble(stage, $"the server closed the line: {reply}");
        _heard = true;
        return reply;
    }

    SmtpVerdict Refusal(SmtpSession session, SmtpReply reply, SmtpStage stage)
    {
        _usedAt = time.GetTimestamp();
        if (reply.Code >= 400)
            return SmtpVerdict.Of(reply, stage);
        throw new SmtpTrouble(stage, $"{settings} answers {reply.Code} to {stage.Words()}");
    }

    void WriteMail(SmtpSession session, SmtpMail mail)
    {
        var offer = session.Offer;
        if (session.NeedsReset)
            _out.Write("RSET\r\n"u8);
        _out.Write("MAIL FROM:<"u8);
        Encoding.UTF8.GetBytes(mail.From, _out);
        _out.Write(">"u8);
        if (offer.Size)
        {
            _out.Write(" SIZE="u8);
            mail.Content.WrittenCount.TryFormat(_out.GetSpan(11), out var digits, provider: System.Globalization.CultureInfo.InvariantCulture);
            _out.Advance(digits);
        }
        if (offer.EightBit && (mail.IsEightBit || mail.NeedsUtf8))
            _out.Write(" BODY=8BITMIME"u8);
        if (mail.NeedsUtf8)
            _out.Write(" SMTPUTF8"u8);
        _out.Write("\r\n"u8);
    }

    void WriteRecipient(SmtpMail mail)
    {
        _out.Write("RCPT TO:<"u8);
        Encoding.UTF8.GetBytes(mail.To, _out);
        _out.Write(">\r\n"u8);
    }

    void SendContent(SmtpSession session)
    {
        _out.ResetWrittenCount();
        WriteDotted(_current.Content.WrittenSpan);
        _out.Write(".\r\n"u8);
        var content = _out.WrittenCount;
        if (_hasNext)
        {
            WriteMail(session, _next);
            WriteRecipient(_next);
            _out.Write("DATA\r\n"u8);
        }
        var first = Math.Max(0, content - LastPiece);
        if (first > 0)
            session.Line.Send(_out.WrittenSpan[..first], SmtpStage.Content);
        _handed = true;
        session.Line.Send(_out.WrittenSpan[first..], SmtpStage.Content);
    }

    /// <summary>A dot that begins a line is doubled (RFC 5321 section 4.5.2).</summary>
    void WriteDotted(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("."u8))
            _out.Write("."u8);
        for (; content.IndexOf("\n."u8) is >= 0 and var end; content = content[(end + 1)..])
        {
            _out.Write(content[..(end + 1)]);
            _out.Write("."u8);
        }
        _out.Write(content);
        if (!content.EndsWith("\r\n"u8))
            _out.Write("\r\n"u8);
    }

    void CloseIfIdle()
    {
        if (_session is not null && time.GetElapsedTime(_usedAt) >= settings.Timeouts.Idle)
            Close();
    }

    void Drop()
    {
        _session?.Dispose();
        _session = null;
    }
}
