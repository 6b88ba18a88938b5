using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>Messages: decided by runs, settled by the outbox, answered by people (Semantics 10.5).</summary>
sealed partial class BurstRun
{
    /// <summary>A point has decided a message.</summary>
    void Decide(MessageDecision decision)
    {
        var skipped = decision.Skip is not null;
        _result.Messages.Add(decision);
        CountAt(CounterKind.MessageDecided, _run, decision.Point, "");
        if (skipped)
            CountAt(CounterKind.MessageSettled, _run, decision.Point, "skipped");
        else
            TakePlace(decision);
        var message = new EnrolmentMessage(decision.Key, decision.Point, decision.Visit, skipped ? MessageStatus.Skipped : MessageStatus.Pending, _now, false, false, [], decision.Version);
        _run.Now = _run.Now with { Messages = _run.Now.Messages.Add(message) };
        _messagesTouched = true;
    }

    /// <summary>The message's new status, counted and kept where the enrolment is in progress.</summary>
    void ReceiveMessage(ref Heard heard)
    {
        var feedback = _input.Stimulus as Stimulus.MessageFeedback;
        var (enrolment, key, facts) = _input.Stimulus switch
        {
            Stimulus.MessageSettled settled => (settled.Enrolment, settled.Message, settled.Facts),
            Stimulus.MessageFeedback answer => (answer.Enrolment, answer.Message, answer.Facts),
            var other => throw Unknown(other),
        };
        var touched = Inside(enrolment, "message");
        var at = -1;
        if (touched is not null)
            for (var index = 0; index < touched.Now.Messages.Length; index++)
                if (touched.Now.Messages[index].Key == key)
                    at = index;

        if (touched is null)
            SettleFailed(enrolment, key);
        var held = at >= 0 ? touched!.Now.Messages[at] : null;
        if (held is null && facts is null)
            return;
        var before = held is not null ? new Standing(held.Status, held.Opened, held.Clicked) : new(facts!.Status, facts.Opened, facts.Clicked);
        var (journey, version, point) = held is not null ? (touched!.Now.Journey, held.Version, held.Point) : (facts!.Journey, facts.Version, facts.Point);
        var after = feedback is null ? before.Settle(((Stimulus.MessageSettled)_input.Stimulus).Status) : before.Answer(feedback.Kind);

        void Counted(CounterKind kind, string edge, long by = 1) => Count(new(kind, journey, version, point, edge), by);
        if (before.SettledAs != after.SettledAs)
        {
            SettlePlace(key, after.SettledAs);
            // In doubt is a state that feedback can still settle (Semantics 10.8).
            if (before.SettledAs is { } earlier)
                Counted(CounterKind.MessageSettled, earlier, -1);
            if (after.SettledAs is { } settledAs)
                Counted(CounterKind.MessageSettled, settledAs);
        }
        if (after.WasDelivered && !before.WasDelivered)
            Counted(CounterKind.MessageFeedback, "delivered");
        if (after.Opened && !before.Opened)
            Counted(CounterKind.MessageFeedback, "opened");
        if (after.Clicked && !before.Clicked)
            Counted(CounterKind.MessageFeedback, "clicked");
        if (after.Status != before.Status && after.Status is MessageStatus.Bounced or MessageStatus.Complained)
            Counted(CounterKind.MessageFeedback, after.Status == MessageStatus.Bounced ? "bounced" : "complained");

        if (after.SettledAs == "sent" && before.SettledAs != "sent" && facts is not null)
        {
            RememberSent(facts.Channel, key);
            NoteSent(key, facts, after);
        }
        string? link = null;
        if (feedback is not null)
        {
            var keeps = Answer(feedback, new(journey, version, point), before, after, ref heard);
            link = keeps ? feedback.Link : null;
        }

        if (held is not null && _input.Stimulus is Stimulus.MessageSettled { Answer.IsEmpty: false } answered)
            KeepAnswer(touched!, held.Point, answered.Answer);
        if (held is null || (after == before && (link is null || held.Links.Contains(link))))
            return;
        var now = held with { Status = after.Status, Opened = after.Opened, Clicked = after.Clicked, Links = link is null || held.Links.Contains(link) ? held.Links : held.Links.Add(link) };
        touched!.Now = touched.Now with { Messages = touched.Now.Messages.SetItem(at, now), Revision = touched.Now.Revision };
        Keep(touched, cancels: false);
    }

    /// <summary>Which messages are the latest changes what is asked of them; nobody hears of it but those conditions.</summary>
    void RememberSent(string channel, MessageKey message)
    {
        var name = LastMessagesAggregate.SentName(channel);
        if (_index.Event(name) is not { } concerned || !concerned.Aggregates.Any(aggregate => aggregate is LastMessagesAggregate))
            return;
        var sent = LastMessagesAggregate.Sent(channel, message, _now);
        foreach (var aggregate in concerned.Aggregates)
            if (aggregate is LastMessagesAggregate)
            {
                _contact.Memory[aggregate.Id] = aggregate.Add(_contact.Memory.GetValueOrDefault(aggregate.Id), sent, _now);
                _result.ContactChanged = true;
            }
        foreach (var place in concerned.Segments)
            Mark(place);
        _sentName = name;
    }

