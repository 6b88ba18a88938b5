namespace Parcours.Channels.Webhooks;

/// <summary>Where webhooks find what must not stand in journeys.</summary>
public interface IWebhookSecrets
{
    /// <returns>A stored secret; null: there is none of this name.</returns>
    ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>With which keys the installation signs: the newest first, and for a while after a change the one before.</summary>
    ValueTask<IReadOnlyList<string>> SigningAsync(CancellationToken cancellationToken);
}
