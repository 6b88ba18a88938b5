using System.Buffers;
using System.Globalization;

namespace Parcours.Channels.Smtp;

/// <summary>Several mails in one write, for servers that offer CHUNKING (RFC 3030): a chunk says its length, so that nothing need be waited for between two mails.</summary>
/// <remarks>
/// Hot path: bench/. With DATA each mail costs a wait for the server's 354; that wait is most of what a mail costs over loopback, and all of its rate over a long line.
/// The price is that a line which breaks leaves as many mails in doubt as went out together, so a line takes its first mail by DATA, which finds out whether it lives.
/// </remarks>
sealed partial class SmtpLane
{
    const int ChunkedMost = 8, ChunkedBytes = 64 * 1024;

    readonly List<SmtpMail> _chunked = [];
    readonly Stack<SmtpMail> _spares = [];
    /// <summary>The first of the chunks at hand comes after a reset, as all others do.</summary>
    bool _resets;

    bool UsesChunks(SmtpSession session) => session.Offer is { Chunking: true, Pipelining: true } && TakesAhead(session);

    /// <summary>The current mail and those that wait behind it, some at a time, until none waits.</summary>
    void TalkInChunks(SmtpSession session)
    {
        var settled = 0;
        try
        {
            while (true)
            {
                GatherChunks(session);
                settled = 0;
                session.Line.Send(_out.WrittenSpan, SmtpStage.Content);
                var asked = time.GetTimestamp();
                for (; settled < _chunked.Count; settled++)
                {
                    var (verdict, closes) = HearChunk(session, settled > 0 || _resets);
                    session.Messages++;
                    source.Settle(_chunked[settled], verdict);
                    if (!closes)
                        continue;
                    // It has said that it closes the line: what stands behind it was not looked at.
                    Drop();
                    while (++settled < _chunked.Count)
                        source.Settle(_chunked[settled], verdict with { Outcome = SmtpOutcome.Later });
                    return;
                }

                _usedAt = time.GetTimestamp();
                _answersQuickly = time.GetElapsedTime(asked, _usedAt) < TakesAheadUnder;
                if (session.Messages >= settings.MessagesPerConnection)
                {
                    Close();
                    return;
                }

                if (!TakesAhead(session) || !Take(_current))
                    return;
            }
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            Drop();
            var trouble = failure as SmtpTrouble ?? new SmtpTrouble(SmtpStage.Content, failure.Message, failure);
            for (; settled < _chunked.Count; settled++)
                source.Settle(_chunked[settled], SmtpVerdict.Of(trouble, handed: true));
        }
        finally
        {
            Spare();
        }
    }

    /// <summary>Writes the current mail, which is ready, and those that wait behind it.</summary>
    void GatherChunks(SmtpSession session)
    {
        Spare();
        _out.ResetWrittenCount();
        _resets = session.NeedsReset;
        for (var mail = _current; ;)
        {
            // A refused recipient leaves its transaction open, and the next mail is on its way before that is heard.
            session.NeedsReset |= _chunked.Count > 0;
            _chunked.Add(mail);
            WriteMail(session, mail);
            WriteRecipient(mail);
            _out.Write("BDAT "u8);
            mail.Content.WrittenCount.TryFormat(_out.GetSpan(11), out var digits, provider: CultureInfo.InvariantCulture);
            _out.Advance(digits);
            _out.Write(" LAST\r\n"u8);
            _out.Write(mail.Content.WrittenSpan);
            if (_chunked.Count == ChunkedMost || _out.WrittenCount >= ChunkedBytes || session.Messages + _chunked.Count >= settings.MessagesPerConnection)
                return;
            mail = _spares.TryPop(out var spare) ? spare : new SmtpMail();
            if (Take(mail))
                continue;
            _spares.Push(mail);
            return;
        }
    }

    /// <summary>All answers to one mail.</summary>
    /// <returns>What became of it, and whether the server closes the line.</returns>
    (SmtpVerdict Verdict, bool Closes) HearChunk(SmtpSession session, bool resets)
    {
        if (resets && Say(SmtpStage.Reset) is { Code: SmtpReply.Closing } gone)
            return (SmtpVerdict.Of(gone, SmtpStage.Reset), true);
        SmtpReply? refusal = null;
        var at = SmtpStage.Mail;
        foreach (var stage in (ReadOnlySpan<SmtpStage>)[SmtpStage.Mail, SmtpStage.Recipient, SmtpStage.Content])
        {
            var reply = Say(stage);
            if (reply.Code is >= 300 and < 400)
                throw new SmtpTrouble(stage, $"{settings} answers {reply.Code} to {stage.Words()}");
            if (reply.Code == SmtpReply.Closing)
                return (SmtpVerdict.Of(reply, stage), true);
            if (reply.IsGood || refusal is not null)
                continue;
            (refusal, at) = (reply, stage);
        }

        session.NeedsReset = refusal is not null;
        return (refusal is { } refused ? SmtpVerdict.Of(refused, at) : SmtpVerdict.Taken(250), false);

        SmtpReply Say(SmtpStage stage) => session.Line.Receive(stage, settings.Timeouts.Content);
    }

    void Spare()
    {
        foreach (var mail in _chunked)
            if (mail != _current)
                _spares.Push(mail);
        _chunked.Clear();
    }
}
