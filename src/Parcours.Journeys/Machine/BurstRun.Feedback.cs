using System.Buffers;
using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>What people do with messages: counted, and heard by everybody as an event (Semantics 10.5, 10.9).</summary>
sealed partial class BurstRun
{
    /// <summary>Opens and clicks of a message that are kept as events; more are counted only (Semantics 10.9).</summary>
    const int ReactionsKept = 100;

    /// <summary>Which point a message is counted at.</summary>
    readonly record struct Place(JourneyId Journey, int Version, string Point);

    /// <summary>Counts what came back, does what follows from it, and lets everybody hear of it.</summary>
    /// <returns>Whether it is kept as an event.</returns>
    bool Answer(Stimulus.MessageFeedback feedback, in Place place, Standing before, Standing after, ref Heard heard)
    {
        var (opens, clicks) = feedback.Facts is { } facts ? (facts.Opens, facts.Clicks) : (0, 0);
        var room = opens + clicks < ReactionsKept;
        opens += feedback.Kind == FeedbackKind.Opened ? 1 : 0;
        clicks += feedback.Kind == FeedbackKind.Clicked ? 1 : 0;
        if (after.Status != before.Status || feedback.Kind is FeedbackKind.Opened or FeedbackKind.Clicked)
            _result.MessageFeedback.Add(new(feedback.Message, after.Status, opens, clicks));

        var isNews = feedback.Kind switch
        {
            FeedbackKind.Delivered => after.WasDelivered && !before.WasDelivered,
            FeedbackKind.Bounced or FeedbackKind.Complained => after.Status != before.Status,
            FeedbackKind.Unsubscribed => Unsubscribe(feedback),
            _ => true,
        };
        if (isNews && CounterOf(feedback.Kind) is { } edge)
            Count(new(CounterKind.MessageFeedback, place.Journey, place.Version, place.Point, edge));
        if (feedback.Kind is FeedbackKind.Bounced or FeedbackKind.Complained)
            Suppress(feedback.Facts?.Address);

        if (!isNews || EventOf(feedback.Kind) is not { } name || (!room && feedback.Kind is not FeedbackKind.Unsubscribed))
            return false;
        var at = Instant.Min(_input.OccurredAt, _now);
        var occurred = new ContactEvent
        {
            Name = $"{feedback.Facts?.Channel ?? "email"}_{name}",
            OccurredAt = at,
            ReceivedAt = _now,
            Properties = PropertiesOf(feedback, place),
            Origin = _input.Origin,
            Sequence = _input.Sequence,
            MessageId = Hashes.Guid($"feedback\0{feedback.Message}\0{_input.Sequence}").ToString("N"),
        };
        _result.RecordedEvents.Add(occurred);
        Remember(occurred);
        if (feedback.Kind is FeedbackKind.Opened or FeedbackKind.Clicked or FeedbackKind.Replied or FeedbackKind.Unsubscribed)
            See(at);
        // Told late it starts nothing and fulfils no wait, as any event (Semantics 2.3).
        var late = at < _now - _catalogue.Limits.LateAfter;
        heard = heard with { Event = occurred, Cause = occurred.Name, Starts = heard.Starts && !late, Waits = heard.Waits && !late };
        return true;
    }

    /// <summary>The person leaves the topic, or all of the channel. False when it had left already.</summary>
    bool Unsubscribe(Stimulus.MessageFeedback feedback)
    {
        if ((feedback.Detail ?? feedback.Facts?.Topic) is not { Length: > 0 } topic)
            return false;
        var changes = _result.Changes.Count;
        Apply(new ContactEdit.SetConsent(feedback.Facts?.Channel ?? "email", topic, ConsentState.Refused), Instant.Min(_input.OccurredAt, _now), Origin.Person);
        return _result.Changes.Count > changes;
    }

    static string? CounterOf(FeedbackKind kind) => kind switch
    {
        FeedbackKind.Opened => "opens",
        FeedbackKind.Clicked => "clicks",
        FeedbackKind.SoftBounced => "soft-bounced",
        FeedbackKind.Replied => "replied",
        FeedbackKind.Unsubscribed => "unsubscribed",
        FeedbackKind.MachineOpened => "machine-opens",
        FeedbackKind.MachineClicked => "machine-clicks",
        _ => null,
    };

    /// <summary>What the event is called after the channel; programs make none.</summary>
    static string? EventOf(FeedbackKind kind) => kind switch
    {
        FeedbackKind.Delivered => "delivered",
        FeedbackKind.Opened => "opened",
        FeedbackKind.Clicked => "clicked",
        FeedbackKind.Bounced => "bounced",
        FeedbackKind.Complained => "complained",
        FeedbackKind.SoftBounced => "soft_bounced",
        FeedbackKind.Replied => "replied",
        FeedbackKind.Unsubscribed => "unsubscribed",
        _ => null,
    };

    static EventProperties PropertiesOf(Stimulus.MessageFeedback feedback, in Place place)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("message", feedback.Message.ToString());
            json.WriteString("journey", place.Journey.Value);
            json.WriteString("point", place.Point);
            json.WriteNumber("version", place.Version);
            if (feedback.Facts?.Content is { Length: > 0 } content)
                json.WriteString("content", content);
            var topic = feedback.Kind == FeedbackKind.Unsubscribed ? feedback.Detail ?? feedback.Facts?.Topic : feedback.Facts?.Topic;
            if (topic is { Length: > 0 })
                json.WriteString("topic", topic);
            if (feedback.Kind == FeedbackKind.Clicked && feedback.Link is { } link)
                json.WriteString("link", link);
            if (feedback.Kind is FeedbackKind.Bounced or FeedbackKind.SoftBounced or FeedbackKind.Complained && feedback.Detail is { Length: > 0 } reason)
                json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        return new EventProperties(buffer.WrittenMemory.ToArray());
    }
}
