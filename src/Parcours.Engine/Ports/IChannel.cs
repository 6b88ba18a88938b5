using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Engine.Ports;

/// <summary>Hands messages of one channel over to a provider (or keeps them in the sandbox). Called by the outbox, never by the machine.</summary>
public interface IChannel
{
    /// <summary><c>email</c>, later <c>sms</c>, <c>whatsapp</c>.</summary>
    string Name { get; }

    /// <summary>Whether the same key sent twice arrives once: then what was in doubt is sent again (Semantics 10.8).</summary>
    bool IsIdempotent { get; }

    /// <summary>Renders (late, with fresh data) and hands over. Never throws for what is the message's fault; an outage of the provider is <see cref="SendOutcome.TryLater"/>.</summary>
    ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}

/// <summary>A claimed message with what rendering needs.</summary>
/// <param name="Contact">The contact as committed last; not to be changed.</param>
/// <param name="Data">The starting event's properties: journey data.</param>
/// <param name="Now">The engine's clock.</param>
public sealed record OutgoingMessage(MessageRow Row, Contact Contact, EventProperties Data, string? StartEvent, string JourneyName, Instant Now)
{
    /// <summary>Whether opens and clicks may be noticed, as the journey says.</summary>
    public MessageTracking Tracking { get; init; } = MessageTracking.All;

    /// <summary>The version of its content that is sent; null: the one that is live (Semantics 6.7).</summary>
    public int? ContentVersion { get; init; }

    /// <summary>Of a webhook: what is asked.</summary>
    public WebRequest? Request { get; init; }

    /// <summary>Until when it may leave, excluded: looked at once more when a sender takes it (Semantics 10.4).</summary>
    internal Instant ClosesAt { get; init; } = Instant.MaxValue;

    /// <summary>The contact was not at hand: the outbox reads it before it hands the message to a channel.</summary>
    internal bool NeedsContact { get; init; }

    /// <summary>When a sender took it, as a timestamp of the engine's clock.</summary>
    internal long BegunAt { get; init; }
}

public enum SendOutcome
{
    Sent = 0,
    /// <summary>For good: <see cref="SendResult.Why"/> begins with a stable code, e.g. <c>render: contact.first_name has no value</c>.</summary>
    Failed = 1,
    Skipped = 2,
    /// <summary>The provider is out of order: back off and try again until expiry (Semantics 10.7).</summary>
    TryLater = 3,
    /// <summary>Nobody knows whether it was taken.</summary>
    InDoubt = 4,
}

/// <param name="RetryAfter">With <see cref="SendOutcome.TryLater"/>: the provider could not be reached, so nothing was tried; again after this. Null: it counts as an attempt, and attempts back off.</param>
/// <param name="Kept">What the sandbox keeps: stored in the commit that settles the message.</param>
/// <param name="ContentVersion">The version of the content that was rendered (Semantics 6.7).</param>
public sealed record SendResult(SendOutcome Outcome, string? Why = null, Duration? RetryAfter = null, SandboxMail? Kept = null, int? ContentVersion = null)
{
    /// <summary>What a receiver answered to a webhook: a JSON object with <c>status</c> and <c>body</c>; empty: nothing came back.</summary>
    public ReadOnlyMemory<byte> Answer { get; init; }
}