    /// <summary>Set when a message of a channel has been sent in this burst.</summary>
    string? _sentName;

    [MemberNotNullWhen(true, nameof(_sentName))]
    bool IsOfSent(in Heard heard) => _sentName is not null && heard.Depth == 0;

    /// <summary>The answer to a webhook becomes journey data, for conditions, contents and what is sent later (Semantics 5.4).</summary>
    void KeepAnswer(Touched touched, string point, ReadOnlyMemory<byte> answer)
    {
        if (touched.Plan.IndexOf(point) is not (>= 0 and var index) || touched.Plan.Points[index].AnswerInto is not { } into)
            return;
        var data = touched.Now.Data.With(into, touched.Plan.Points[index].Kept(_catalogue, answer).Span);
        // What does not fit is not kept; the author's conditions find nothing, as with an answer that never came.
        if (data.Json.Length > _catalogue.Limits.JourneyDataBytes)
        {
            _result.RefusedParts.Add(new("journey-data-full", $"The answer to {point} was not kept: journey data has at most {_catalogue.Limits.JourneyDataBytes / 1024} KB.", point));
            return;
        }
        touched.Now = touched.Now with { Data = data };
        _startEvent = null;
        Keep(touched, cancels: false);
    }

    /// <summary>What failed or is in doubt waits again, and is counted so; what waits already needs nothing.</summary>
    void Resend(Stimulus.ResendRequested resend)
    {
        if (resend.Facts is not { Status: not MessageStatus.Pending } facts)
        {
            if (resend.Facts is null)
                _result.Refused = new("unknown-message", "There is no such message.");
            return;
        }
        if (facts.Status is not (MessageStatus.Failed or MessageStatus.InDoubt))
        {
            _result.Refused = new("not-resendable", $"Only a message that failed or is in doubt can be sent again; this one is {facts.Status}.");
            return;
        }
        _result.Resend = resend.Message;
        Count(new(CounterKind.MessageSettled, facts.Journey, facts.Version, facts.Point, new Standing(facts.Status, false, false).SettledAs!), -1);
        if (Inside(resend.Enrolment, "resend") is not { } touched)
            return;
        for (var index = 0; index < touched.Now.Messages.Length; index++)
            if (touched.Now.Messages[index] is { } held && held.Key == resend.Message)
            {
                touched.Now = touched.Now with { Messages = touched.Now.Messages.SetItem(index, held with { Status = MessageStatus.Pending }) };
                Keep(touched, cancels: false);
            }
    }

    /// <summary>The address that bounced or complained is not written to again (Semantics 10.4).</summary>
    void Suppress(string? address)
    {
        if ((address ?? _contact.IdentityOf(IdentityKind.Email)) is not { } known || !_contact.Suppressed.Add(known))
            return;
        _result.ContactChanged = true;
    }

    /// <summary>The point that decided it may wait for what becomes of it.</summary>
    void HearMessage(Stimulus stimulus, in Heard heard)
    {
        if (MessageOf(stimulus) is not { } id || Inside(id, heard.Cause) is not { } touched || touched.Now.State is not EnrolmentState.Waiting waiting)
            return;
        var point = touched.Plan.Listeners.IndexOf(waiting.Point);
        if (point >= 0 && touched.Plan.Listeners.Points[point].Messages && touched.WaitsSince <= heard.Tick)
            GoOn(touched, point, waiting, stimulus, heard);
    }

    /// <summary>A message's status, which only rises (Semantics 10.5).</summary>
    readonly record struct Standing(MessageStatus Status, bool Opened, bool Clicked)
    {
        public bool WasDelivered => Status is MessageStatus.Delivered or MessageStatus.Opened or MessageStatus.Clicked or MessageStatus.Complained || Opened || Clicked;

        /// <summary>How the outbox counts it; null while it waits there.</summary>
        public string? SettledAs => Status switch
        {
            MessageStatus.Pending => null,
            MessageStatus.Skipped => "skipped",
            MessageStatus.Failed => "failed",
            MessageStatus.InDoubt => "in-doubt",
            MessageStatus.Cancelled => "cancelled",
            _ => "sent",
        };

        // What came back of a message proves more than what the outbox thought.
        public Standing Settle(MessageStatus status) => Status is MessageStatus.Pending or MessageStatus.InDoubt ? this with { Status = status } : this;

        public Standing Answer(FeedbackKind kind)
        {
            var status = kind switch
            {
                <= FeedbackKind.Complained => (MessageStatus)kind,
                // It did leave; where it is nobody knows.
                FeedbackKind.SoftBounced or FeedbackKind.MachineClicked => MessageStatus.Sent,
                // Somebody has it, or a mailbox does: a reply may be an automatic one.
                _ => MessageStatus.Delivered,
            };
            return new(
                Status is MessageStatus.Skipped or MessageStatus.Cancelled || status < Status && Status is not (MessageStatus.Pending or MessageStatus.InDoubt or MessageStatus.Failed) ? Status : status,
                Opened || status is MessageStatus.Opened or MessageStatus.Clicked,
                Clicked || status == MessageStatus.Clicked);
        }
    }
}
