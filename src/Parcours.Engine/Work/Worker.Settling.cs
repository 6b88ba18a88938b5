using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Telemetry;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>What became of messages: reports of senders, words that come back, a person's order to send once more, and what a crash left open (Semantics 10.5 to 10.8).</summary>
sealed partial class Worker
{
    /// <summary>Writes what a sender reported; null when the message goes back to the outbox.</summary>
    MessageStatus? Settle(SendReport report, Instant now)
    {
        var (row, result) = report;
        _inFlight.Remove(row.Key);
        // What was put back says nothing of how much the provider takes.
        if (result.RetryAfter is null)
            _window.Settled();
        var cancelled = _cancelledInFlight.Contains(row.Key);
        if ((result.Outcome == SendOutcome.TryLater || GoesAgain(row, result)) && !cancelled)
        {
            var wait = result.RetryAfter ?? BackOff(row);
            if (now + wait < row.Expires)
            {
                var why = result == SendReport.NotBegun || result == SendReport.ClaimAgain ? row.Why : result.Why;
                // What was not tried is no attempt. What was claimed when the process died may have been one.
                var attempts = result.RetryAfter is null || result == SendReport.ClaimAgain ? row.Attempts : row.Attempts - 1;
                _turn.Writes.MessageUpdates.Add(new(row.Number, row.Contact, MessageStatus.Pending, why, now, now + wait, null, attempts, null));
                Waits(now + wait);
                _turn.Tally.SettledOne(row.Channel, "retried", result.Why);
                return null;
            }
        }

        var status = result.Outcome switch
        {
            SendOutcome.Sent => MessageStatus.Sent,
            SendOutcome.Skipped => MessageStatus.Skipped,
            SendOutcome.InDoubt => MessageStatus.InDoubt,
            SendOutcome.TryLater when cancelled => MessageStatus.Cancelled,
            _ => MessageStatus.Failed,
        };
        if (status == MessageStatus.Sent)
            MessagesSent++;
        _turn.Tally.SettledOne(row.Channel, status == MessageStatus.Cancelled ? "cancelled" : MessageReasons.Of(result.Outcome), status == MessageStatus.Sent ? null : result.Why);
        if (result.Kept is { } mail)
            _turn.Writes.SandboxMails.Add(mail);
        _turn.Writes.MessageUpdates.Add(new(row.Number, row.Contact, status, result.Why, now, null, null, row.Attempts, result.ContentVersion));
        return status;
    }

    /// <summary>Attempts after which a transactional message stays in doubt too: a server that always hangs up at the end would fill a mailbox.</summary>
    const int InDoubtAttemptsMax = 5;

    /// <summary>A transactional message in doubt is sent again under the same key, as after a crash (Semantics 10.8).</summary>
    static bool GoesAgain(MessageRow row, SendResult result) =>
        result.Outcome == SendOutcome.InDoubt && row.Purpose == MessagePurpose.Transactional && row.Attempts < InDoubtAttemptsMax;

    /// <summary>Doubling from the first wait, with jitter by hash: equal in every run, different between messages (Semantics 10.7).</summary>
    Duration BackOff(MessageRow row)
    {
        var doubled = _options.BackOffFirst.TotalSeconds * Math.Pow(2, Math.Min(row.Attempts - 1, 20));
        var jitter = 0.75 + (Hashes.Draw(row.Journey, row.Key.ToString(), row.Contact) >> 40) / (double)(1 << 24) / 2;
        return Duration.FromMilliseconds((long)(Math.Min(doubled, _options.BackOffMax.TotalSeconds) * jitter * 1_000));
    }

    static MessageFacts FactsOf(MessageRow row) => new(
        row.Journey, row.Version, row.Point, row.Status, row.Opens > 0 || row.Clicks > 0 || row.Status is MessageStatus.Opened or MessageStatus.Clicked,
        row.Clicks > 0 || row.Status == MessageStatus.Clicked, row.Address)
    {
        Channel = row.Channel,
        Topic = row.Topic,
        Content = row.Content,
        Opens = row.Opens,
        Clicks = row.Clicks,
    };

    MessageRow? _about;

    /// <summary>What came back of messages while a sender had them, as committed: they report on the message as they got it.</summary>
    readonly Dictionary<MessageKey, MessageRow> _answeredInFlight = [];

    async ValueTask<MessageFacts?> FactsAsync(MessageKey message, CancellationToken cancellationToken)
    {
        // As this turn has it so far: two words on one message in one commit are not counted as if the first had not been said.
        _about = _turn.Answers.TryGetValue(message, out var answered) ? answered : await _store.Queries.MessageAsync(message, cancellationToken);
        return _about is null ? null : FactsOf(_about);
    }

    void GatherFeedback(Instant now)
    {
        foreach (var (key, status, opens, clicks) in _result.MessageFeedback)
            if (_about is { } row && row.Key == key)
            {
                if (status != row.Status)
                    _turn.Writes.MessageUpdates.Add(new(row.Number, row.Contact, status, row.Why, now, null, null, row.Attempts, null));
                if ((opens, clicks) != (row.Opens, row.Clicks))
                    _turn.Writes.MessageReactions.Add(new(row.Number, row.Contact, opens, clicks));
                _turn.Answers[key] = row with { Status = status, Opens = opens, Clicks = clicks };
            }
    }

    /// <summary>Somebody asked: it waits again, for as long as it could wait at first, and is guarded anew when it is claimed (Semantics 10.3, 10.8).</summary>
    void GatherResend(Instant now)
    {
        if (_result.Resend is not { } key || _about is not { } row || row.Key != key)
            return;
        _turn.Writes.MessageUpdates.Add(new(row.Number, row.Contact, MessageStatus.Pending, "resend", now, now, null, row.Attempts, null) { Expires = now + (row.Expires - row.DecidedAt) });
        _turn.Answers[key] = row with { Status = MessageStatus.Pending };
        Waits(now);
    }

    /// <summary>What was claimed and not settled when the process died is in doubt (Semantics 10.8).</summary>
    async ValueTask RecoverMessagesAsync(IStoreUnit unit, CancellationToken cancellationToken)
    {
        _nextPending = Instant.MinValue;
        if (_options.MessagesInFlight == 0)
            return;
        var claimed = await unit.ReadClaimedMessagesAsync(unit.Partitions, 10_000, cancellationToken);
        ForgetSettled(claimed);
        foreach (var row in claimed)
        {
            if (!_inFlight.Add(row.Key))
                continue;
            // Whoever was taken out while it was on its way is not written to a second time (Semantics 10.6); whether the first went out nobody knows.
            var again = row.Why != LeftInFlight && (row.Purpose == MessagePurpose.Transactional || Channels.TryGetValue(row.Channel, out var channel) && channel.IsIdempotent);
            // It goes back to the outbox and is claimed anew: whoever opted out, was suppressed or left meanwhile is not written to (Semantics 10.3).
            if (again)
                _reports.Enqueue(new(row, SendReport.ClaimAgain));
            else
                _reports.Enqueue(new(row, new(SendOutcome.InDoubt, row.Why == LeftInFlight ? LeftInFlight : "in-doubt")));
        }
    }

    /// <summary>A commit of which nobody knew whether it happened, or another node meanwhile, may have settled what is reported or still on its way here: it is settled once.</summary>
    void ForgetSettled(IReadOnlyList<MessageRow> claimed) => _inFlight.IntersectWith(claimed.Select(row => row.Key));
}
