namespace Parcours.Channels.Webhooks;

/// <summary>How webhooks are sent.</summary>
public sealed record WebhookSettings
{
    /// <summary>Whether addresses inside of the own network may be asked: loopback, private, link-local.</summary>
    public bool PrivateAddresses { get; init; }

    /// <summary>How long one try takes at most, with all that is read of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>As much as is read of an answer (Semantics 5.4).</summary>
    public const int AnswerBytesMax = 64 * 1024;

    /// <summary>Requests on their way at once, and of them to one host: a receiver that is slow holds up no other.</summary>
    public const int AtOnce = 64, AtOnceToHost = 16;
}
