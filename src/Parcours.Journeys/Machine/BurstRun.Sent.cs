using System.Text.Encodings.Web;
using System.Text.Json;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Starting points that hear of messages which were sent (Semantics 6.17). It is no event that is kept: only they are told, and where there are none nothing is done.</summary>
sealed partial class BurstRun
{
    /// <summary>The message that was sent by this stimulus, where anybody asks.</summary>
    (MessageKey Key, MessageFacts Facts, bool Opened, bool Clicked)? _sentMessage;

    void NoteSent(MessageKey key, MessageFacts facts, in Standing standing)
    {
        if (_index.Sent.Count > 0 && facts.Channel == "email")
            _sentMessage = (key, facts, standing.Opened || standing.Clicked, standing.Clicked);
    }

    /// <summary>Brings in, or begins to wait for an answer.</summary>
    void TakeSent(in Heard heard)
    {
        if (_sentMessage is not var (key, facts, opened, clicked) || !heard.Starts)
            return;
        _sentMessage = null;
        string? told = null;
        foreach (var at in _index.Sent)
        {
            var messages = StartOf(at).Sent!; // Listed for it.
            if (!messages.Concerns(facts.Content, facts.Journey))
                continue;
            told ??= Tell(key, facts);
            if (!messages.Waits)
            {
                _come.Add(at);
                _left.Add((at, new() { Name = SentMessages.Event, OccurredAt = _now, ReceivedAt = _now, Properties = EventProperties.Parse(told) }));
            }
            // What came back already has been answered.
            else if (!(messages.TakesOpens ? opened : clicked))
            {
                var mark = messages.Note(_contact.Abandoned.TryGetValue(KeyOf(at), out var held) ? held : null, told, _now);
                _contact.Abandoned[KeyOf(at)] = mark;
                _result.ContactChanged = true;
                Expect(mark.Due);
            }
        }
    }

    static string Tell(MessageKey key, MessageFacts facts)
    {
        string Text(string name, string value) => value.Length == 0 ? "" : $",\"{name}\":\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
        return SentMessages.Begin(key) + Text("journey", facts.Journey.Value) + Text("point", facts.Point) + Text("content", facts.Content) + Text("topic", facts.Topic) + "}";
    }

    /// <summary>Something came back of a message: it is not waited for any more.</summary>
    void Answer((JourneyId Journey, string Start) key, SentMessages messages, AbandonMark? held, ContactEvent occurred)
    {
        if (held?.Rule != messages.Rule)
            return;
        var rest = messages.Answered(held, occurred.Properties["message"].ToString());
        if (ReferenceEquals(rest, held))
            return;
        if (rest is null)
            _contact.Abandoned.Remove(key);
        else
            _contact.Abandoned[key] = rest;
        _result.ContactChanged = true;
    }

    /// <summary>The time of a message is over; others go on waiting.</summary>
    void TakeUnanswered(StartAt at, (JourneyId Journey, string Start) key, SentMessages messages, AbandonMark mark)
    {
        var (sent, rest) = messages.Come(mark, _now);
        _come.Add(at);
        _left.Add((at, sent));
        if (rest is null)
            return;
        _contact.Abandoned[key] = rest;
        Expect(rest.Due);
    }
}
